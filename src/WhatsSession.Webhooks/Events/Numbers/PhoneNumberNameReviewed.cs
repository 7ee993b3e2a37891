namespace WhatsSession;

/// <summary>Meta reviewed the name that a business number shows.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/phone_number_name_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class PhoneNumberNameReviewed : WhatsAppEvent
{
    /// <summary>The business number as it is shown; Meta gives no id here. Null when absent.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>The decision.</summary>
    public ReviewDecision Decision { get; init; }

    /// <summary>The name that was asked for; null when absent.</summary>
    public string? RequestedName { get; init; }

    /// <summary>Why it was rejected, such as <c>NAME_FORMAT_UNACCEPTABLE</c>; null when it was not.</summary>
    public string? RejectionReason { get; init; }
}
