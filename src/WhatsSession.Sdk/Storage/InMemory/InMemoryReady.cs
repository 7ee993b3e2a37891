using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The positions that can be claimed at once, by lane; and which lanes are taken by anybody.</summary>
internal sealed class InMemoryReady
{
    private static readonly EventLane[] All = Enum.GetValues<EventLane>();

    private readonly SortedSet<long>[] _positions = [.. All.Select(static _ => new SortedSet<long>())];
    private readonly Instant[] _takenAt = [.. All.Select(static _ => Instant.MinValue)];

    public void Add(EventLane lane, long position) => _positions[(int)lane].Add(position);

    public bool Remove(EventLane lane, long position) => _positions[(int)lane].Remove(position);

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
    public bool IsTaken(EventLane lane, Instant now) => _takenAt[(int)lane] > now - EventLanes.RememberedFor;

    /// <summary>The lowest position on one side that a host may claim; null for none.</summary>
    public long? First(ClaimRequest request, bool statuses)
    {
        long? first = null;
        foreach (var lane in All)
        {
            var positions = _positions[(int)lane];
            if (positions.Count > 0 && lane == EventLane.Status == statuses && (request.Lanes.Contains(lane) || !IsTaken(lane, request.Now)) && (first is null || positions.Min < first))
            {
                first = positions.Min;
            }
        }

        return first;
    }
}
