using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The keys of the events that were seen, in sets by day of receipt, so that forgetting a day is dropping a set.</summary>
internal sealed class InMemorySeen(InMemoryTime time)
{
    private readonly SortedList<long, HashSet<EventKey>> _days = [];
    private bool _counts;

    /// <summary>Notes a key.</summary>
    /// <returns>False when it was seen before.</returns>
    public bool Add(EventKey key, Instant receivedAt)
    {
        for (var i = 0; i < _days.Count; i++)
        {
            if (_days.GetValueAtIndex(i).Contains(key))
            {
                return false;
            }
        }

        var day = time.DayOf(receivedAt);
        if (!_days.TryGetValue(day, out var today))
        {
            _days.Add(day, today = []);
        }

        return today.Add(key);
    }

    /// <summary>Drops the days that ended longer ago than the retention.</summary>
    public void Forget()
    {
        if (!_counts && time.IsKnown)
        {
            _counts = true;
            CountFrom(time.DayOf(time.Now));
        }

        var oldest = time.FirstDay;
        while (_days.Count > 0 && _days.GetKeyAtIndex(0) < oldest)
        {
            _days.RemoveAt(0);
        }
    }

    // What was seen before there was a time.
    private void CountFrom(long day)
    {
        while (_days.Count > 0 && _days.GetKeyAtIndex(0) < day)
        {
            var early = _days.GetValueAtIndex(0);
            _days.RemoveAt(0);
            if (!_days.TryAdd(day, early))
            {
                _days[day].UnionWith(early);
            }
        }
    }
}
