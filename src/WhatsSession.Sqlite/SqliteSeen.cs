using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The keys of the events that were seen. Made anew in each transaction.</summary>
/// <remarks>
/// <para>
/// A key is filed under the event's own time, which every delivery repeats: so it is looked for in one place, new ones stand side by side, and those of a day
/// are one stretch, a <em>part</em>, that is forgotten together: once nothing of it was received for as long as keys are kept. Any number of days may be
/// there, in any order.
/// </para>
/// <para>
/// A message is filed under its second. Other events are filed under their day: whether Meta repeats their seconds in all cases is not known. What has no time
/// of its own is filed under the day of its receipt, as a negative number, and is looked for in each of these few parts: even ones hold strays, whose lanes
/// have times, but which came without or with one that could not be. While there are any, the others are looked for among them too.
/// </para>
/// </remarks>
internal sealed class SqliteSeen
{
    private const long SecondsPerDay = 24 * 60 * 60;

    private readonly SqliteSession _session;
    private readonly Dictionary<long, long> _parts = [];
    private readonly long _today;
    private bool _anyStray;

    public SqliteSeen(SqliteSession session)
    {
        _session = session;
        using var reader = session.Query($"SELECT 0, {SqliteTime.Today} UNION ALL SELECT part, kept FROM seen_part");
        reader.Read();
        _today = reader.GetInt64(1);
        while (reader.Read())
        {
            _parts.Add(reader.GetInt64(0), reader.GetInt64(1));
            _anyStray |= IsStray(reader.GetInt64(0));
        }
    }

    /// <summary>Notes an event.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="key">Its key.</param>
    /// <returns>False when it was seen before.</returns>
    public bool Add(StoredEvent stored, byte[] key)
    {
        var day = Math.Max(Retention.DayOf(stored.ReceivedAt), _today);
        var isDated = IsDated(stored.Lane);
        if (isDated && stored.HasOwnTime)
        {
            return !(_anyStray && IsUndated(key)) && Add(PlaceOf(stored), key, day);
        }

        if (IsUndated(key) || (isDated && IsLater(stored, key)))
        {
            return false;
        }

        _anyStray |= isDated;
        return Add(-2 * day - (isDated ? 2 : 1), key, day);
    }

    /// <summary>
    /// Drops up to <paramref name="limit"/> keys of parts that are kept as of a day before <paramref name="firstDay"/>: a little with every write, instead of
    /// a long pause once a day.
    /// </summary>
    public void Forget(long firstDay, int limit)
    {
        foreach (var part in _parts.Where(part => part.Value < firstDay).Select(static part => part.Key).Order().ToArray())
        {
            var (first, after) = part < 0 ? (part, part + 1) : (part * SecondsPerDay, (part + 1) * SecondsPerDay);
            var forgotten = _session.Execute(
                "DELETE FROM seen WHERE (at, key) IN (SELECT at, key FROM seen WHERE at >= ?1 AND at < ?2 LIMIT ?3 + 0)", first, after, limit);
            limit -= forgotten;
            if (limit <= 0)
            {
                return;
            }

            _session.Execute("DELETE FROM seen_part WHERE part = ?1", part);
            _parts.Remove(part);
        }
    }

    private static bool IsDated(EventLane lane) => lane is not (EventLane.Account or EventLane.Alert or EventLane.Work);

    private static bool IsStray(long part) => part < 0 && part % 2 == 0;

    /// <summary>Where an event with a time of its own is filed.</summary>
    private static long PlaceOf(StoredEvent stored)
    {
        var second = Math.Max(stored.Timestamp.ToUnixTimeSeconds(), 0);
        return stored.Lane is EventLane.Live or EventLane.Echo or EventLane.History ? second : second - (second % SecondsPerDay);
    }

    /// <summary>Whether a key is among those without a time: one look into each of their parts.</summary>
    private bool IsUndated(byte[] key) =>
        _session.Exists("SELECT 1 FROM seen_part AS p CROSS JOIN seen AS s ON s.at = p.part AND s.key = ?1 WHERE p.part < 0", key);

    /// <summary>
    /// Whether a key came before with a time that could not be this time, for the clock of this host is behind: then the time was later than what is possible
    /// now, and so are few.
    /// </summary>
    private bool IsLater(StoredEvent stored, byte[] key) => _session.Exists(
        "SELECT 1 FROM seen WHERE (at = ?1 OR at >= ?2) AND key = ?3", PlaceOf(stored), Math.Max(stored.Timestamp.ToUnixTimeSeconds(), 0), key);

    private bool Add(long place, byte[] key, long day)
    {
        if (_session.Execute("INSERT INTO seen (at, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING", place, key) == 0)
        {
            return false;
        }

        var part = place < 0 ? place : place / SecondsPerDay;
        if (!_parts.TryGetValue(part, out var kept) || kept < day)
        {
            _session.Execute("INSERT INTO seen_part AS p (part, kept) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET kept = max(p.kept, excluded.kept)", part, day);
            _parts[part] = day;
        }

        return true;
    }
}
