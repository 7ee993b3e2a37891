using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>When the messages of a turn that waits were received. It decides when the turn is due.</summary>
/// <param name="Least">The earliest time of receipt.</param>
/// <param name="Greatest">The latest time of receipt.</param>
/// <param name="Tapped">The earliest time of receipt of a <see cref="TurnPart.Tap"/>; null without one.</param>
/// <remarks>A join of facts: the order of the messages does not matter. Equality is by value.</remarks>
public readonly record struct TurnTimes(
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant Least,
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant Greatest,
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant? Tapped)
{
    // For so long an event may hold back its conversation.
    private static readonly Duration MostPatience = Duration.FromMinutes(10);

    /// <summary>The times of one message.</summary>
    public static TurnTimes Of(StoredEvent message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.ReceivedAt, message.ReceivedAt, message.Turn == TurnPart.Tap ? message.ReceivedAt : null);
    }

    /// <summary>The times of the messages of both.</summary>
    public static TurnTimes Join(TurnTimes left, TurnTimes right) => new(
        Instant.Min(left.Least, right.Least),
        Instant.Max(left.Greatest, right.Greatest),
        left.Tapped is { } one && right.Tapped is { } other ? Instant.Min(one, other) : left.Tapped ?? right.Tapped);

    /// <summary>When the turn is due: when the customer has been quiet for long enough, or the first message has waited for long enough, or at a tap.</summary>
    public Instant DueAt(PlannedTurn plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var due = Instant.Min(After(Least, plan.AtMost), After(Greatest, plan.Quiet));
        return Tapped is { } tapped ? Instant.Min(due, tapped) : due;
    }

    /// <summary>
    /// A turn that is due later than <see cref="PlannedTurn.AtMost"/> and so much from now is due too: its time can only come from a host whose clock was
    /// wrong. No clocks of hosts that share a store differ by so much, unless one is wrong.
    /// </summary>
    public static Duration MostAhead { get; } = Duration.FromMinutes(1);

    /// <summary>
    /// A turn that was due at this moment or before does not wait any longer until no other event of its conversation waits for handlers. It takes its place
    /// behind them. Likewise, a turn that waits since then for a host with its handler is given to any host.
    /// </summary>
    /// <param name="now">The moment.</param>
    public static Instant Overdue(Instant now) => now - Instant.MinValue < MostPatience ? Instant.MinValue : now - MostPatience;

    private static Instant After(Instant at, Duration delay) => delay > Instant.MaxValue - at ? Instant.MaxValue : at + delay;
}
