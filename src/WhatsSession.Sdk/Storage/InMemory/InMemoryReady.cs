using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The positions that can be claimed at once, by lane; and which lanes are taken by anybody.</summary>
internal sealed class InMemoryReady
{
    private static readonly EventLane[] All = Enum.GetValues<EventLane>();

    private readonly SortedSet<long>[] _positions = [.. All.Select(static _ => new SortedSet<long>())];
    private readonly Dictionary<PlannedAlert, SortedSet<long>> _alerts = [];
    private readonly Instant[] _takenAt = [.. All.Select(static _ => Instant.MinValue)];

    public void Add(StoredEvent stored, long position) => PositionsOf(stored).Add(position);

    public bool Remove(StoredEvent stored, long position) => PositionsOf(stored).Remove(position);

    /// <summary>Notes what a host takes.</summary>
    public void Note(EventLanes taken, Instant now)
    {
        foreach (var lane in All)
        {
            if (taken.Contains(lane))
            {
                _takenAt[(int)lane] = Instant.Max(_takenAt[(int)lane], now);
            }
        }
    }

    /// <summary>Whether anybody has taken a lane of late.</summary>
    public bool IsTaken(EventLane lane, Instant now) => Retention.Remembers(_takenAt[(int)lane], now);

    /// <summary>The lowest position of a status that a host may claim; null for none.</summary>
    public long? FirstStatus(ClaimRequest request) =>
        _positions[(int)EventLane.Status] is { Count: > 0 } positions && MayTake(request, EventLane.Status) ? positions.Min : null;

    /// <summary>The lowest position of anything else that a host may claim; null for none.</summary>
    public long? First(ClaimRequest request, InMemoryAlerts planned)
    {
        long? first = null;
        foreach (var lane in All)
        {
            if (lane != EventLane.Status && _positions[(int)lane] is { Count: > 0 } positions && MayTake(request, lane)
                && (first is null || positions.Min < first))
            {
                first = positions.Min;
            }
        }

        foreach (var (alert, positions) in _alerts)
        {
            if (positions.Count > 0 && (first is null || positions.Min < first) && MayTake(request, EventLane.Alert)
                && (request.Takes(alert) || !planned.Contains(alert, request.Now)))
            {
                first = positions.Min;
            }
        }

        return first;
    }

    private bool MayTake(ClaimRequest request, EventLane lane) => request.Lanes.Contains(lane) || !IsTaken(lane, request.Now);

    private SortedSet<long> PositionsOf(StoredEvent stored)
    {
        if (stored is not { Lane: EventLane.Alert, Facts.Alert: { } alert })
        {
            return _positions[(int)stored.Lane];
        }

        if (!_alerts.TryGetValue(alert, out var positions))
        {
            _alerts.Add(alert, positions = []);
        }

        return positions;
    }
}
