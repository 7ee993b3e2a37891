using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The state of a customer's encryption identity.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system">Meta, read November 2025.</see>
/// </remarks>
public sealed class CustomerIdentity
{
    /// <summary>The hash of the identity, for sends that must not reach another device; null when absent.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether the business acknowledged the change.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>When the change of the identity was noticed, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? CreatedAt { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(CustomerIdentity);
}
