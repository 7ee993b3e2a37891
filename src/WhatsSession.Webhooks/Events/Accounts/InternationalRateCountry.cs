using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A country where the rate applies from a different time.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class InternationalRateCountry
{
    /// <summary>The country as two letters.</summary>
    public string CountryCode { get; init; } = "";

    /// <summary>From when the rate applies there, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? StartsAt { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(InternationalRateCountry);
}
