using NodaTime;
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
    private readonly PackedInstant _answered;
    private readonly PackedInstant _erased;

    /// <summary>Makes a state of the two facts that the guard asks for first.</summary>
    /// <param name="lastInbound">See <see cref="LastInbound"/>.</param>
    /// <param name="denied">See <see cref="Denied"/>.</param>
    public ConversationState(Instant? lastInbound, Instant? denied)
    {
        _lastInbound = PackedInstant.Of(lastInbound);
        _denied = PackedInstant.Of(denied);
    }

    private ConversationState(PackedInstant lastInbound, PackedInstant denied, PackedInstant answered, PackedInstant erased, FreeEntryPoint freeEntry)
    {
        _lastInbound = lastInbound;
        _denied = denied;
        _answered = answered;
        _erased = erased;
        FreeEntry = freeEntry;
    }

    /// <summary>The latest qualifying customer event by its own timestamp, clamped on receipt; null when none is known.</summary>
    public Instant? LastInbound
    {
        get => _lastInbound.Value;
        init => _lastInbound = PackedInstant.Of(value);
    }

    /// <summary>
    /// The evidence of the latest refusal: the <see cref="LastInbound"/> that was relied on when Meta refused a session message with 131047 (1970 when none was
    /// known); null when there was no refusal.
    /// </summary>
    public Instant? Denied
    {
        get => _denied.Value;
        init => _denied = PackedInstant.Of(value);
    }

    /// <summary>
    /// The latest <see cref="LastInbound"/> that was known when a person or a handler sent an accepted message; null when nothing was answered.
    /// A fallback template answers nothing.
    /// </summary>
    public Instant? Answered
    {
        get => _answered.Value;
        init => _answered = PackedInstant.Of(value);
    }

    /// <summary>When the conversation was erased last; null when it never was. What the customer sent until then opens nothing.</summary>
    public Instant? Erased
    {
        get => _erased.Value;
        init => _erased = PackedInstant.Of(value);
    }

    /// <summary>What is known of the free entry point window. It changes the price alone, never what may be sent.</summary>
    public FreeEntryPoint FreeEntry { get; init; }

    /// <summary>Whether a refusal by Meta stands that no later customer event has lifted.</summary>
    public bool IsDenied => _denied.HasValue && !PackedInstant.IsLater(_lastInbound.HasValue ? _lastInbound : PackedInstant.Epoch, _denied);

    /// <summary>Whether the customer wrote something that nobody has answered.</summary>
    public bool AwaitsReply => _lastInbound.HasValue && !IsErased && PackedInstant.IsLater(_lastInbound, _answered);

    /// <summary>Whether the latest customer event was erased.</summary>
    internal bool IsErased => _erased.HasValue && !PackedInstant.IsLater(_lastInbound, _erased);

    /// <summary>The state that knows what either of two states knows.</summary>
    public static ConversationState Join(ConversationState left, ConversationState right) =>
        new(
            PackedInstant.Later(left._lastInbound, right._lastInbound),
            PackedInstant.Later(left._denied, right._denied),
            PackedInstant.Later(left._answered, right._answered),
            PackedInstant.Later(left._erased, right._erased),
            FreeEntryPoint.Join(left.FreeEntry, right.FreeEntry));
}
