using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>What goes when: see <see cref="Retention"/>.</summary>
internal static class SqliteRetention
{
    // What is expired is dropped a little faster than events arrive, so that it never piles up and no write pauses long.
    private const int ForgottenPerIngest = 100;

    /// <summary>The first moment that is kept.</summary>
    public static long FirstTick(Instant now) => Retention.FirstDay(now) * NodaConstants.TicksPerDay;

    /// <summary>Drops what is expired, and looks for what concerns few batches: one statement, so that the others pay little for it.</summary>
    public static (bool AnyTombstone, bool AnyHeld, bool AnyAlias, bool AnyUnheardFallback, Duration? FirstCheck) Prepare(
        SqliteSession session, IngestBatch batch)
    {
        var limit = Math.Max(ForgottenPerIngest, 2 * batch.Events.Count);
        var (day, tick) = (Retention.FirstDay(batch.ReceivedAt), FirstTick(batch.ReceivedAt));
        SqliteSeen.Forget(session, day, limit);
        bool anyTombstone, anyHeld, anyAlias, anyUnheard, anyExpired;
        long? leastDelay;
        using (var reader = session.Query(
            """
            SELECT EXISTS (SELECT 1 FROM tombstone), EXISTS (SELECT 1 FROM held),
                EXISTS (SELECT 1 FROM delivery WHERE day < ?1) OR EXISTS (SELECT 1 FROM failure WHERE day < ?1) OR EXISTS (SELECT 1 FROM idempotency
                    WHERE day < ?1)
                OR EXISTS (SELECT 1 FROM fallback WHERE claimed_at < ?2) OR EXISTS (SELECT 1 FROM tombstone WHERE at < ?2),
                (SELECT min(delay) FROM planned_alert WHERE told_at > ?3), EXISTS (SELECT 1 FROM alias),
                EXISTS (SELECT 1 FROM fallback WHERE message IS NULL)
            """,
            day,
            tick,
            Retention.Since(batch.ReceivedAt).ToUnixTimeTicks()))
        {
            reader.Read();
            (anyTombstone, anyHeld, anyExpired) = (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2));
            (anyAlias, anyUnheard) = (reader.GetBoolean(4), reader.GetBoolean(5));
            leastDelay = reader.IsDBNull(3) ? null : reader.GetInt64(3);
        }

        if (anyExpired)
        {
            session.Execute(
                "DELETE FROM delivery WHERE (number, message, status) IN (SELECT number, message, status FROM delivery WHERE day < ?1 LIMIT ?2)", day, limit);
            session.Execute("DELETE FROM failure WHERE (number, message) IN (SELECT number, message FROM failure WHERE day < ?1 LIMIT ?2)", day, limit);
            session.Execute("DELETE FROM idempotency WHERE (number, key) IN (SELECT number, key FROM idempotency WHERE day < ?1 LIMIT ?2)", day, limit);
            session.Execute("DELETE FROM fallback WHERE claimed_at < ?1", tick);
            session.Execute("DELETE FROM tombstone WHERE at < ?1", tick);
        }

        return (anyTombstone, anyHeld, anyAlias, anyUnheard, SqliteAlerts.LeastDelay(batch.Alerts, leastDelay));
    }
}
