namespace WhatsSession;

/// <summary>The username of a business number changed.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta, read 7 May 2026.</see>
/// </remarks>
public sealed class BusinessUsernameUpdated : WhatsAppEvent
{
    /// <summary>The business number as it is shown; Meta gives no id here. Null when absent.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>The username, without a leading at sign; null when it was deleted.</summary>
    public string? Username { get; init; }

    /// <summary>What it is now.</summary>
    public BusinessUsernameStatus Status { get; init; }
}
