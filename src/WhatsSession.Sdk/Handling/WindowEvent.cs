using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The SDK tells something about a customer service window: that it is about to close, that it closed, or that it was extended.</summary>
/// <remarks>
/// What it tells of the conversation (<see cref="TimeLeft"/>, <see cref="IsAwaitingReply"/>, <see cref="WaitingSince"/>, <see cref="LastMessage"/>) is read
/// just before its handlers are called, and read again when it is tried again. None of it is kept with the alert.
/// </remarks>
public abstract class WindowEvent : WhatsAppEvent
{
    private readonly ConversationKey _conversation;
    private Duration _timeLeft;
    private Instant? _waitingSince;
    private HistoryMessage? _lastMessage;

    private protected WindowEvent(StoredEvent stored, WindowAlert alert)
        : base(stored.ToKept())
    {
        _conversation = alert.Conversation;
        Opened = alert.ExtendedBy ?? alert.Anchor;
        IsLate = alert.IsLate;
        _timeLeft = Duration.Max(ClosesAt - stored.Timestamp, Duration.Zero);
    }

    /// <summary>The customer's last qualifying event, which opened the window.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant Opened { get; private set; }

    /// <summary>When the window closes: exclusive.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant ClosesAt => CustomerServiceWindow.ClosesAt(Opened);

    /// <summary>Whether the alert was raised more than a minute after it was due, as after an outage.</summary>
    public bool IsLate { get; private set; }

    /// <summary>How long the window stays open, counted at delivery: zero when it is closed, and not less.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration TimeLeft
    {
        get => _timeLeft;
        init => _timeLeft = Duration.Max(value, Duration.Zero);
    }

    /// <summary>Whether the window is closed by now, so that a session message would be refused.</summary>
    public bool IsClosed => TimeLeft == Duration.Zero;

    /// <summary>Whether the customer waits for the business: nobody has answered the customer's last message.</summary>
    public bool IsAwaitingReply => WaitingSince is not null;

    /// <summary>
    /// Since when the customer waits: the earliest message of the customer that nobody has answered. Null when <see cref="IsAwaitingReply"/> is false.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? WaitingSince
    {
        get => _waitingSince;
        init => _waitingSince = value;
    }

    /// <summary>
    /// The customer's latest message, as the history has it. Null when the history does not have it: the window may have been opened by a call or by an import,
    /// or the message is no longer kept.
    /// </summary>
    public HistoryMessage? LastMessage
    {
        get => _lastMessage;
        init => _lastMessage = value;
    }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;

    /// <summary>Tells it late.</summary>
    internal void SetLate() => IsLate = true;

    /// <summary>Names a later event of the customer, of a customer who went on waiting.</summary>
    internal void SetOpened(Instant opened) => Opened = opened;

    /// <summary>What is known of the conversation, just before the handlers are called.</summary>
    internal void SetFacts(Duration timeLeft, Instant? waitingSince, HistoryMessage? lastMessage) =>
        (_timeLeft, _waitingSince, _lastMessage) = (timeLeft, waitingSince, lastMessage);
}
