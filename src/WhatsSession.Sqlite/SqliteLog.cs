using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The history of every conversation: customers' messages, and sends, which carry an intent.</summary>
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

    /// <summary>
    /// What identifies the messages of a conversation's history: Meta's ids, those of messages that were sent a second time too, and our own of sends.
    /// </summary>
    public static List<string> ReadIds(SqliteSession session, ConversationKey conversation)
    {
        var ids = new List<string>();
        using var reader = session.Query(
            """
            SELECT message FROM log WHERE number = ?1 AND party = ?2 AND message IS NOT NULL
            UNION
            SELECT retried_after FROM log WHERE number = ?1 AND party = ?2 AND retried_after IS NOT NULL
            UNION
            SELECT intent FROM log WHERE number = ?1 AND party = ?2 AND intent IS NOT NULL
            """,
            conversation.Number.Value,
            conversation.Party);
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    public static IReadOnlyList<LoggedMessage> Read(SqliteSession session, ConversationKey conversation, Instant? before, int limit)
    {
        var messages = new List<LoggedMessage>();
        using var reader = session.Query(
            SqliteIdentities.Everyone + """

            SELECT at, message, intent, state, json FROM log
            WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND at < ?3 AND NOT EXISTS (SELECT 1 FROM hidden WHERE at <= until)
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
