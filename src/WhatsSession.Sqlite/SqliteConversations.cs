using NodaTime;

namespace WhatsSession;

/// <summary>The facts of every conversation, by identifier as it came on the wire, and when each is next to be looked at for alerts.</summary>
internal static class SqliteConversations
{
    /// <summary>Notes when the first webhook of a number was accepted.</summary>
    public static void NoteHistory(SqliteSession session, PhoneNumberId number, Instant receivedAt) =>
        session.Execute(
            """
            INSERT INTO number (number, history_since) VALUES (?1, ?2)
            ON CONFLICT DO UPDATE SET history_since = excluded.history_since WHERE excluded.history_since < history_since
            """,
            number.Value,
            receivedAt.ToUnixTimeTicks());

    /// <summary>Notes a customer's event.</summary>
    /// <param name="session">The session.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="checkAt">When to look for alerts if it is the latest; null for never.</param>
    /// <remarks>Lazy: a customer who writes again in an open window does not move <c>check_at</c>; the early look arms anew.</remarks>
    public static void Raise(SqliteSession session, ConversationKey conversation, long at, Instant? checkAt) =>
        session.Execute(
            """
            INSERT INTO conversation AS c (number, party, last_inbound, check_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET
                last_inbound = excluded.last_inbound,
                check_at = coalesce(min(c.check_at, excluded.check_at), c.check_at, excluded.check_at)
            WHERE c.last_inbound IS NULL OR excluded.last_inbound >= c.last_inbound
            """,
            conversation.Number.Value,
            conversation.Party,
            at,
            checkAt?.ToUnixTimeTicks());

    public static void Join(SqliteSession session, ConversationKey conversation, ConversationState facts) =>
        session.Execute(
            """
            INSERT INTO conversation AS c (number, party, last_inbound, denied) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET
                last_inbound = coalesce(max(c.last_inbound, excluded.last_inbound), c.last_inbound, excluded.last_inbound),
                denied = coalesce(max(c.denied, excluded.denied), c.denied, excluded.denied)
            """,
            conversation.Number.Value,
            conversation.Party,
            facts.LastInbound?.ToUnixTimeSeconds(),
            facts.Denied?.ToUnixTimeSeconds());

    public static ConversationSnapshot Read(SqliteSession session, ConversationKey conversation)
    {
        using var reader = session.Query(
            SqliteIdentities.Members + """

            SELECT max(last_inbound), max(denied), (SELECT history_since FROM number WHERE number = ?1)
            FROM conversation WHERE number = ?1 AND party IN (SELECT party FROM member)
            """,
            conversation.Number.Value,
            conversation.Party);
        reader.Read();
        return new ConversationSnapshot
        {
            Key = conversation,
            State = new ConversationState(reader.GetSecond(0), reader.GetSecond(1)),
            HistorySince = reader.IsDBNull(2) ? null : Instant.FromUnixTimeTicks(reader.GetInt64(2)),
        };
    }

    /// <summary>The joined facts, and the identifier whose row holds the latest inbound: under its name the alert is raised, whichever row was due.</summary>
    public static (ConversationKey Holder, ConversationState State) ReadHolder(SqliteSession session, ConversationKey conversation)
    {
        var holder = conversation;
        var state = default(ConversationState);
        using var reader = session.Query(
            SqliteIdentities.Members + """

            SELECT party, last_inbound, denied FROM conversation WHERE number = ?1 AND party IN (SELECT party FROM member)
            ORDER BY last_inbound, party
            """,
            conversation.Number.Value,
            conversation.Party);
        while (reader.Read())
        {
            holder = ConversationKey.Restore(conversation.Number, reader.GetString(0));
            state = ConversationState.Join(state, new ConversationState(reader.GetSecond(1), reader.GetSecond(2)));
        }

        return (holder, state);
    }

    public static bool AnyDue(SqliteSession session, Instant now) =>
        session.Exists("SELECT 1 FROM conversation WHERE check_at <= ?1 LIMIT 1", now.ToUnixTimeTicks());

    /// <summary>The conversations that are due for a look, earliest first.</summary>
    public static List<ConversationKey> ReadDue(SqliteSession session, Instant now, int limit)
    {
        var due = new List<ConversationKey>();
        using var reader = session.Query(
            "SELECT number, party FROM conversation WHERE check_at <= ?1 ORDER BY check_at LIMIT ?2",
            now.ToUnixTimeTicks(),
            Math.Max(limit, 0));
        while (reader.Read())
        {
            due.Add(ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(0)), reader.GetString(1)));
        }

        return due;
    }

    /// <summary>Sets when to look again; null for not until the customer writes.</summary>
    public static void Arm(SqliteSession session, ConversationKey conversation, Instant? at) =>
        session.Execute(
            "UPDATE conversation SET check_at = ?3 WHERE number = ?1 AND party = ?2",
            conversation.Number.Value,
            conversation.Party,
            at?.ToUnixTimeTicks());
}
