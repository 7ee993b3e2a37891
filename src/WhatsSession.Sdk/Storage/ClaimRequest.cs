using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A request of a dispatcher for work.</summary>
/// <param name="Now">The moment, on the injected clock.</param>
/// <param name="Lease">How long the claims are valid, unless they are finished or renewed before.</param>
/// <param name="Limit">The maximum number of events to claim, in addition to those in <see cref="ForWork"/> and <see cref="ForAlerts"/>.</param>
public readonly record struct ClaimRequest(Instant Now, Duration Lease, int Limit)
{
    /// <summary>
    /// The lanes that this host takes. The store remembers them for <see cref="Retention.Horizon"/>; it gives events of another lane only if no host took that
    /// lane in this time.
    /// </summary>
    /// <value>All by default.</value>
    public EventLanes Lanes { get; init; } = EventLanes.All;

    /// <summary>
    /// The planned alerts that this host takes. Of other alerts the store gives only those that no host has planned for <see cref="Retention.Horizon"/>. The
    /// rest wait, and delay nothing.
    /// </summary>
    /// <value>Null by default: all.</value>
    public IReadOnlyCollection<PlannedAlert>? Alerts { get; init; }

    /// <summary>
    /// The handlers of turns that this host has. The store remembers them for <see cref="Retention.Horizon"/>. It gives the turns of other handlers only if no
    /// host had the handler in this time, or if a turn has waited for its handler since <see cref="TurnTimes.Overdue"/>.
    /// </summary>
    /// <value>Null by default: all.</value>
    public IReadOnlyList<PlannedTurn>? Turns
    {
        get;
        init => field = value?.Contains(null) == true ? throw new ArgumentException("A planned turn is null.", nameof(value)) : value;
    }

    /// <summary>
    /// How many of them may be statuses. Statuses are claimed after everything else, so that many waiting statuses still leave places for customers' messages.
    /// </summary>
    /// <value>As many as <see cref="Limit"/> by default.</value>
    public int StatusLimit { get; init; } = Limit;

    /// <summary>
    /// How many of <see cref="Limit"/> have no place yet, so that their handlers may start much later. The store does not count their attempt, because a
    /// process that ends before that did not try them. <see cref="ClaimChoice.IsAhead"/> says which events these are.
    /// </summary>
    /// <value>0 by default.</value>
    public int Ahead { get; init; }

    /// <summary>How many of the places of <see cref="Limit"/> each business number has; null if numbers are not distinguished.</summary>
    /// <value>Null by default.</value>
    public NumberShares? Shares { get; init; }

    /// <summary>Places only for work of the SDK, so that no handler delays it. Work that finds no place here is treated like other events.</summary>
    /// <value>None by default.</value>
    public OwnPlaces ForWork { get; init; }

    /// <summary>Places only for alerts. An alert that finds no place here is treated like other events.</summary>
    /// <value>None by default.</value>
    public OwnPlaces ForAlerts { get; init; }

    /// <summary>The time until which the claims are valid.</summary>
    public Instant LeasedUntil => Lease > Instant.MaxValue - Now ? Instant.MaxValue : Lease < Instant.MinValue - Now ? Instant.MinValue : Now + Lease;

    /// <summary>Whether this host has a handler of turns.</summary>
    public bool TakesTurn(string handler)
    {
        // Asked by every poll.
        for (var i = 0; i < Turns?.Count; i++)
        {
            if (string.Equals(Turns[i].Handler, handler, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return Turns is null;
    }

    /// <summary>Whether this host takes a planned alert.</summary>
    public bool Takes(PlannedAlert alert) => Alerts is null || Alerts.Contains(alert);
}
