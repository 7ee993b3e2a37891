using Microsoft.Data.Sqlite;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The sends: lines of the history that carry an intent and a state.</summary>
internal static class SqliteSends
{
    /// <returns>Whether it is new, or tried anew.</returns>
    public static bool Add(SqliteSession session, SendIntent intent, byte[] json, byte[] details) =>
        session.Execute(
            """
            INSERT INTO log (number, party, at, created_at, intent, state, evidence, json, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (intent) DO UPDATE SET state = excluded.state, message = NULL, evidence = excluded.evidence, json = excluded.json, details = excluded.details WHERE state = ?10
            """,
            intent.Conversation.Number.Value,
            intent.Conversation.Party,
            intent.CreatedAt.ToUnixTimeSeconds(),
            intent.CreatedAt.ToUnixTimeTicks(),
            intent.Id.ToString(),
            (int)IntentState.Pending,
            intent.Evidence?.ToUnixTimeSeconds(),
            json,
            details,
            (int)IntentState.Failed) == 1;

    public static void Settle(SqliteSession session, SendSettlement settlement)
    {
        session.Execute(
            "UPDATE log SET state = ?2, message = ?3 WHERE intent = ?1 AND (state = ?4 OR ?2 = ?5)",
            settlement.Intent.ToString(),
            (int)settlement.State,
            settlement.Message?.Value,
            (int)IntentState.Pending,
            (int)IntentState.Accepted);
        if (settlement.Facts != default && !IsErased(session, settlement))
        {
            SqliteConversations.Join(session, settlement.Conversation, settlement.Facts);
        }
    }

    /// <summary>Notes that Meta took a send, for a status of its message came; one of a message that was refused, and is tried again, says nothing.</summary>
    public static void Prove(SqliteSession session, IntentId intent, MessageId message) =>
        session.Execute(
            "UPDATE log SET state = ?3, message = ?2 WHERE intent = ?1 AND state <> ?3 AND retried_after IS NOT ?2",
            intent.ToString(),
            message.Value,
            (int)IntentState.Accepted);

    public static StoredSend? Read(SqliteSession session, IntentId intent)
    {
        using var reader = session.Query(
            "SELECT number, party, coalesce(created_at, at * 10000000), evidence, json, details, state, message, retried_after FROM log WHERE intent = ?1",
            intent.ToString());
        return reader.Read()
            ? new StoredSend
            {
                Intent = Restore(reader, intent, column: 0),
                State = (IntentState)reader.GetInt32(6),
                Message = reader.GetMessageId(7),
                RetriedAfter = reader.GetMessageId(8),
            }
            : null;
    }

    public static bool TakeRetry(SqliteSession session, IntentId intent, MessageId refused) =>
        session.Execute(
            "UPDATE log SET retried_after = ?2, state = ?3, message = NULL WHERE intent = ?1 AND (retried_after IS NULL OR (retried_after = ?2 AND state = ?4))",
            intent.ToString(),
            refused.Value,
            (int)IntentState.Pending,
            (int)IntentState.Failed) == 1;

    /// <summary>Makes an intent of its columns number, party, created_at, evidence, json and details.</summary>
    public static SendIntent Restore(SqliteDataReader reader, IntentId intent, int column) => SendIntent.Restore(
        intent,
        ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(column)), reader.GetString(column + 1)),
        reader.GetFieldValue<byte[]>(column + 4),
        reader.IsDBNull(column + 5) ? default(ReadOnlyMemory<byte>) : reader.GetFieldValue<byte[]>(column + 5),
        reader.GetSecond(column + 3),
        Instant.FromUnixTimeTicks(reader.GetInt64(column + 2)));

    private static bool IsErased(SqliteSession session, SendSettlement settlement) =>
        SqliteTombstones.Any(session) && new SqliteTombstones(session).Find(settlement.Conversation.Number, settlement.Intent.ToString()) is not null;
}
