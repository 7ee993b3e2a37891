using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The history of every conversation: customers' messages, and sends, which carry an intent.</summary>
internal static class SqliteLog
{
    public static void Add(SqliteSession session, ConversationKey conversation, StoredEvent inbound, byte[] json) =>
        session.Execute(
            "INSERT INTO log (number, party, at, message, json, copy) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            conversation.Number.Value,
            conversation.Party,
            inbound.Timestamp.ToUnixTimeSeconds(),
            inbound.Message?.Value,
            json,
            inbound.Lane != EventLane.Echo ? null : inbound.Facts?.State.Echoed is null ? SqliteCopies.Kept : SqliteCopies.Answers);

    /// <summary>Whether a copy is of one of the sends to its customer.</summary>
    public static bool IsOwn(SqliteSession session, StoredEvent copy) =>
        copy is { Conversation: { } conversation, Message: { } message } && IsOwn(session, conversation, copy.Timestamp, message);

    /// <inheritdoc cref="IsOwn(SqliteSession, StoredEvent)" />
    /// <param name="session">The session.</param>
    /// <param name="conversation">The conversation of the copy.</param>
    /// <param name="at">Its time.</param>
    /// <param name="message">Its message.</param>
    public static bool IsOwn(SqliteSession session, ConversationKey conversation, Instant at, MessageId message) =>
        session.Exists(
            SqliteIdentities.Everyone + """

            SELECT 1 FROM log
            WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND at >= ?3 AND intent IS NOT NULL AND ?4 IN (message, retried_after) LIMIT 1
            """,
            conversation.Number.Value,
            conversation.Party,
            (at - IngestPlan.LongestSend).ToUnixTimeSeconds(),
            message.Value);

    /// <summary>Whether the newest message of the business to a customer that Meta has did not reach the customer.</summary>
    public static bool IsLastFailed(SqliteSession session, ConversationKey conversation)
    {
        MessageId? last;
        using (var reader = session.Read(
            SqliteIdentities.Everyone + """

            SELECT CASE WHEN line.copy IS NULL THEN line.message END FROM everyone CROSS JOIN log AS line
            WHERE line.arrival = (
                SELECT own.arrival FROM log AS own INDEXED BY log_conversation WHERE own.number = ?1 AND own.party = everyone.party
                AND (own.copy IS NOT NULL OR own.state = ?3) AND own.at > (SELECT coalesce(max(until), -9223372036854775808) FROM hidden)
                ORDER BY own.at DESC, own.arrival DESC LIMIT 1)
            ORDER BY line.at DESC, line.arrival DESC LIMIT 1
            """,
            conversation.Number.Value,
            conversation.Party,
            (int)IntentState.Accepted))
        {
            last = reader.Read() ? reader.GetMessageId(0) : null;
        }

        return last is { } message && SqliteDeliveries.Read(session, conversation.Number, message).IsFailed;
    }

    /// <summary>
    /// What identifies the messages of a conversation's history: Meta's ids, those of messages that were sent a second time too, and our own of sends.
    /// </summary>
    public static List<string> ReadIds(SqliteSession session, ConversationKey conversation)
    {
        var ids = new List<string>();
        using var reader = session.Read(
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
        using var reader = session.Read(
            SqliteIdentities.Everyone + """

            SELECT log.at, message, intent, state, coalesce(json, (SELECT c.json FROM log_content AS c WHERE c.arrival = log.arrival)), copy,
                answers_until, author, author_id
            FROM (
                -- The newest of each identifier, from the index alone: what is not shown is not read, however long the history is.
                SELECT line.arrival FROM everyone CROSS JOIN log AS line
                WHERE line.arrival IN (
                    SELECT own.arrival FROM log AS own INDEXED BY log_conversation WHERE own.number = ?1 AND own.party = everyone.party AND own.at < ?3
                    AND own.at > (SELECT coalesce(max(until), -9223372036854775808) FROM hidden)
                    ORDER BY own.at DESC, own.arrival DESC LIMIT ?4 + 0)
                ORDER BY line.at DESC, line.arrival DESC LIMIT ?4 + 0
            ) AS newest CROSS JOIN log ON log.arrival = newest.arrival
            ORDER BY log.at DESC, log.arrival DESC
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
                IsInbound = intent is null && reader.IsNull(5),
                At = Instant.FromUnixTimeSeconds(reader.GetInt64(0)),
                MessageId = reader.GetMessageId(1),
                Intent = intent is null ? null : IntentId.Parse(intent),
                State = intent is null ? null : (IntentState)reader.GetInt32(3),
                By = AuthorOf(reader),
                AnswersUntil = AnsweredBy(reader),
                Json = reader.GetBytes(4).ToArray(),
            });
        }

        return messages;
    }

    private static Author? AuthorOf(SqliteRows reader) => reader.IsNull(7) ? null : (AuthorKind)reader.GetInt32(7) switch
    {
        AuthorKind.Person => Author.Person(reader.GetString(8)),
        AuthorKind.Bot => Author.Bot,
        AuthorKind.Sequence => Author.Sequence,
        _ => null,
    };

    // A copy in the same second as the customer's message counts as before it.
    private static Instant? AnsweredBy(SqliteRows reader) => !reader.IsNull(5) && reader.GetInt32(5) == SqliteCopies.Answers
        ? Instant.FromUnixTimeSeconds(reader.GetInt64(0) - 1)
        : reader.GetSecond(6);

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
