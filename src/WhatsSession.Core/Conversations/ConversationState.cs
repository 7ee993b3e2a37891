using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Conversations;
using WhatsSession.Json;
using WhatsSession.Windows;

namespace WhatsSession;

/// <summary>The facts known of a conversation. A state only grows: joining more facts never loses one.</summary>
/// <remarks>
/// <see cref="Join"/> is commutative, associative and idempotent and <c>default</c> is its neutral element, so events may come twice, late and in any order.
/// Times are kept to the nanosecond within the years 1678 to 2261; what lies beyond counts as the end of that span. Equality is by value.
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

    /// <summary>Makes a state of the two facts that the guard asks for first.</summary>
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

    /// <summary>The latest qualifying customer event by its own timestamp, clamped on receipt; null when none is known.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? LastInbound
    {
        get => _lastInbound.Value;
        init => _lastInbound = PackedInstant.Of(value);
    }

    /// <summary>
    /// The evidence of the latest refusal: the <see cref="LastInbound"/> that was relied on when Meta refused a session message with 131047 (1970 when none was
    /// known); null when there was no refusal.
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
    /// The latest message of the business that came as a copy, because it was not sent by this SDK: typed in the app, or sent by another partner;
    /// by the copy's own timestamp. Null when none is known. Templates do not count, and nothing does where the options say that echoes answer nothing.
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
    /// The latest refusal with 131047 of a message that somebody else than this SDK sent, by the time of its status: what it went by is not known.
    /// Null when there was none.
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

    /// <summary>When the conversation was erased last; null when it never was. What the customer sent until then opens nothing.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Erased
    {
        get => _erased.Value;
        init => _erased = PackedInstant.Of(value);
    }

    /// <summary>What is known of the free entry point window. It changes the price alone, never what may be sent.</summary>
    public FreeEntryPoint FreeEntry
    {
        get => RareFacts.OrNone(_rare).FreeEntry;
        init => _rare = RareFacts.OrNone(_rare).FreeEntry == value ? _rare : (RareFacts.OrNone(_rare) with { FreeEntry = value }).Known;
    }

    /// <summary>Whether a refusal by Meta stands that no later customer event has lifted.</summary>
    public bool IsDenied => _denied.HasValue && !PackedInstant.IsLater(_lastInbound.HasValue ? _lastInbound : PackedInstant.Epoch, _denied);

    /// <summary>
    /// Whether the window may be closed although <see cref="LastInbound"/> is recent: Meta refused another system's message since. It ends with the next
    /// customer event. It refuses nothing: a message of this SDK is sent, and its refusal says more.
    /// </summary>
    public bool IsDoubted =>
        _rare is { Doubted: { HasValue: true } doubted } && _lastInbound.HasValue && !PackedInstant.IsLater(_lastInbound, doubted);

    /// <summary>
    /// Whether the customer wrote something that nobody has answered, neither by this SDK nor otherwise. A copy of the same second counts as no answer.
    /// </summary>
    public bool AwaitsReply =>
        _lastInbound.HasValue && !IsErased && PackedInstant.IsLater(_lastInbound, Answers.Last)
        && !PackedInstant.IsLater(RareFacts.OrNone(_rare).Echoed, _lastInbound);

    /// <summary>Whether the latest customer event was erased.</summary>
    internal bool IsErased => _erased.HasValue && !PackedInstant.IsLater(_lastInbound, _erased);

    /// <summary>The state that knows what either of two states knows.</summary>
    public static ConversationState Join(ConversationState left, ConversationState right) => new(in left, in right);
}
