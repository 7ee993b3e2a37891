using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The callers' idempotency keys, with what is recorded under each.</summary>
internal static class SqliteKeys
{
    /// <returns>Null when the key was free; else what is recorded under it.</returns>
    public static RecordedOutcome? Take(SqliteSession session, IdempotencyKey key, KeyedSend send, byte[] content, Instant now)
    {
        var taken = session.Execute(
            $"""
            INSERT INTO idempotency AS k (number, key, intent, content, day, party, taken_at) VALUES (?1, ?2, ?3, ?4, max(?5, {SqliteTime.Today}), ?6, ?7)
            ON CONFLICT DO UPDATE SET intent = excluded.intent, content = excluded.content, outcome = NULL, day = excluded.day, party = excluded.party,
                taken_at = excluded.taken_at
            WHERE k.day < {SqliteTime.FirstDay}
            """,
            key.Number.Value,
            key.Key,
            send.Intent.ToString(),
            content,
            Retention.DayOf(now),
            send.Conversation.Party,
            now.ToUnixTimeTicks()) == 1;
        return taken ? null : Read(session, key, send.Conversation);
    }

    public static void Record(SqliteSession session, IdempotencyKey key, IntentId intent, byte[] outcome) =>
        session.Execute(
            "UPDATE idempotency SET outcome = ?4 WHERE number = ?1 AND key = ?2 AND intent = ?3", key.Number.Value, key.Key, intent.ToString(), outcome);

    public static void Release(SqliteSession session, IdempotencyKey key, IntentId intent) =>
        session.Execute("DELETE FROM idempotency WHERE number = ?1 AND key = ?2 AND intent = ?3", key.Number.Value, key.Key, intent.ToString());

    private static RecordedOutcome? Read(SqliteSession session, IdempotencyKey key, ConversationKey conversation)
    {
        using var reader = session.Read(
            SqliteIdentities.Everyone + """

            SELECT intent, content, outcome, party IN (SELECT party FROM everyone) AND NOT EXISTS (SELECT 1 FROM hidden WHERE taken_at <= until * 10000000)
            FROM idempotency WHERE number = ?1 AND key = ?3
            """,
            key.Number.Value,
            conversation.Party,
            key.Key);
        return reader.Read()
            ? new RecordedOutcome(
                IntentId.Parse(reader.GetString(0)),
                reader.GetBoolean(3),
                reader.GetBytes(1).ToArray(),
                reader.IsNull(2) ? default(ReadOnlyMemory<byte>) : reader.GetBytes(2).ToArray())
            : null;
    }
}
