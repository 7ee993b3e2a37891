namespace WhatsSession;

/// <summary>A medium in the history whose content follows in a later webhook, or does not follow.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history">Meta, read November 2025.</see>
/// </remarks>
public sealed class MediaPlaceholderReceived : MessageReceived;
