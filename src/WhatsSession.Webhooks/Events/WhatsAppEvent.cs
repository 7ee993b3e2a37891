using NodaTime;
using WhatsSession.Events;

namespace WhatsSession;

/// <summary>Something that happened on the platform, as Meta's webhook told it. Events are data.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted. Equality is by reference; <see cref="Key"/> identifies an event across redeliveries.</remarks>
public abstract class WhatsAppEvent
{
    // Kept bare: with a flag for null each would take twice the room, and there is one of each in every event.
    private BusinessAccountId _account;
    private PhoneNumberId _number;

    private protected WhatsAppEvent()
    {
    }

    /// <summary>Makes an event of what was kept of it, for those that others than Meta raise.</summary>
    /// <param name="kept">What was kept.</param>
    protected WhatsAppEvent(in KeptEvent kept)
    {
        Key = kept.Key;
        Lane = kept.Lane;
        Field = kept.Field;
        Number = kept.Number;
        Account = kept.Account;
        Timestamp = kept.Timestamp;
        Raw = kept.Raw;
    }

    /// <summary>The identity by which redeliveries are recognised.</summary>
    public EventKey Key { get; internal set; }

    /// <summary>The stream it belongs to.</summary>
    public EventLane Lane { get; internal set; }

    /// <summary>The webhook field it arrived under, such as <c>messages</c>; empty when the payload named none.</summary>
    public string Field { get; internal set; } = "";

    /// <summary>The WhatsApp Business Account, if the payload named one.</summary>
    public BusinessAccountId? Account
    {
        get => _account == default ? null : _account;
        internal set => _account = value.GetValueOrDefault();
    }

    /// <summary>The business number it belongs to, if the payload named one.</summary>
    public PhoneNumberId? Number
    {
        get => _number == default ? null : _number;
        internal set => _number = value.GetValueOrDefault();
    }

    /// <summary>When it happened by its own timestamp, not yet clamped; resolution one second. For a notice without one, when Meta made the webhook. The epoch when the payload had neither.</summary>
    public Instant Timestamp { get; internal set; } = NodaConstants.UnixEpoch;

    /// <summary>Its own slice of the payload as UTF-8 JSON: a copy, never the whole body.</summary>
    public ReadOnlyMemory<byte> Raw { get; internal set; }

    /// <summary>The conversation it belongs to, or null.</summary>
    public virtual ConversationKey? Conversation => null;

    /// <summary>What Meta knows it by.</summary>
    internal virtual EventId Id => new("", "");

    /// <summary>The kind under which the table of window openers has it; null when it never opens a window.</summary>
    public virtual CustomerEventKind? Opener => null;

    /// <summary>The fact about a customer's identity that it holds, or null.</summary>
    public virtual IdentityLink? Link => null;

    /// <summary>The message it is or is about, or null.</summary>
    public virtual MessageId? About => null;

    /// <summary>An event that it wraps and that shares its origin, or null.</summary>
    public virtual WhatsAppEvent? Inner => null;

    /// <summary>The kind of event and the hash of its key; no content.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Key}";

    /// <summary>Copies its slice out of a payload.</summary>
    internal void CopySlice(ReadOnlySpan<byte> payload, int start, int end)
    {
        Raw = payload[start..end].ToArray();
        MoveTexts(start);
    }

    /// <summary>Gives what it wraps the origin that it has itself.</summary>
    internal void Pass()
    {
        if (Inner is not { } inner)
        {
            return;
        }

        inner.Key = Key;
        inner.Lane = Lane;
        inner.Field = Field;
        inner._account = _account;
        inner._number = _number;
        inner.Raw = Raw;
        if (inner.Timestamp == NodaConstants.UnixEpoch)
        {
            inner.Timestamp = Timestamp;
        }

        if (this is CustomerEvent { Contact: { } contact } && inner is CustomerEvent about)
        {
            about.Contact = contact;
        }

        inner.Pass();
    }

    /// <summary>Tells the texts that were noted where they stood in the payload where they stand in the slice.</summary>
    private protected virtual void MoveTexts(int sliceStart) => Inner?.MoveTexts(sliceStart);
}
