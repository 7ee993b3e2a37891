using NodaTime;

namespace WhatsSession;

/// <summary>One line of the history in memory: an event or an intent, and its neighbours in the conversation.</summary>
internal sealed class InMemoryLogLine
{
    // Objects, links and the like: what a line costs beside its texts.
    private const int Overhead = 256;

    // The default id for none: an optional one takes twice the room, and every send has both.
    private MessageId _messageId;
    private MessageId _retriedAfter;

    // Its own slice alone: the event itself, with what dispatch needs of it, may go once it is dispatched.
    private readonly ReadOnlyMemory<byte> _inbound;

    public InMemoryLogLine(StoredEvent inbound, long arrival)
    {
        _inbound = inbound.Raw;
        Conversation = inbound.Conversation!.Value;
        Arrival = arrival;
        Second = inbound.Timestamp.ToUnixTimeSeconds();
        MessageId = inbound.Message;
    }

    public InMemoryLogLine(SendIntent intent, long arrival)
    {
        Intent = intent;
        Conversation = intent.Conversation;
        Arrival = arrival;
        Second = intent.CreatedAt.ToUnixTimeSeconds();
    }

    public SendIntent? Intent { get; }

    public long Arrival { get; }

    public long Second { get; }

    public MessageId? MessageId
    {
        get => _messageId == default ? null : _messageId;
        set => _messageId = value.GetValueOrDefault();
    }

    public IntentState State { get; set; }

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

    public Instant At => Instant.FromUnixTimeSeconds(Second);

    public ConversationKey Conversation { get; set; }

    /// <summary>About how much memory the line holds; always the same for one line.</summary>
    public long Bytes => Overhead + (this switch
    {
        { Intent: null } => _inbound.Length,
        { Intent.Message: TextMessage text } => sizeof(char) * (long)text.Body.Length,
        { Intent.Message: InteractiveMessage interactive } => Overhead + (sizeof(char) * (long)(interactive.Body?.Length ?? 0)),
        { Intent.Message: RawMessage raw } => sizeof(char) * (long)raw.Json.Length,
        _ => Overhead,
    });

    public bool IsNewerThan(InMemoryLogLine other) => Second != other.Second ? Second > other.Second : Arrival > other.Arrival;

    /// <summary>The line as it was when its state and message id were read.</summary>
    public LoggedMessage ToMessage(IntentState state, MessageId? messageId) => new()
    {
        IsInbound = Intent is null,
        At = At,
        MessageId = messageId,
        Intent = Intent?.Id,
        State = Intent is null ? null : state,
        Json = Intent is null ? _inbound : Intent.WriteContent(),
    };
}
