namespace WhatsSession;

/// <summary>The business added, changed or removed a contact in the WhatsApp Business app.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_app_state_sync">Meta, read November 2025.</see>
/// </remarks>
public sealed class AppContactSynced : CustomerEvent
{
    /// <summary>What happened.</summary>
    public ContactSyncAction Action { get; init; }

    /// <summary>The whole name; null when absent.</summary>
    public string? FullName { get; init; }

    /// <summary>The first name; null when absent.</summary>
    public string? FirstName { get; init; }
}
