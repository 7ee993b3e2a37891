namespace WhatsSession;

/// <summary>How Meta prices a message. It is present on <c>sent</c> and on one of <c>delivered</c> and <c>read</c>, but do not rely on it.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status">Meta, read November 2026.</see>
/// </remarks>
public sealed class MessagePricing
{
    /// <summary>The rate that applies.</summary>
    public PricingCategory Category { get; init; }

    /// <summary>Whether it is charged, and if not, why.</summary>
    public PricingType Kind { get; init; }

    /// <summary>Why a message of a charged kind is free in this case; null when absent, which is the usual case.</summary>
    public PricingSubtype? Subtype { get; init; }

    /// <summary>What is priced: messages or conversations.</summary>
    public PricingModel Model { get; init; }

    /// <summary>Meta's older form of <see cref="Kind"/>. Meta will remove it. Null when absent.</summary>
    public bool? IsBillable { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(MessagePricing);
}
