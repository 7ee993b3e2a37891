using NodaTime;

namespace WhatsSession;

/// <summary>The keys of the events that were seen, with the day of receipt.</summary>
internal static class SqliteSeen
{
    // Meta redelivers for up to 7 days.
    private static readonly Duration Retention = Duration.FromDays(8);

    /// <summary>Notes a key.</summary>
    /// <returns>False when it was seen before.</returns>
    public static bool Add(SqliteSession session, byte[] key, Instant receivedAt) =>
        session.Execute("INSERT INTO seen (key, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING", key, DayOf(receivedAt)) == 1;

    /// <summary>Drops up to <paramref name="limit"/> keys whose day ended longer ago than the retention: a little with every write, instead of a long pause once a day.</summary>
    public static void Forget(SqliteSession session, Instant now, int limit) =>
        session.Execute("DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE day < ?1 LIMIT ?2)", DayOf(now - Retention), limit);

    private static long DayOf(Instant at) => Math.DivRem(at.ToUnixTimeSeconds(), NodaConstants.SecondsPerDay).Quotient;
}
