using WhatsSession.Events;

namespace WhatsSession;

/// <summary>
/// A message of the business that was not sent through this API: typed in the app, or sent by another partner or by Meta's agent.
/// The customer is its recipient.
/// </summary>
/// <remarks>
/// The message is a copy: it opens no window, and handlers of its own type are not called for it.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_message_echoes">Meta, read November 2025.</see>
/// </remarks>
public sealed class MessageEchoed : CustomerEvent
{
    /// <summary>The message. It has the form of a customer's message.</summary>
    public MessageReceived Message { get; init; } = null!;

    /// <inheritdoc />
    public override WhatsAppEvent? Inner => Message;

    internal override EventId Id => Message.Id;

    /// <inheritdoc />
    public override MessageId? About => Message?.About;

    // The other side of an echo is its recipient: the ids of a thread that the business chose, not facts about one customer.
    /// <inheritdoc />
    public override IdentityLink? Link => null;
}
