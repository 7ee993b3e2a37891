using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The keys of the events that were seen, with the day of receipt.</summary>
internal static class SqliteSeen
{
    /// <summary>Notes a key.</summary>
    /// <returns>False when it was seen before.</returns>
    public static bool Add(SqliteSession session, byte[] key, Instant receivedAt) =>
        session.Execute(
            $"INSERT INTO seen (key, day) VALUES (?1, max(?2, {SqliteTime.Today})) ON CONFLICT DO NOTHING", key, Retention.DayOf(receivedAt)) == 1;

    /// <summary>
    /// Drops up to <paramref name="limit"/> keys of days before <paramref name="firstDay"/>: a little with every write, instead of a long pause once a day.
    /// </summary>
    public static void Forget(SqliteSession session, long firstDay, int limit) =>
        session.Execute("DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE day < ?1 LIMIT ?2)", firstDay, limit);
}
