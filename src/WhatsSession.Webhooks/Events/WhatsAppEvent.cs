using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Events;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Something that happened on the platform, as Meta's webhook reported it. Events are only data.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted. Equality is by reference; <see cref="Key"/> identifies an event across redeliveries.
/// </remarks>
public abstract class WhatsAppEvent
{
    // Kept bare: with a flag for null each would take twice the room, and there is one of each in every event.
    private BusinessAccountId _account;
    private PhoneNumberId _number;
    private EventKey _key;
    private EventLane _lane;
    private string _field = "";
    private Instant _timestamp = NodaConstants.UnixEpoch;
    private ReadOnlyMemory<byte> _raw;

    /// <summary>Makes one with nothing in it: the properties are set where it is made.</summary>
    protected WhatsAppEvent()
    {
    }

    /// <summary>Makes an event from its kept parts. It is for events that do not come from Meta.</summary>
    /// <param name="kept">What was kept.</param>
    protected WhatsAppEvent(in KeptEvent kept)
    {
        SetKept(kept);
    }

    /// <summary>The identity by which redeliveries are recognised.</summary>
    public EventKey Key
    {
        get => _key;
        init => _key = value;
    }

    /// <summary>The stream it belongs to.</summary>
    public EventLane Lane
    {
        get => _lane;
        init => _lane = value;
    }

    /// <summary>The webhook field it arrived under, such as <c>messages</c>; empty when the payload named none.</summary>
    public string Field
    {
        get => _field;
        init => _field = value;
    }

    /// <summary>The WhatsApp Business Account, if the payload named one.</summary>
    public BusinessAccountId? Account
    {
        get => _account == default ? null : _account;
        init => _account = value.GetValueOrDefault();
    }

    /// <summary>The business number it belongs to, if the payload named one.</summary>
    public PhoneNumberId? Number
    {
        get => _number == default ? null : _number;
        init => _number = value.GetValueOrDefault();
    }

    /// <summary>
    /// When it happened: its own timestamp, in whole seconds and not yet limited to the time of receipt. If the event has no timestamp, it is the time at
    /// which Meta made the webhook. If the payload has neither, it is the start of 1970.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant Timestamp
    {
        get => _timestamp;
        init => _timestamp = value;
    }

    /// <summary>Its own part of the payload as UTF-8 JSON. It is a copy and never the whole body.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Raw
    {
        get => _raw;
        init => _raw = value;
    }

    /// <summary>The conversation it belongs to, or null.</summary>
    public virtual ConversationKey? Conversation => null;

    /// <summary>Meta's identifier of it.</summary>
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

    /// <summary>Where in a payload it stood.</summary>
    internal void SetPlace(string field, EventLane lane)
    {
        _field = field;
        _lane = lane;
    }

    /// <summary>To whom of the business it belongs.</summary>
    internal void SetOwner(BusinessAccountId? account, PhoneNumberId? number)
    {
        _account = account.GetValueOrDefault();
        _number = number.GetValueOrDefault();
    }

    /// <summary>When it happened.</summary>
    internal void SetTimestamp(Instant timestamp) => _timestamp = timestamp;

    /// <summary>The key by which redeliveries are recognised.</summary>
    internal void SetKey(EventKey key) => _key = key;

    /// <summary>Its slice, where it is the whole of what was read.</summary>
    internal void SetRaw(ReadOnlyMemory<byte> raw) => _raw = raw;

    /// <summary>What was kept of it.</summary>
    internal void SetKept(in KeptEvent kept)
    {
        _key = kept.Key;
        _timestamp = kept.Timestamp;
        _raw = kept.Raw;
        SetPlace(kept.Field, kept.Lane);
        SetOwner(kept.Account, kept.Number);
    }

    /// <summary>Copies its slice out of a payload.</summary>
    internal void CopySlice(ReadOnlySpan<byte> payload, int start, int end)
    {
        _raw = payload[start..end].ToArray();
        MoveTexts(start);
    }

    /// <summary>Gives what it wraps the origin that it has itself.</summary>
    internal void Pass()
    {
        if (Inner is not { } inner)
        {
            return;
        }

        inner._key = _key;
        inner._lane = _lane;
        inner._field = _field;
        inner._account = _account;
        inner._number = _number;
        inner._raw = _raw;
        if (inner.Timestamp == NodaConstants.UnixEpoch)
        {
            inner._timestamp = _timestamp;
        }

        if (this is CustomerEvent { Contact: { } contact } && inner is CustomerEvent about)
        {
            about.SetContact(contact);
        }

        inner.Pass();
    }

    /// <summary>Tells the texts that were noted where they stood in the payload where they stand in the slice.</summary>
    private protected virtual void MoveTexts(int sliceStart) => Inner?.MoveTexts(sliceStart);
}
