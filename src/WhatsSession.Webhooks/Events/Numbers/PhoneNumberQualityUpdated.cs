namespace WhatsSession;

/// <summary>The quality or the throughput of a business number changed.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/phone_number_quality_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class PhoneNumberQualityUpdated : WhatsAppEvent
{
    /// <summary>The business number as it is shown; Meta gives no id here. Null when absent.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>What happened.</summary>
    public PhoneNumberQualityEvent Event { get; init; }

    /// <summary>The limit from now on, in payloads from before February 2026; null when absent.</summary>
    public MessagingLimit? CurrentLimit { get; init; }

    /// <summary>The limit until now, in payloads from before February 2026; null when absent.</summary>
    public MessagingLimit? PreviousLimit { get; init; }

    /// <summary>How many customers may be written to outside the window in 24 hours; null when absent.</summary>
    public MessagingLimit? MessagingLimit { get; init; }
}
