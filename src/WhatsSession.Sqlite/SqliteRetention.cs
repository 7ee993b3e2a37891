using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>What goes when: see <see cref="Retention"/>.</summary>
internal static class SqliteRetention
{
    // What is expired is dropped a little faster than events arrive, so that it never piles up and no write pauses long.
    private const int ForgottenPerIngest = 100;

    /// <summary>Drops what is expired, and looks for what concerns few batches: one statement, so that the others pay little for it.</summary>
    public static (bool AnyTombstone, bool AnyHeld, bool AnyAlias, bool AnyUnheardFallback, bool AnyTurn, SqliteQuestions Questions, SqliteSeen Seen) Prepare(
        SqliteSession session, IngestBatch batch)
    {
        var limit = Math.Max(ForgottenPerIngest, 2 * batch.Events.Count);
        bool anyTombstone, anyHeld, anyAlias, anyUnheard, anyTurn, anyExpired;
        long? leastDelay, longestDelay;
        long known, now, day;
        var told = Math.Max(batch.MetaTime?.ToUnixTimeTicks() ?? 0, 0);
        using (var reader = session.Read(
            $"""
            SELECT EXISTS (SELECT 1 FROM tombstone), EXISTS (SELECT 1 FROM held),
                EXISTS (SELECT 1 FROM delivery WHERE day < first) OR EXISTS (SELECT 1 FROM failure WHERE day < first)
                OR EXISTS (SELECT 1 FROM idempotency WHERE day < first) OR EXISTS (SELECT 1 FROM fallback WHERE day < first)
                OR EXISTS (SELECT 1 FROM tombstone WHERE day < first) OR EXISTS (SELECT 1 FROM sequence_run WHERE day < first),
                (SELECT min(delay) FROM planned_alert WHERE told_at > min(?2, now - {SqliteTime.Horizon})), EXISTS (SELECT 1 FROM alias),
                EXISTS (SELECT 1 FROM fallback WHERE message IS NULL), known, now, first,
                (SELECT max(delay) FROM planned_alert WHERE told_at > min(?2, now - {SqliteTime.Horizon})),
                EXISTS (SELECT 1 FROM planned_turn)
            FROM (SELECT at AS known, max(at, ?1) AS now, (max(at, ?1) - {SqliteTime.Horizon}) / {SqliteTime.Day} AS first FROM store_time)
            """,
            told,
            Retention.Since(batch.ReceivedAt).ToUnixTimeTicks()))
        {
            reader.Read();
            (anyTombstone, anyHeld, anyExpired) = (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2));
            (anyAlias, anyUnheard, anyTurn) = (reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(10));
            leastDelay = reader.IsNull(3) ? null : reader.GetInt64(3);
            longestDelay = reader.IsNull(9) ? null : reader.GetInt64(9);
            (known, now, day) = (reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8));
        }

        SqliteTime.Raise(session, known, now);
        var seen = new SqliteSeen(session);
        seen.Forget(day, limit);

        if (anyExpired)
        {
            session.Execute(
                "DELETE FROM delivery WHERE (number, message, status) IN (SELECT number, message, status FROM delivery WHERE day < ?1 LIMIT ?2 + 0)",
                day,
                limit);
            session.Execute("DELETE FROM failure WHERE (number, message) IN (SELECT number, message FROM failure WHERE day < ?1 LIMIT ?2 + 0)", day, limit);
            session.Execute("DELETE FROM idempotency WHERE (number, key) IN (SELECT number, key FROM idempotency WHERE day < ?1 LIMIT ?2 + 0)", day, limit);
            session.Execute("DELETE FROM fallback WHERE day < ?1", day);
            session.Execute("DELETE FROM tombstone WHERE day < ?1", day);
            SqliteSequences.Forget(session, day, limit);
        }

        var (least, longest) = SqliteAlerts.Delays(batch.Alerts, leastDelay, longestDelay);
        return (anyTombstone, anyHeld, anyAlias, anyUnheard, anyTurn, new SqliteQuestions(session, batch.Alerts, batch.ReceivedAt, least, longest), seen);
    }
}
