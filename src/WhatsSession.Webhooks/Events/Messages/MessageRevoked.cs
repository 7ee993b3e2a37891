namespace WhatsSession;

/// <summary>A customer deleted an earlier message for everyone. Only numbers in coexistence receive it.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/revoke">Meta, read February 2026.</see>
/// </remarks>
public sealed class MessageRevoked : MessageReceived
{
    /// <summary>The message that was deleted; null when it is not named.</summary>
    public MessageId? OriginalMessageId { get; init; }
}
