using WhatsSession.Events;

namespace WhatsSession;

/// <summary>A customer's message while another partner or Meta's agent controls the thread. If you answer it, you take over the thread.</summary>
/// <remarks>
/// Handlers of the message's own type are not called for it, and it opens no window.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby">Meta, read August 2026.</see>
/// </remarks>
public sealed class StandbyMessageReceived : CustomerEvent
{
    /// <summary>The message.</summary>
    public MessageReceived Message { get; init; } = null!;

    /// <inheritdoc />
    public override WhatsAppEvent? Inner => Message;

    internal override EventId Id => Message.Id;
}
