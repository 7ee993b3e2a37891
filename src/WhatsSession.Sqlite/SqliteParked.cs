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
        using var reader = session.Query(
            """
            SELECT position, attempt, error,
                key, lane, field, number, account, party, link_phone, link_bsuid, timestamp, received_at, opens_window, message, raw, contact, due_at,
                alert, parties
            FROM outbox WHERE parked = 1 AND position > ?1 ORDER BY position LIMIT ?2
            """,
            after,
            Math.Max(limit, 0));
        while (reader.Read())
        {
            yield return (reader.GetInt64(0), reader.GetInt32(1), reader.GetText(2), SqliteOutbox.ReadEvent(reader, 3));
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
                UPDATE outbox SET parked = 0, attempt = 0, postponements = 0, postponed_since = NULL, ready_at = 0, token = token + 1,
                    head = NOT EXISTS (SELECT 1 FROM outbox AS other WHERE other.queue = outbox.queue AND other.parked = 0)
                WHERE position = ?1 AND parked = 1
                """,
                entry.Position);
        }

        return replayed;
    }

    public static int Discard(SqliteSession session, IReadOnlyList<ParkedEvent> parked)
    {
        var discarded = 0;
        foreach (var entry in parked)
        {
            session.Execute("DELETE FROM handled WHERE position = (SELECT position FROM outbox WHERE position = ?1 AND parked = 1)", entry.Position);
            discarded += session.Execute("DELETE FROM outbox WHERE position = ?1 AND parked = 1", entry.Position);
        }

        return discarded;
    }
}
