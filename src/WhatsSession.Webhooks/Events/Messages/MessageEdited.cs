namespace WhatsSession;

/// <summary>A customer changed an earlier message, within 15 minutes. Only numbers in coexistence receive it.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/edit">Meta, read February 2026.</see>
/// </remarks>
public sealed class MessageEdited : MessageReceived
{
    /// <summary>The message that was changed; null when it is not named.</summary>
    public MessageId? OriginalMessageId { get; init; }

    /// <summary>What the message says now, without an id of its own; null when the payload has none.</summary>
    public MessageReceived? Message { get; init; }

    /// <inheritdoc />
    public override WhatsAppEvent? Inner => Message;
}
