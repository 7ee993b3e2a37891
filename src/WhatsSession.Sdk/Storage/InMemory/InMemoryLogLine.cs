using System.Runtime.InteropServices;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>One line of the history in memory: an event or an intent, and its neighbours in the conversation.</summary>
internal sealed class InMemoryLogLine
{
    // Objects, links and the like: what a line costs beside its texts.
    private const int Overhead = 256;

    // Every send has a line, so its parts are packed. An intent; or the slice of an event alone, which with what dispatch needs of it may go once it is
    // dispatched.
    private object _content;

    // The default id for none: an optional one takes twice the room.
    private MessageId _messageId;
    private MessageId _retriedAfter;
    private readonly uint _second;
    private uint _answersUntil = WindowSeconds.None;
    private byte _state;

    public InMemoryLogLine(StoredEvent inbound, long arrival)
    {
        _content = MemoryMarshal.TryGetArray(inbound.Raw, out var slice) && slice.Array is { } array && array.Length == slice.Count
            ? array
            : inbound.Raw.ToArray();
        Conversation = inbound.Conversation!.Value;
        Arrival = arrival;
        _second = ToSecond(inbound.Timestamp);
        MessageId = inbound.Message;
        IsInbound = inbound.Lane != EventLane.Echo;
        if (!IsInbound && inbound.Facts?.State.Echoed is not null)
        {
            // What came in the same second counts as unanswered.
            _answersUntil = WindowSeconds.Of(At - Duration.FromSeconds(1));
        }
    }

    public InMemoryLogLine(SendIntent intent, long arrival)
    {
        _content = intent;
        Conversation = intent.Conversation;
        Arrival = arrival;
        _second = ToSecond(intent.CreatedAt);
    }

    public SendIntent? Intent => _content as SendIntent;

    public long Arrival { get; }

    /// <summary>Whether the customer wrote it; otherwise it is a send, or the copy of what the business sent in another way.</summary>
    public bool IsInbound { get; }

    /// <summary>Whether it is the copy of what the business sent in another way.</summary>
    public bool IsCopy => !IsInbound && Intent is null;

    /// <summary>Whether it is a copy that counts as an answer.</summary>
    public bool Answers => IsCopy && _answersUntil != WindowSeconds.None;

    /// <summary>Who wrote it; null when that is not known.</summary>
    public Author? By { get; private set; }

    public MessageId? MessageId
    {
        get => _messageId == default ? null : _messageId;
        set => _messageId = value.GetValueOrDefault();
    }

    public IntentState State
    {
        get => (IntentState)_state;
        set => _state = (byte)value;
    }

    /// <summary>The message whose refusal led to the second try.</summary>
    public MessageId? RetriedAfter
    {
        get => _retriedAfter == default ? null : _retriedAfter;
        set => _retriedAfter = value.GetValueOrDefault();
    }

    /// <summary>Whether it may go when the limit is reached.</summary>
    public bool IsEvictable { get; set; }

    /// <summary>Whether it is part of the history no more.</summary>
    public bool IsRemoved { get; set; }

    public InMemoryLogLine? Older { get; set; }

    public InMemoryLogLine? Newer { get; set; }

    public Instant At => Instant.FromUnixTimeSeconds(_second);

    public ConversationKey Conversation { get; set; }

    /// <summary>About how much memory the line holds; the same as long as it says the same.</summary>
    public long Bytes => Overhead + (this switch
    {
        { _content: byte[] slice } => slice.Length,
        { Intent.Message: TextMessage text } => sizeof(char) * (long)text.Body.Length,
        { Intent.Message: InteractiveMessage interactive } => Overhead + (sizeof(char) * (long)(interactive.Body?.Length ?? 0)),
        { Intent.Message: RawMessage raw } => sizeof(char) * (long)raw.Json.Length,
        _ => Overhead,
    });

    /// <summary>Says something else from now on. See <see cref="InMemoryLog.TryAnew"/>, which counts the bytes.</summary>
    public void TryAnew(SendIntent intent)
    {
        _content = intent;
        State = IntentState.Pending;
        MessageId = null;
    }

    /// <summary>Notes what became of a send.</summary>
    public void Settle(SendSettlement settlement)
    {
        (State, MessageId) = (settlement.State, settlement.Message);
        By = settlement.By;
        _answersUntil = WindowSeconds.Of(settlement.Facts.Answers.Latest);
    }

    public bool IsNewerThan(InMemoryLogLine other) => _second != other._second ? _second > other._second : Arrival > other.Arrival;

    /// <summary>The line as it was when its state and message id were read.</summary>
    public LoggedMessage ToMessage(IntentState state, MessageId? messageId) => new()
    {
        IsInbound = IsInbound,
        At = At,
        MessageId = messageId,
        Intent = Intent?.Id,
        State = Intent is null ? null : state,
        By = By,
        AnswersUntil = _answersUntil == WindowSeconds.None ? null : WindowSeconds.ToInstant(_answersUntil),
        Json = _content is byte[] slice ? slice : ContentOf(Intent!),
    };

    private static byte[] ContentOf(SendIntent intent)
    {
        try
        {
            return intent.WriteContent();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // One message that cannot be written does not hide the others.
            return "{}"u8.ToArray();
        }
    }

    // What is said to be from before 1970 was clamped to it on receipt.
    private static uint ToSecond(Instant at) => (uint)Math.Clamp(at.ToUnixTimeSeconds(), 0, uint.MaxValue);
}
