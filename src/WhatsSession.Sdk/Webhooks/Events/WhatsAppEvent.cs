using NodaTime;

namespace WhatsSession;

/// <summary>Something that happened on the platform, as Meta's webhook told it. Events are data; a handler receives one inside a <see cref="Received{TEvent}"/>.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted. Equality is by reference; <see cref="Key"/> identifies an event across redeliveries.</remarks>
public abstract class WhatsAppEvent
{
    private protected WhatsAppEvent()
    {
    }

    /// <summary>The identity by which redeliveries are recognised.</summary>
    public EventKey Key { get; internal set; }

    /// <summary>The stream it belongs to.</summary>
    public EventLane Lane { get; internal set; }

    /// <summary>The webhook field it arrived under, such as <c>messages</c>; empty when the payload named none.</summary>
    public string Field { get; internal set; } = "";

    /// <summary>The WhatsApp Business Account, if the payload named one.</summary>
    public BusinessAccountId? Account { get; internal set; }

    /// <summary>The business number it belongs to, if the payload named one.</summary>
    public PhoneNumberId? Number { get; internal set; }

    /// <summary>When it happened by its own timestamp, not yet clamped; resolution one second. The epoch when the payload had none.</summary>
    public Instant Timestamp { get; internal set; }

    /// <summary>Its own slice of the payload as UTF-8 JSON: a copy, never the whole body.</summary>
    public ReadOnlyMemory<byte> Raw { get; internal set; }

    /// <summary>The conversation it belongs to, or null.</summary>
    public virtual ConversationKey? Conversation => null;

    /// <summary>The kind of event and the hash of its key; no content.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Key}";
}
