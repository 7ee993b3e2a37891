using WhatsSession.Events;

namespace WhatsSession;

/// <summary>A message from before the number was connected: the customer's, or the business's own from the app.</summary>
/// <remarks>
/// The message is a copy: it opens no window, hides no live message and no live echo, and handlers of its own type are not called for it.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history">Meta, read November 2026.</see>
/// </remarks>
public sealed class HistoryMessageReceived : CustomerEvent
{
    /// <summary>The message. It has the form of a customer's message, even if the business wrote it.</summary>
    public MessageReceived Message { get; init; } = null!;

    /// <summary>Whether the business wrote it.</summary>
    public bool IsByBusiness { get; init; }

    /// <summary>How far it had come, in Meta's capitals, such as READ; null when absent.</summary>
    public string? DeliveryStatus { get; init; }

    /// <inheritdoc />
    public override WhatsAppEvent? Inner => Message;

    // The content of a medium follows its placeholder under the same id, and neither hides the other.
    internal override EventId Id => Message is MediaReceived { MediaId.Length: > 0 } ? Message.Id with { Part = "media" } : Message.Id;
}
