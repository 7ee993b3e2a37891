using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>One attempt of a customer to pay.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/payments">Meta, read November 2026.</see>
/// </remarks>
public sealed class PaymentTransaction
{
    /// <summary>The id at the payment service.</summary>
    public string Id { get; init; } = "";

    /// <summary>How it is paid, such as <c>upi</c>; empty when absent.</summary>
    public string Kind { get; init; } = "";

    /// <summary>How far it has come, such as <c>success</c>; empty when absent.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it began, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? CreatedAt { get; init; }

    /// <summary>When it last changed, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? UpdatedAt { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(PaymentTransaction);
}
