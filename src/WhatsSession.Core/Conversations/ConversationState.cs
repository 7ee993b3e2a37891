using NodaTime;

namespace WhatsSession;

/// <summary>The facts known of a conversation. A state only grows: joining more facts never loses one.</summary>
/// <param name="LastInbound">The latest qualifying customer event by its own timestamp, clamped on receipt; null when none is known.</param>
/// <param name="Denied">The evidence of the latest refusal: the <paramref name="LastInbound"/> that was relied on when Meta refused a session message with 131047
/// (1970 when none was known); null when there was no refusal.</param>
/// <remarks>
/// <see cref="Join"/> is commutative, associative and idempotent and <c>default</c> is its neutral element, so events may come twice, late and in any order.
/// Equality is by value.
/// </remarks>
public readonly record struct ConversationState(Instant? LastInbound, Instant? Denied)
{
    /// <summary>The state that knows what either of two states knows.</summary>
    public static ConversationState Join(ConversationState left, ConversationState right) =>
        new(Later(left.LastInbound, right.LastInbound), Later(left.Denied, right.Denied));

    /// <summary>Whether a refusal by Meta stands that no later customer event has lifted.</summary>
    public bool IsDenied => Denied is { } denied && (LastInbound ?? NodaConstants.UnixEpoch) <= denied;

    private static Instant? Later(Instant? left, Instant? right) =>
        left is null ? right : right is null ? left : Instant.Max(left.Value, right.Value);
}
