namespace WhatsSession;

/// <summary>The account that a partner shares.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class PartnerAccount
{
    /// <summary>The account; null when absent.</summary>
    public BusinessAccountId? Account { get; init; }

    /// <summary>The business portfolio that owns it; null when absent.</summary>
    public string? OwnerBusinessId { get; init; }

    /// <summary>The partner's app; null when absent.</summary>
    public string? PartnerAppId { get; init; }

    /// <summary>The solution it was shared by; null when absent.</summary>
    public string? SolutionId { get; init; }

    /// <summary>The portfolios of the solution's partners.</summary>
    public IReadOnlyList<string> SolutionPartnerBusinessIds { get; init; } = [];

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(PartnerAccount);
}
