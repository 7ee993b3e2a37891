using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The keys of the events that were seen. Made anew in each transaction.</summary>
/// <remarks>
/// <para>
/// A key is filed under the day of the event itself, its <em>part</em>, which every delivery repeats: so it is looked for in one place, the keys of a day
/// stand together, and a part is forgotten once nothing of it was received for as long as keys are kept. Any number of days may be there, in any order.
/// </para>
/// <para>
/// Keys are random, so a day of many messages would be written all over. The time of a customer's message never changes, so within the day its key stands
/// with those of the same quarter of an hour, and what comes now is written close together. The time of other events may differ from one delivery to the
/// next: they have the quarter 0.
/// </para>
/// <para>
/// What has no time of its own is filed under the day of its receipt, as a negative number, and is looked for in each of these few parts. Even ones hold
/// strays, whose lanes have times, but which came without, or with one that could not be. While there are any, the others are looked for among them too.
/// </para>
/// </remarks>
internal sealed class SqliteSeen
{
    private const int SecondsOfQuarter = 15 * 60;
    private const int QuartersOfDay = 24 * 4;

    private readonly SqliteSession _session;
    private readonly Dictionary<long, long> _parts = [];
    private readonly long _today;
    private bool _anyStray;

    public SqliteSeen(SqliteSession session)
    {
        _session = session;
        using var reader = session.Read($"SELECT 0, {SqliteTime.Today} UNION ALL SELECT part, kept FROM seen_part");
        reader.Read();
        _today = reader.GetInt64(1);
        while (reader.Read())
        {
            var part = reader.GetInt64(0);
            _parts.Add(part, reader.GetInt64(1));
            _anyStray |= part < 0 && part % 2 == 0;
        }
    }

    /// <summary>Notes an event.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="key">Its key.</param>
    /// <returns>False when it was seen before.</returns>
    public bool Add(StoredEvent stored, byte[] key)
    {
        var received = Math.Max(Retention.DayOf(stored.ReceivedAt), _today);
        var day = Math.Max(Retention.DayOf(stored.Timestamp), 0);
        var isDated = stored.Lane is not (EventLane.Account or EventLane.Alert or EventLane.Work);
        if (isDated && stored.HasOwnTime)
        {
            return !(_anyStray && IsUndated(key)) && Add(day, QuarterOf(stored), key, received);
        }

        if (isDated ? IsStray(stored, key, day) : IsUndated(key))
        {
            return false;
        }

        _anyStray |= isDated;
        return Add((-2 * received) - (isDated ? 2 : 1), quarter: 0, key, received);
    }

    /// <summary>
    /// Drops up to <paramref name="limit"/> keys of parts that are kept as of a day before <paramref name="firstDay"/>: a little with every write, instead of
    /// a long pause once a day.
    /// </summary>
    public void Forget(long firstDay, int limit)
    {
        foreach (var part in _parts.Where(part => part.Value < firstDay).Select(static part => part.Key).Order().ToArray())
        {
            limit -= _session.Execute(
                "DELETE FROM seen WHERE (part, quarter, key) IN (SELECT part, quarter, key FROM seen WHERE part = ?1 LIMIT ?2 + 0)", part, limit);
            if (limit <= 0)
            {
                return;
            }

            _session.Execute("DELETE FROM seen_part WHERE part = ?1", part);
            _parts.Remove(part);
        }
    }

    /// <summary>Whether a key is among those without a time: one look into each of their parts.</summary>
    private bool IsUndated(byte[] key) =>
        _session.Exists("SELECT 1 FROM seen_part AS p CROSS JOIN seen AS s ON s.part = p.part AND s.quarter = 0 AND s.key = ?1 WHERE p.part < 0", key);

    /// <summary>
    /// The same for one that has a time elsewhere: where this one was clamped, for the clock of this host is behind, a delivery before may have had it, and it
    /// is later than what is possible now.
    /// </summary>
    private bool IsStray(StoredEvent stored, byte[] key, long day) => _session.Exists(
        """
        WITH RECURSIVE quarters (quarter) AS (SELECT 0 UNION ALL SELECT quarter + 1 FROM quarters WHERE quarter < ?3)
        SELECT 1 FROM seen_part AS p CROSS JOIN quarters AS q CROSS JOIN seen AS s ON s.part = p.part AND s.quarter = q.quarter AND s.key = ?1
        WHERE p.part >= ?2 OR (p.part < 0 AND q.quarter = 0)
        """,
        key,
        day,
        stored.Lane == EventLane.Live ? QuartersOfDay - 1 : 0);

    private static int QuarterOf(StoredEvent stored) =>
        stored.Lane == EventLane.Live ? (int)(Math.Max(stored.Timestamp.ToUnixTimeSeconds(), 0) / SecondsOfQuarter % QuartersOfDay) : 0;

    private bool Add(long part, int quarter, byte[] key, long received)
    {
        if (_session.Execute("INSERT INTO seen (part, quarter, key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", part, quarter, key) == 0)
        {
            return false;
        }

        if (!_parts.TryGetValue(part, out var kept) || kept < received)
        {
            _session.Execute(
                "INSERT INTO seen_part AS p (part, kept) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET kept = max(p.kept, excluded.kept)", part, received);
            _parts[part] = received;
        }

        return true;
    }
}
