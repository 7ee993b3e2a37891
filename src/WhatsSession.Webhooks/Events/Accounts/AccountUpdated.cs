namespace WhatsSession;

/// <summary>The WhatsApp Business Account changed: a restriction, a ban, a partner, a price tier.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class AccountUpdated : WhatsAppEvent
{
    /// <summary>What happened.</summary>
    public AccountEvent Event { get; init; }

    /// <summary>What the account may not do for now; empty unless restricted.</summary>
    public IReadOnlyList<AccountRestriction> Restrictions { get; init; } = [];

    /// <summary>The rule of Meta that was violated, such as <c>SPAM</c>; null unless one was.</summary>
    public string? Violation { get; init; }

    /// <summary>The ban; null unless the event is about one.</summary>
    public AccountBan? Ban { get; init; }

    /// <summary>The business's primary country as two letters; null unless it changed.</summary>
    public string? Country { get; init; }

    /// <summary>From when the international rate for authentication applies; null unless the event is about it.</summary>
    public InternationalRate? AuthenticationInternational { get; init; }

    /// <summary>The tier of volume pricing; null unless it changed.</summary>
    public PricingTier? Tier { get; init; }

    /// <summary>Why a partner is gone; null when absent.</summary>
    public Disconnection? Disconnection { get; init; }

    /// <summary>The account that a partner shares; null unless the event is about one.</summary>
    public PartnerAccount? Partner { get; init; }
}
