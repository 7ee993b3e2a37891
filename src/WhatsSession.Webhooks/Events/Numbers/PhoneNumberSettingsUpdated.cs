namespace WhatsSession;

/// <summary>Settings of a business number were changed: calling, or the check of identities.</summary>
/// <remarks>
/// The field is <c>account_settings_update</c>.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-settings">Meta, read November 2026.</see>
/// </remarks>
public sealed class PhoneNumberSettingsUpdated : WhatsAppEvent
{
    /// <summary>The kind of settings: <c>phone_number_settings</c>; empty when absent.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The settings of calls; null when the event does not have them.</summary>
    public CallingSettings? Calling { get; init; }

    /// <summary>Whether the number checks the identity of its customers; null when the event does not say it.</summary>
    public bool? ChecksIdentity { get; init; }
}
