using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The sends: lines of the history that carry an intent and a state.</summary>
internal static class SqliteSends
{
    // Longer contents, most templates among them, stand apart: a row of a page's size goes into pages of its own, and all of them are written at each change.
    private const int LongestInline = 512;

    // A bit for each state that may be replaced: the rule is asked here and SQL looks at the bit.
    private static readonly int TriedAnew = BitsOf(IntentTransitions.MayTryAnew);

    /// <returns>Whether it is new, or tried anew.</returns>
    public static bool Add(SqliteSession session, SendIntent intent, byte[] json, byte[] details)
    {
        var isApart = json.Length + details.Length > LongestInline;
        var isAdded = session.Execute(
            """
            INSERT INTO log (number, party, at, created_at, intent, state, evidence, json, details, save_token)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?11)
            ON CONFLICT (intent) WHERE intent IS NOT NULL DO UPDATE SET state = excluded.state, message = NULL, evidence = excluded.evidence,
                json = excluded.json, details = excluded.details, save_token = excluded.save_token
            WHERE (?10 >> state) & 1 OR (state = excluded.state AND save_token = excluded.save_token)
            """,
            intent.Conversation.Number.Value,
            intent.Conversation.Party,
            intent.CreatedAt.ToUnixTimeSeconds(),
            intent.CreatedAt.ToUnixTimeTicks(),
            intent.Id.ToString(),
            (int)IntentState.Pending,
            intent.Evidence?.ToUnixTimeSeconds(),
            isApart ? null : json,
            isApart ? null : details,
            TriedAnew,
            TokenOf(intent.SaveToken)) == 1;
        if (isAdded && isApart)
        {
            session.Execute(
                """
                INSERT INTO log_content (arrival, json, details) SELECT arrival, ?2, ?3 FROM log WHERE intent = ?1
                ON CONFLICT DO UPDATE SET json = excluded.json, details = excluded.details
                """,
                intent.Id.ToString(),
                json,
                details);
        }

        return isAdded;
    }

    public static void Settle(SqliteSession session, SendSettlement settlement)
    {
        if (Write(session, settlement) is { } number)
        {
            SqliteCopies.LookAgain(session, number, settlement.Message!.Value);
        }

        var alias = IdentityRules.AliasOf(in settlement);
        if ((settlement.Facts == default && alias is null) || IsErased(session, settlement))
        {
            return;
        }

        if (settlement.Facts != default)
        {
            SqliteConversations.Join(session, settlement.Conversation, settlement.Facts);
        }

        if (alias is { } named && !SqliteIdentities.Knows(session, settlement.Conversation.Number, named))
        {
            var firstCheck = SqliteAlerts.Delays(SqliteAlerts.Read(session, settlement.At), least: null, longest: null).Least;
            new SqliteJoining(session, settlement.At, firstCheck, anyHeld: true, anyAlias: true).Join(settlement.Conversation.Number, named);
        }
    }

    /// <returns>The business number when a copy of the message is there already.</returns>
    private static PhoneNumberId? Write(SqliteSession session, SendSettlement settlement)
    {
        using var reader = session.Read(
            """
            UPDATE log SET state = ?2, message = ?3, answers_until = ?5, author = ?6, author_id = ?7 WHERE intent = ?1 AND (?4 >> state) & 1
            RETURNING CASE WHEN EXISTS (SELECT 1 FROM log AS c WHERE c.number = log.number AND c.message = ?3 AND c.copy IS NOT NULL) THEN number END
            """,
            settlement.Intent.ToString(),
            (int)settlement.State,
            settlement.Message?.Value,
            BitsOf(state => IntentTransitions.MaySettle(state, settlement.State)),
            settlement.Facts.Answers.Latest?.ToUnixTimeSeconds(),
            (int?)settlement.By?.Kind,
            settlement.By?.Id);
        return reader.Read() && reader.GetText(0) is { } number ? PhoneNumberId.Parse(number) : null;
    }

    /// <summary>Notes that Meta took a send, for a status of its message came; one of a message that was refused, and is tried again, says nothing.</summary>
    /// <returns>The conversation of the send, and whether the history has the message; null when the store does not have the send (any more).</returns>
    public static (ConversationKey Conversation, bool HasMessage)? Prove(SqliteSession session, IntentId intent, MessageId message)
    {
        if (ReadState(session, intent) is not { } known)
        {
            return null;
        }

        if (IntentTransitions.IsProvedBy(known.State, known.RetriedAfter, message))
        {
            session.Execute("UPDATE log SET state = ?3, message = ?2 WHERE intent = ?1", intent.ToString(), message.Value, (int)IntentState.Accepted);
            SqliteCopies.LookAgain(session, known.Conversation.Number, message);
            return (known.Conversation, true);
        }

        return (known.Conversation, known.Message == message || known.RetriedAfter == message);
    }

    public static StoredSend? Read(SqliteSession session, IntentId intent)
    {
        using var reader = session.Read(
            """
            SELECT number, party, coalesce(created_at, at * 10000000), evidence, coalesce(log.json, c.json), coalesce(log.details, c.details), state, message,
                retried_after
            FROM log LEFT JOIN log_content AS c ON c.arrival = log.arrival AND log.json IS NULL WHERE intent = ?1
            """,
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

    public static bool TakeRetry(SqliteSession session, IntentId intent, MessageId refused, long saveToken)
    {
        if (ReadState(session, intent) is not { } known
            || !IntentTransitions.MayRetry(known.State, known.SavedBy, known.RetriedAfter, refused, saveToken))
        {
            return false;
        }

        session.Execute(
            "UPDATE log SET retried_after = ?2, state = ?3, message = NULL, save_token = ?4 WHERE intent = ?1",
            intent.ToString(),
            refused.Value,
            (int)IntentState.Pending,
            TokenOf(saveToken));
        SqliteCopies.LookAgain(session, known.Conversation.Number, refused);
        return true;
    }

    /// <summary>Makes an intent of its columns number, party, created_at, evidence, json and details.</summary>
    public static SendIntent Restore(SqliteRows reader, IntentId intent, int column) => SendIntent.Restore(
        intent,
        ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(column)), reader.GetString(column + 1)),
        reader.GetBytes(column + 4).ToArray(),
        reader.IsNull(column + 5) ? default(ReadOnlyMemory<byte>) : reader.GetBytes(column + 5).ToArray(),
        reader.GetSecond(column + 3),
        Instant.FromUnixTimeTicks(reader.GetInt64(column + 2)));

    private static int BitsOf(Func<IntentState, bool> isReplaced) =>
        Enum.GetValues<IntentState>().Where(isReplaced).Sum(static state => 1 << (int)state);

    // Null for none, so that it equals no other.
    private static long? TokenOf(long saveToken) => saveToken == 0 ? null : saveToken;

    private static (IntentState State, MessageId? RetriedAfter, MessageId? Message, ConversationKey Conversation, long SavedBy)? ReadState(
        SqliteSession session, IntentId intent)
    {
        using var reader = session.Read("SELECT state, retried_after, message, number, party, save_token FROM log WHERE intent = ?1", intent.ToString());
        return reader.Read()
            ? ((IntentState)reader.GetInt32(0),
                reader.GetMessageId(1),
                reader.GetMessageId(2),
                ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(3)), reader.GetString(4)),
                reader.IsNull(5) ? 0 : reader.GetInt64(5))
            : null;
    }

    private static bool IsErased(SqliteSession session, SendSettlement settlement) =>
        SqliteTombstones.Any(session) && new SqliteTombstones(session).Find(settlement.Conversation.Number, settlement.Intent.ToString()) is not null;
}
