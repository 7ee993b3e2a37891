namespace WhatsSession;

/// <summary>Why a partner or a number is gone.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class Disconnection
{
    /// <summary>The reason in Meta's words; null when absent.</summary>
    public string? Reason { get; init; }

    /// <summary>Who did it; null when absent.</summary>
    public string? InitiatedBy { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(Disconnection);
}
