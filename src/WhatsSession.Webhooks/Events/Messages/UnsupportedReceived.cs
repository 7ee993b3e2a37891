namespace WhatsSession;

/// <summary>A customer sent something that the API does not show. <see cref="MessageReceived.Error"/> says why.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/unsupported">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class UnsupportedReceived : MessageReceived
{
    /// <summary>What it was, such as <c>poll</c>; empty in payloads from before November 2025.</summary>
    public CustomerEventKind UnsupportedKind { get; init; }
}
