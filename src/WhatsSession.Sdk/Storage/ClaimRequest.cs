using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A dispatcher's wish for work.</summary>
/// <param name="Now">The moment, on the injected clock.</param>
/// <param name="Lease">How long the claims hold unless they are finished or renewed before.</param>
/// <param name="Limit">The most events to claim, beside those in <see cref="ForWork"/> and <see cref="ForAlerts"/>.</param>
public readonly record struct ClaimRequest(Instant Now, Duration Lease, int Limit)
{
    /// <summary>
    /// The lanes that this host takes. The store remembers them for <see cref="Retention.Horizon"/>;
    /// of another lane it gives events only when nobody took that in this time.
    /// </summary>
    /// <value>All by default.</value>
    public EventLanes Lanes { get; init; } = EventLanes.All;

    /// <summary>
    /// The planned alerts that this host takes. Of the others the store gives only those that no host has planned for <see cref="Retention.Horizon"/>:
    /// the rest wait, and hold nothing back.
    /// </summary>
    /// <value>Null by default: all.</value>
    public IReadOnlyCollection<PlannedAlert>? Alerts { get; init; }

    /// <summary>
    /// How many of them may be statuses, which are claimed behind everything else: however many wait, they leave room for what customers write.
    /// </summary>
    /// <value>As many as <see cref="Limit"/> by default.</value>
    public int StatusLimit { get; init; } = Limit;

    /// <summary>
    /// How many of <see cref="Limit"/> have no place yet, so that their handlers may begin much later: the store does not count their try, for a process that
    /// ends before did not try them. <see cref="ClaimChoice.IsAhead"/> says which they are.
    /// </summary>
    /// <value>0 by default.</value>
    public int Ahead { get; init; }

    /// <summary>What each business number has of the places that <see cref="Limit"/> speaks of; null where numbers are not told apart.</summary>
    /// <value>Null by default.</value>
    public NumberShares? Shares { get; init; }

    /// <summary>Places that only work of the SDK takes, so that no handler holds it up. What finds none there goes with the others.</summary>
    /// <value>None by default.</value>
    public OwnPlaces ForWork { get; init; }

    /// <summary>Places that only alerts take. What finds none there goes with the others.</summary>
    /// <value>None by default.</value>
    public OwnPlaces ForAlerts { get; init; }

    /// <summary>Until when the claims hold.</summary>
    public Instant LeasedUntil => Lease > Instant.MaxValue - Now ? Instant.MaxValue : Lease < Instant.MinValue - Now ? Instant.MinValue : Now + Lease;

    /// <summary>Whether this host takes a planned alert.</summary>
    public bool Takes(PlannedAlert alert) => Alerts is null || Alerts.Contains(alert);
}
