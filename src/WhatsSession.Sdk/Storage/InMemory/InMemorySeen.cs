using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The keys of the events that were seen, in sets by day of receipt, so that forgetting a day is dropping a set.</summary>
internal sealed class InMemorySeen
{
    private readonly SortedList<long, HashSet<EventKey>> _days = [];

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

        var day = Retention.DayOf(receivedAt);
        if (!_days.TryGetValue(day, out var today))
        {
            _days.Add(day, today = []);
        }

        return today.Add(key);
    }

    /// <summary>Drops the days that ended longer ago than the retention.</summary>
    public void Forget(Instant now)
    {
        var oldest = Retention.FirstDay(now);
        while (_days.Count > 0 && _days.GetKeyAtIndex(0) < oldest)
        {
            _days.RemoveAt(0);
        }
    }
}
