using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>An event in the form that stores keep: its key, what the store must know about it, and its own JSON.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class StoredEvent
{
    // Kept bare: with a flag for null each would take up to twice the room, and a webhook may hold thousands. Few are due later.
    private readonly PhoneNumberId _number;
    private readonly BusinessAccountId _account;
    private readonly ConversationKey _conversation;
    private readonly IdentityLink _link;
    private readonly MessageId _message;
    private readonly object? _dueAt;

    /// <summary>The identity by which redeliveries are recognised.</summary>
    public required EventKey Key { get; init; }

    /// <summary>The stream it belongs to.</summary>
    public required EventLane Lane { get; init; }

    /// <summary>The webhook field it arrived under, such as <c>messages</c>.</summary>
    public required string Field { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Field is null."); }

    /// <summary>The business number, or null for an event of the account.</summary>
    public PhoneNumberId? Number
    {
        get => _number == default ? null : _number;
        init => _number = value.GetValueOrDefault();
    }

    /// <summary>The WhatsApp Business Account, if the payload named one.</summary>
    public BusinessAccountId? Account
    {
        get => _account == default ? null : _account;
        init => _account = value.GetValueOrDefault();
    }

    /// <summary>The conversation, or null for an event that belongs to none.</summary>
    public ConversationKey? Conversation
    {
        get => _conversation == default ? null : _conversation;
        init => _conversation = value.GetValueOrDefault();
    }

    /// <summary>The phone number and the BSUID, if the event named both: a fact about the customer's identity. Otherwise null.</summary>
    public IdentityLink? Link
    {
        get => _link == default ? null : _link;
        init => _link = value.GetValueOrDefault();
    }

    /// <summary>When it happened: its own timestamp in whole seconds, limited by <see cref="ReceivedAt"/>.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant Timestamp { get; init; }

    /// <summary>When it was received.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant ReceivedAt { get; init; }

    /// <summary>
    /// Whether <see cref="Timestamp"/> comes from the event itself, so that a redelivery has the same. False if the event names no time, or a time too far in
    /// the future. Then it is the time of receipt, and only the <see cref="Key"/> is the same in each delivery.
    /// </summary>
    /// <value>
    /// True by default. On the lanes <see cref="EventLane.Account"/>, <see cref="EventLane.Alert"/> and <see cref="EventLane.Work"/> it has no meaning.
    /// </value>
    public bool HasOwnTime { get; init; } = true;

    /// <summary>Whether it opens or extends the customer service window.</summary>
    public bool OpensWindow { get; init; }

    /// <summary>Whether handlers are to be called for it. False for events older than the horizon.</summary>
    /// <value>True by default.</value>
    public bool Dispatches { get; init; } = true;

    /// <summary>Whether the SDK itself acts on it, so that it is dispatched even where no handler takes its lane.</summary>
    public bool ConcernsSdk { get; init; }

    /// <summary>What it does to the turn of its conversation. It has a meaning at the ingest alone; what comes out of the outbox has
    /// <see cref="TurnPart.None"/>.</summary>
    /// <value><see cref="TurnPart.None"/> by default.</value>
    public TurnPart Turn { get; init; }

    /// <summary>The message it is or is about; null when it is about none.</summary>
    public MessageId? Message
    {
        get => _message == default ? null : _message;
        init => _message = value.GetValueOrDefault();
    }

    /// <summary>Its facts, other than that it opens a window; null when it has none.</summary>
    public EventFacts? Facts { get; init; }

    /// <summary>The earliest time to dispatch it; null for at once.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? DueAt
    {
        get => (Instant?)_dueAt;
        init => _dueAt = value;
    }

    /// <summary>A copy of its own part of the payload as UTF-8 JSON.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The customer's contact card from the same payload as UTF-8 JSON; empty when there was none.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Contact { get; init; }

    /// <summary>An event that the SDK itself raises, on the lane of alerts.</summary>
    /// <param name="field">What it tells.</param>
    /// <param name="number">The business number.</param>
    /// <param name="conversation">The conversation; null for none.</param>
    /// <param name="id">What identifies it among the events of its field and number.</param>
    /// <param name="now">When.</param>
    /// <param name="write">Writes its properties.</param>
    /// <param name="facts">The send or the parties that it is about; null for none.</param>
    internal static StoredEvent OfEngine(
        string field, PhoneNumberId number, ConversationKey? conversation, string id, Instant now, Action<Utf8JsonWriter> write, EventFacts? facts = null)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, MessageJson.WriterOptions);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new StoredEvent
        {
            Key = EventKey.Of(number.Value, EventLane.Alert, id, field),
            Lane = EventLane.Alert,
            Field = field,
            Number = number,
            Conversation = conversation,
            Timestamp = now,
            ReceivedAt = now,
            Facts = facts,
            Raw = buffer.WrittenSpan.ToArray(),
        };
    }

    /// <summary>The data from which the event is made again.</summary>
    internal KeptEvent ToKept() => new()
    {
        Key = Key,
        Lane = Lane,
        Field = Field,
        Number = Number,
        Account = Account,
        Timestamp = Timestamp,
        Raw = Raw,
        Contact = Contact,
    };

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{Lane} event {Key}";
}
