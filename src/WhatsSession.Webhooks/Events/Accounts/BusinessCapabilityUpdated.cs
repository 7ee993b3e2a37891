namespace WhatsSession;

/// <summary>The limits of the business portfolio changed.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/business_capability_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class BusinessCapabilityUpdated : WhatsAppEvent
{
    /// <summary>How many customers may be written to outside the window in 24 hours; null when absent.</summary>
    public MessagingLimit? MessagingLimit { get; init; }

    /// <summary>The older limit of one number; null when absent.</summary>
    public MessagingLimit? MessagingLimitPerNumber { get; init; }

    /// <summary>How many business numbers the portfolio may have; null when absent.</summary>
    public long? NumbersPerBusiness { get; init; }

    /// <summary>How many business numbers an account may have; null when absent.</summary>
    public long? NumbersPerAccount { get; init; }
}
