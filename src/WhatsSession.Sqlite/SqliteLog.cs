using NodaTime;

namespace WhatsSession;

/// <summary>The history of every conversation: customers' messages, and intents, which carry a state.</summary>
internal static class SqliteLog
{
    public static void Add(SqliteSession session, ConversationKey conversation, StoredEvent inbound, byte[] json) =>
        session.Execute(
            "INSERT INTO log (number, party, at, message, json) VALUES (?1, ?2, ?3, ?4, ?5)",
            conversation.Number.Value,
            conversation.Party,
            inbound.Timestamp.ToUnixTimeSeconds(),
            inbound.Message?.Value,
            json);

    public static void Add(SqliteSession session, SendIntent intent, byte[] json) =>
        session.Execute(
            "INSERT INTO log (number, party, at, intent, state, evidence, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            intent.Conversation.Number.Value,
            intent.Conversation.Party,
            intent.CreatedAt.ToUnixTimeSeconds(),
            intent.Id.ToString(),
            (int)IntentState.Pending,
            intent.Evidence?.ToUnixTimeSeconds(),
            json);

    public static void Settle(SqliteSession session, IntentId intent, IntentState state, MessageId? message) =>
        session.Execute(
            "UPDATE log SET state = ?2, message = ?3 WHERE intent = ?1 AND (state = ?4 OR (?2 = ?5 AND state <> ?5))",
            intent.ToString(),
            (int)state,
            message?.Value,
            (int)IntentState.Pending,
            (int)IntentState.Accepted);

    public static IReadOnlyList<LoggedMessage> Read(SqliteSession session, ConversationKey conversation, Instant? before, int limit)
    {
        var messages = new List<LoggedMessage>();
        using var reader = session.Query(
            SqliteIdentities.Members + """

            SELECT at, message, intent, state, json FROM log
            WHERE number = ?1 AND party IN (SELECT party FROM member) AND at < ?3
            ORDER BY at DESC, arrival DESC LIMIT ?4
            """,
            conversation.Number.Value,
            conversation.Party,
            ToSecondsUp(before),
            Math.Max(limit, 0));
        while (reader.Read())
        {
            var intent = reader.GetText(2);
            messages.Add(new LoggedMessage
            {
                IsInbound = intent is null,
                At = Instant.FromUnixTimeSeconds(reader.GetInt64(0)),
                MessageId = reader.GetMessageId(1),
                Intent = intent is null ? null : IntentId.Parse(intent),
                State = intent is null ? null : (IntentState)reader.GetInt32(3),
                Json = reader.GetFieldValue<byte[]>(4),
            });
        }

        return messages;
    }

    // The first whole second that is not before the moment.
    private static long ToSecondsUp(Instant? before)
    {
        if (before is not { } at)
        {
            return long.MaxValue;
        }

        var seconds = at.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds) < at ? seconds + 1 : seconds;
    }
}
