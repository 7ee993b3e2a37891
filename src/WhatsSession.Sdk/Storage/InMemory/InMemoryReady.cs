using System.Runtime.InteropServices;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The events that can be claimed at once, by lane and number; and which lanes are taken by anybody.</summary>
internal sealed class InMemoryReady(InMemoryTime time)
{
    private static readonly EventLane[] All = Enum.GetValues<EventLane>();

    private readonly Dictionary<(EventLane Lane, PhoneNumberId Number, PlannedAlert? Alert, string? Handler), InMemoryReadyCell> _cellsByKey = [];
    private readonly List<InMemoryReadyCell> _cells = [];

    // What comes again, by the moment since when it could.
    private readonly SortedSet<(Instant ReadyAt, long Position)> _retries = [];
    private readonly Instant?[] _takenAt = [.. All.Select(static _ => default(Instant?))];

    // Of one claim: what it may choose from, and where that stands.
    private readonly List<ClaimCandidate> _candidates = [];
    private readonly List<SortedSet<long>> _sources = [];
    private int _chosen = -1;

    public void Add(InMemoryOutboxEntry entry)
    {
        var cell = entry.Cell ??= CellOf(entry.Event);
        if (entry.IsRetry)
        {
            cell.Retries.Add(entry.Position);
            _retries.Add((entry.ReadyAt, entry.Position));
        }
        else
        {
            cell.First.Add(entry.Position);
        }
    }

    public bool Remove(InMemoryOutboxEntry entry) =>
        entry.Cell is { } cell
        && (cell.First.Remove(entry.Position) || (cell.Retries.Remove(entry.Position) && _retries.Remove((entry.ReadyAt, entry.Position))));

    /// <summary>Puts what came again and has waited long enough among the first tries.</summary>
    public void Promote(Instant now, Dictionary<long, InMemoryOutboxEntry> heads)
    {
        while (_retries.Count > 0 && _retries.Min is var oldest && now - oldest.ReadyAt >= ClaimChoice.LongestWait)
        {
            _retries.Remove(oldest);
            var cell = heads[oldest.Position].Cell!;
            cell.Retries.Remove(oldest.Position);
            cell.First.Add(oldest.Position);
        }
    }

    /// <summary>Chooses the next event of a claim; what was chosen before must be gone from here. Null for no more.</summary>
    public long? Next(ClaimChoice choice)
    {
        if (_chosen >= 0)
        {
            Advance(_chosen);
        }

        _chosen = choice.Next(CollectionsMarshal.AsSpan(_candidates));
        return _chosen < 0 ? null : _candidates[_chosen].Position;
    }

    /// <summary>Looks what there is to choose from.</summary>
    public void Gather(ClaimRequest request, InMemoryAlerts planned, InMemoryTurns turns)
    {
        _chosen = -1;
        _candidates.Clear();
        _sources.Clear();
        foreach (var cell in _cells)
        {
            if ((cell.First.Count > 0 || cell.Retries.Count > 0)
                && MayTake(request, cell.Lane)
                && (cell.Alert is null || request.Takes(cell.Alert) || !planned.Contains(cell.Alert, request.Now))
                && MayTake(request, cell, turns))
            {
                Gather(cell, cell.First, isRetry: false);
                Gather(cell, cell.Retries, isRetry: true);
            }
        }
    }

    /// <summary>Lets any host take the turns that wait too long for a host with their handler: they hold back their conversations.</summary>
    public void LetGo(ClaimRequest request, InMemoryTurns turns, Dictionary<long, InMemoryOutboxEntry> heads)
    {
        for (var i = 0; i < _cells.Count; i++)
        {
            var cell = _cells[i];
            if (cell.First.Count + cell.Retries.Count == 0 || MayTake(request, cell, turns))
            {
                continue;
            }

            foreach (var position in cell.First.Concat(cell.Retries).Where(position => heads[position].ReadyAt <= TurnTimes.Overdue(request.Now)).ToArray())
            {
                var entry = heads[position];
                Remove(entry);
                entry.Cell = CellOf(entry.Event, isForAnyHost: true);
                Add(entry);
            }
        }
    }

    /// <summary>Notes what a host takes.</summary>
    public void Note(EventLanes taken, Instant now)
    {
        now = time.AsOf(now);
        foreach (var lane in All)
        {
            if (taken.Contains(lane))
            {
                _takenAt[(int)lane] = Instant.Max(_takenAt[(int)lane] ?? now, now);
            }
        }
    }

    /// <summary>Whether anybody has taken a lane of late.</summary>
    public bool IsTaken(EventLane lane, Instant now) => _takenAt[(int)lane] is { } at && time.Remembers(at, now);

    private void Advance(int chosen)
    {
        if (_sources[chosen] is { Count: > 0 } source)
        {
            _candidates[chosen] = _candidates[chosen] with { Position = source.Min };
        }
        else
        {
            _candidates.RemoveAt(chosen);
            _sources.RemoveAt(chosen);
        }
    }

    private void Gather(InMemoryReadyCell cell, SortedSet<long> positions, bool isRetry)
    {
        if (positions.Count > 0)
        {
            _candidates.Add(new ClaimCandidate(positions.Min, cell.Number, cell.Lane, isRetry));
            _sources.Add(positions);
        }
    }

    private bool MayTake(ClaimRequest request, EventLane lane) => request.Lanes.Contains(lane) || !IsTaken(lane, request.Now);

    private static bool MayTake(ClaimRequest request, InMemoryReadyCell cell, InMemoryTurns turns) =>
        cell.Handler is null || request.TakesTurn(cell.Handler) || !turns.Contains(cell.Handler, request.Now);

    private InMemoryReadyCell CellOf(StoredEvent stored, bool isForAnyHost = false)
    {
        var number = stored.Conversation?.Number ?? stored.Number;
        var alert = stored.Lane == EventLane.Alert ? stored.Facts?.Alert : null;
        var handler = stored.Lane == EventLane.Turn && !isForAnyHost ? stored.Field : null;
        var key = (stored.Lane, number.GetValueOrDefault(), alert, handler);
        if (!_cellsByKey.TryGetValue(key, out var cell))
        {
            cell = new InMemoryReadyCell(stored.Lane, alert, handler, number);
            _cellsByKey.Add(key, cell);
            _cells.Add(cell);
        }

        return cell;
    }
}
