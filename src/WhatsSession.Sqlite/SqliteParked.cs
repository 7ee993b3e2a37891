using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The events of the outbox that were set aside.</summary>
internal static class SqliteParked
{
    public static IReadOnlyList<ParkedEvent> List(SqliteSession session, ParkedEvent? after, int limit) =>
    [
        .. ListPage.Of(Read(session, after?.Position ?? 0, limit), limit, static row => row.Event.Raw.Length + row.Event.Contact.Length)
            .Select(row => new ParkedEvent
            {
                Event = row.Event,
                Position = row.Position,
                Attempts = row.Attempt,
                Error = row.Error ?? "",
                CompletedHandlers = SqliteOutbox.ReadHandled(session, row.Position),
            }),
    ];

    private static IEnumerable<(long Position, int Attempt, string? Error, StoredEvent Event)> Read(SqliteSession session, long after, int limit)
    {
        using var rows = session.Read(
            $"SELECT o.position, o.attempt, o.error, {SqliteOutboxEvents.Columns} FROM {SqliteOutboxEvents.Tables} "
            + "WHERE o.parked = 1 AND o.position > ?1 ORDER BY o.position LIMIT ?2 + 0",
            after,
            Math.Max(limit, 0));
        while (rows.Read())
        {
            yield return (rows.GetInt64(0), rows.GetInt32(1), rows.GetText(2), SqliteOutboxEvents.Read(rows, 3));
        }
    }

    public static int Replay(SqliteSession session, IReadOnlyList<ParkedEvent> parked)
    {
        var replayed = 0;
        foreach (var entry in parked)
        {
            // The head, which may be in flight, stays the head; after it comes the lowest position.
            replayed += session.Execute(
                """
                UPDATE outbox SET parked = 0, attempt = 0, postponements = 0, postponed_since = NULL, ready_at = ?2, token = token + 1,
                    aside = CASE WHEN lane >= 7 THEN aside END,
                    head = NOT EXISTS (SELECT 1 FROM outbox AS other WHERE other.queue = outbox.queue AND other.parked = 0)
                WHERE position = ?1 AND parked = 1
                """,
                entry.Position,
                SqliteOutbox.Never);
        }

        return replayed;
    }

    public static int Discard(SqliteSession session, IReadOnlyList<ParkedEvent> parked)
    {
        var discarded = 0;
        foreach (var entry in parked)
        {
            if (session.Execute("DELETE FROM outbox WHERE position = ?1 AND parked = 1", entry.Position) > 0)
            {
                SqliteOutbox.RemoveRest(session, entry.Position, anyHandled: true);
                discarded++;
            }
        }

        return discarded;
    }
}
