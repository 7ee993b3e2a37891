using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The data that the store must keep together: all of it or nothing.</summary>
public sealed class IngestBatch
{
    /// <summary>The events, in the order of the payload.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Events is null."); }

    /// <summary>The whole signed payload that could not be read completely; empty when there is none. It is kept in quarantine.</summary>
    public ReadOnlyMemory<byte> Quarantined { get; init; }

    /// <summary>What was wrong with the quarantined payload; no content of it.</summary>
    public string QuarantineReason { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "QuarantineReason is null."); } = "";

    /// <summary>When the payload was received: the later of the host's time and Meta's time.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>
    /// Meta's time as this host knows it, independent of the host's clock; null when it is not known. The store keeps the latest value and uses it to decide
    /// what is older than <see cref="Retention.Horizon"/>.
    /// </summary>
    public Instant? MetaTime { get; init; }

    /// <summary>
    /// The lanes that this host takes. An event of a lane that no host takes is kept but not put into the outbox, unless it
    /// <see cref="StoredEvent.ConcernsSdk">concerns the SDK</see>.
    /// </summary>
    /// <value>All by default.</value>
    public EventLanes Lanes { get; init; } = EventLanes.All;

    /// <summary>The alerts that this host plans. Alerts that other hosts plan count too; the store remembers them.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyCollection<PlannedAlert> Alerts { get; init => field = Whole(value); } = [];

    /// <summary>The handlers of turns that this host has. Those of other hosts count too; the store remembers them.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<PlannedTurn> Turns
    {
        get;
        init => field = value?.Contains(null) == false ? value : throw new ArgumentException("Turns is null or has a null in it.", nameof(value));
    } = [];

    private static IReadOnlyCollection<PlannedAlert> Whole(IReadOnlyCollection<PlannedAlert> alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        return alerts.Contains(null) ? throw new ArgumentException("A planned alert is null.", nameof(alerts)) : alerts;
    }
}
