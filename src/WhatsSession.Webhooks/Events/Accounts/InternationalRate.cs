using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>From when the international rate for authentication applies.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class InternationalRate
{
    /// <summary>From when it applies, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? StartsAt { get; init; }

    /// <summary>The countries where it applies from another time.</summary>
    public IReadOnlyList<InternationalRateCountry> Exceptions { get; init; } = [];

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(InternationalRate);
}
