namespace WhatsSession;

/// <summary>Meta reviewed the account.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_review_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class AccountReviewed : WhatsAppEvent
{
    /// <summary>The decision.</summary>
    public ReviewDecision Decision { get; init; }
}
