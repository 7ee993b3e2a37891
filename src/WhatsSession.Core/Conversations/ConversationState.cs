using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Conversations;
using WhatsSession.Json;
using WhatsSession.Windows;

namespace WhatsSession;

/// <summary>The facts that are known about a conversation. A state only grows: joining more facts never loses a fact.</summary>
/// <remarks>
/// <see cref="Join"/> is commutative, associative and idempotent and <c>default</c> is its neutral element, so events may come twice, late and in any order.
/// Times are exact to the nanosecond within the years 1678 to 2261. A time outside these years counts as the nearest end of this range. Equality is by value.
/// </remarks>
public readonly record struct ConversationState
{
    // Packed: a state travels with every send, and an optional Instant takes three times the room.
    private readonly PackedInstant _lastInbound;
    private readonly PackedInstant _denied;
    private readonly PackedInstant _erased;

    // Of one kind of author, as in most conversations; where several have answered, all of it is among the rare facts.
    private readonly PackedInstant _answered;
    private readonly AuthorKind _answerer;

    private readonly RareFacts? _rare;

    /// <summary>Makes a state from the two facts that the guard needs first.</summary>
    /// <param name="lastInbound">See <see cref="LastInbound"/>.</param>
    /// <param name="denied">See <see cref="Denied"/>.</param>
    public ConversationState(Instant? lastInbound, Instant? denied)
    {
        _lastInbound = PackedInstant.Of(lastInbound);
        _denied = PackedInstant.Of(denied);
    }

    private ConversationState(in ConversationState left, in ConversationState right)
    {
        _lastInbound = PackedInstant.Later(left._lastInbound, right._lastInbound);
        _denied = PackedInstant.Later(left._denied, right._denied);
        _erased = PackedInstant.Later(left._erased, right._erased);
        _rare = RareFacts.Join(left._rare, right._rare);
        Answers = AnswerTimes.Join(left.Answers, right.Answers);
    }

    /// <summary>
    /// The latest customer event that opens the window: its own timestamp, limited when it was received (<see cref="CustomerServiceWindow.Clamp"/>). Null when
    /// none is known.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? LastInbound
    {
        get => _lastInbound.Value;
        init => _lastInbound = PackedInstant.Of(value);
    }

    /// <summary>
    /// The <see cref="LastInbound"/> that the SDK relied on when Meta last refused a session message with 131047 (1970 when none was known). Null when there
    /// was no refusal.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Denied
    {
        get => _denied.Value;
        init => _denied = PackedInstant.Of(value);
    }

    /// <summary>What the business has answered, by the kind of author.</summary>
    public AnswerTimes Answers
    {
        get => _rare is { Answers: var answers } && answers != default ? answers : AnswerTimes.By(_answerer, _answered.Value);
        init
        {
            var isOfOne = value.IsOfOne(out _answerer, out _answered);
            var rest = isOfOne ? default : value;
            _rare = rest == RareFacts.OrNone(_rare).Answers ? _rare : (RareFacts.OrNone(_rare) with { Answers = rest }).Known;
        }
    }

    /// <summary>
    /// The timestamp of the latest copy (echo) of a message that the business did not send with this SDK: it was typed in the app or sent by another partner.
    /// Null when none is known. Templates do not count. If the options say that echoes answer nothing, no copy counts.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Echoed
    {
        get => RareFacts.OrNone(_rare).Echoed.Value;
        init
        {
            var at = PackedInstant.Of(value);
            _rare = RareFacts.OrNone(_rare).Echoed == at ? _rare : (RareFacts.OrNone(_rare) with { Echoed = at }).Known;
        }
    }

    /// <summary>
    /// The latest refusal with 131047 of a message that was not sent by this SDK: the time of its status. It is not known which customer event that message
    /// relied on. Null when there was none.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Doubted
    {
        get => RareFacts.OrNone(_rare).Doubted.Value;
        init
        {
            var at = PackedInstant.Of(value);
            _rare = RareFacts.OrNone(_rare).Doubted == at ? _rare : (RareFacts.OrNone(_rare) with { Doubted = at }).Known;
        }
    }

    /// <summary>When the conversation was last erased; null when it never was. What the customer sent before that time opens no window.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Erased
    {
        get => _erased.Value;
        init => _erased = PackedInstant.Of(value);
    }

    /// <summary>What is known about the free entry point window. It changes only the price, never what may be sent.</summary>
    public FreeEntryPoint FreeEntry
    {
        get => RareFacts.OrNone(_rare).FreeEntry;
        init => _rare = RareFacts.OrNone(_rare).FreeEntry == value ? _rare : (RareFacts.OrNone(_rare) with { FreeEntry = value }).Known;
    }

    /// <summary>Whether Meta refused a message and the customer has not written since.</summary>
    public bool IsDenied => _denied.HasValue && !PackedInstant.IsLater(_lastInbound.HasValue ? _lastInbound : PackedInstant.Epoch, _denied);

    /// <summary>
    /// Whether the window may be closed although <see cref="LastInbound"/> is recent, because Meta has since refused a message of another system. The doubt
    /// ends with the next customer event. It does not stop a send: a message of this SDK is sent, and Meta's answer decides.
    /// </summary>
    public bool IsDoubted =>
        _rare is { Doubted: { HasValue: true } doubted } && _lastInbound.HasValue && !PackedInstant.IsLater(_lastInbound, doubted);

    /// <summary>
    /// Whether the customer wrote something that nobody has answered, with this SDK or in another way. A copy with a timestamp in the same second does not
    /// count as an answer.
    /// </summary>
    public bool AwaitsReply =>
        _lastInbound.HasValue && !IsErased && PackedInstant.IsLater(_lastInbound, Answers.Last)
        && !PackedInstant.IsLater(RareFacts.OrNone(_rare).Echoed, _lastInbound);

    /// <summary>Whether the latest customer event was erased.</summary>
    internal bool IsErased => _erased.HasValue && !PackedInstant.IsLater(_lastInbound, _erased);

    /// <summary>Joins two states: the result has all facts of both.</summary>
    public static ConversationState Join(ConversationState left, ConversationState right) => new(in left, in right);
}
