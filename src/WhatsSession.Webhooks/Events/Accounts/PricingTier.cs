using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A tier of volume pricing.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class PricingTier
{
    /// <summary>The tier as bounds of messages, such as <c>25000001:50000000</c>; null when absent.</summary>
    public string? Tier { get; init; }

    /// <summary>The category it is for, in Meta's capitals.</summary>
    public PricingCategory Category { get; init; }

    /// <summary>The region it is for; null when absent.</summary>
    public string? Region { get; init; }

    /// <summary>The month it applies to, such as <c>2025-11</c>; null when absent.</summary>
    public string? EffectiveMonth { get; init; }

    /// <summary>When it was reached, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? UpdatedAt { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(PricingTier);
}
