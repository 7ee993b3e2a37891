using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A dispatcher's wish for work.</summary>
/// <param name="Now">The moment, on the injected clock.</param>
/// <param name="Lease">How long the claims hold unless they are finished or renewed before.</param>
/// <param name="Limit">The most events to claim.</param>
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

    /// <summary>Until when the claims hold.</summary>
    public Instant LeasedUntil => Lease > Instant.MaxValue - Now ? Instant.MaxValue : Lease < Instant.MinValue - Now ? Instant.MinValue : Now + Lease;

    /// <summary>Whether this host takes a planned alert.</summary>
    public bool Takes(PlannedAlert alert) => Alerts is null || Alerts.Contains(alert);
}
