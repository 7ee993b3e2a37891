using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What one acceptance hands to the store: all of it is kept, or none.</summary>
public sealed class IngestBatch
{
    /// <summary>The events, in the order of the payload.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Events is null."); }

    /// <summary>A signed payload that could not be read to its end, whole; empty when there is none. It is kept in quarantine.</summary>
    public ReadOnlyMemory<byte> Quarantined { get; init; }

    /// <summary>What was wrong with the quarantined payload; no content of it.</summary>
    public string QuarantineReason { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "QuarantineReason is null."); } = "";

    /// <summary>When the payload was received: by the host's clock or Meta's time, whichever is later.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>
    /// Meta's time as far as this host knows it, whatever its clock says; null when it knows none. The store keeps the latest that it is told, and goes by that
    /// for what is older than <see cref="Retention.Horizon"/>.
    /// </summary>
    public Instant? MetaTime { get; init; }

    /// <summary>
    /// The lanes that this host takes. An event of a lane that nobody takes is kept but not put into the outbox,
    /// unless it <see cref="StoredEvent.ConcernsSdk">concerns the SDK</see>.
    /// </summary>
    /// <value>All by default.</value>
    public EventLanes Lanes { get; init; } = EventLanes.All;

    /// <summary>The alerts that this host plans. Those that other hosts plan count too: the store remembers them.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyCollection<PlannedAlert> Alerts { get; init => field = Whole(value); } = [];

    private static IReadOnlyCollection<PlannedAlert> Whole(IReadOnlyCollection<PlannedAlert> alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        return alerts.Contains(null) ? throw new ArgumentException("A planned alert is null.", nameof(alerts)) : alerts;
    }
}
