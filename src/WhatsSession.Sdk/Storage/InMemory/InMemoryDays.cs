using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Entries that are kept for 8 days, in sets by day, so that forgetting a day is dropping a set.</summary>
internal sealed class InMemoryDays<TKey, TValue>(InMemoryTime time)
    where TKey : notnull
{
    private readonly SortedList<long, Dictionary<TKey, TValue>> _days = [];
    private bool _counts;

    public IEnumerable<KeyValuePair<TKey, TValue>> Entries => _days.Values.SelectMany(static day => day);

    public int Count
    {
        get
        {
            // Without an enumerator: it is asked at each ingest.
            var count = 0;
            for (var i = 0; i < _days.Count; i++)
            {
                count += _days.GetValueAtIndex(i).Count;
            }

            return count;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        // The newest first: most is asked for soon.
        for (var i = _days.Count - 1; i >= 0; i--)
        {
            if (_days.GetValueAtIndex(i).TryGetValue(key, out value))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Adds an entry whose key is known to be new.</summary>
    public void Add(TKey key, TValue value, Instant at) => DayOf(at).Add(key, value);

    /// <returns>False when the key is there already; nothing changed.</returns>
    public bool TryAdd(TKey key, TValue value, Instant at)
    {
        if (DayWith(key) is not null)
        {
            return false;
        }

        Add(key, value, at);
        return true;
    }

    /// <summary>Replaces an entry, which keeps its day, or adds one.</summary>
    public void Set(TKey key, TValue value, Instant at) => (DayWith(key) ?? DayOf(at))[key] = value;

    public bool Remove(TKey key) => DayWith(key)?.Remove(key) == true;

    public void RemoveAll(Func<TKey, TValue, bool> match)
    {
        foreach (var day in _days.Values)
        {
            foreach (var (key, _) in day.Where(entry => match(entry.Key, entry.Value)).ToArray())
            {
                day.Remove(key);
            }
        }
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

    // What was kept before there was a time.
    private void CountFrom(long day)
    {
        while (_days.Count > 0 && _days.GetKeyAtIndex(0) < day)
        {
            var early = _days.GetValueAtIndex(0);
            _days.RemoveAt(0);
            if (!_days.TryAdd(day, early))
            {
                foreach (var (key, value) in early)
                {
                    _days[day].Add(key, value);
                }
            }
        }
    }

    private Dictionary<TKey, TValue>? DayWith(TKey key)
    {
        for (var i = _days.Count - 1; i >= 0; i--)
        {
            var day = _days.GetValueAtIndex(i);
            if (day.ContainsKey(key))
            {
                return day;
            }
        }

        return null;
    }

    private Dictionary<TKey, TValue> DayOf(Instant at)
    {
        var number = time.DayOf(at);
        if (!_days.TryGetValue(number, out var day))
        {
            _days.Add(number, day = []);
        }

        return day;
    }
}
