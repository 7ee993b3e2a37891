using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The facts of every conversation, by identifier as it came on the wire, and when each is next to be looked at for alerts.</summary>
internal static class SqliteConversations
{
    // What a row keeps of a customer's event.
    private const string Raised = """
        ON CONFLICT DO UPDATE SET
            last_inbound = coalesce(max(c.last_inbound, excluded.last_inbound), excluded.last_inbound),
            check_at = CASE
                WHEN c.last_inbound > excluded.last_inbound THEN c.check_at
                ELSE coalesce(min(c.check_at, excluded.check_at), c.check_at, excluded.check_at)
            END,
            sender = 1
        WHERE c.last_inbound IS NULL OR excluded.last_inbound >= c.last_inbound OR c.sender IS NULL
        """;

    /// <summary>Notes a customer's event.</summary>
    /// <param name="session">The session.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="checkAt">When to look for alerts if it is the latest; null for never.</param>
    /// <remarks>Lazy: a customer who writes again in an open window does not move <c>check_at</c>; the early look arms anew.</remarks>
    public static void Raise(SqliteSession session, ConversationKey conversation, Instant at, Instant? checkAt) =>
        session.Execute(
            "INSERT INTO conversation AS c (number, party, last_inbound, check_at, sender) VALUES (?1, ?2, ?3, ?4, 1)\n" + Raised,
            conversation.Number.Value,
            conversation.Party,
            at.ToUnixTimeSeconds(),
            checkAt?.ToUnixTimeTicks());

    /// <summary>
    /// Notes a customer's event as <see cref="Raise"/> does, unless a row of the customer tells that there may be something to ask:
    /// <see cref="AlertQuestion.IsCalledFor"/> in SQL. In one statement, because nearly always there is nothing.
    /// </summary>
    /// <returns>False when nothing changed: there may be something to ask, or the event is not the latest.</returns>
    public static bool TryRaise(SqliteSession session, ConversationKey conversation, Instant at, Instant checkAt, Duration leastDelay) =>
        session.Execute(
            SqliteIdentities.Everyone + """

            INSERT INTO conversation AS c (number, party, last_inbound, check_at, sender)
            SELECT ?1, ?2, ?3, ?4, 1 WHERE NOT EXISTS (
                SELECT 1 FROM everyone CROSS JOIN conversation AS o ON o.number = ?1 AND o.party = everyone.party
                WHERE CASE
                    WHEN ?3 > o.last_inbound + ?5 THEN o.check_at <= (o.last_inbound + ?5) * 10000000
                    ELSE ?3 > o.last_inbound AND (o.check_at IS NULL OR o.check_at > (o.last_inbound + ?6) * 10000000)
                END)

            """ + Raised,
            conversation.Number.Value,
            conversation.Party,
            at.ToUnixTimeSeconds(),
            checkAt.ToUnixTimeTicks(),
            (long)CustomerServiceWindow.Length.TotalSeconds,
            (long)leastDelay.TotalSeconds) > 0;

    /// <summary>Notes that Meta named a phone as that of a sender, by an event that opens nothing.</summary>
    public static void Name(SqliteSession session, ConversationKey phone) =>
        session.Execute(
            "INSERT INTO conversation (number, party, sender) VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET sender = 1 WHERE sender IS NULL",
            phone.Number.Value,
            phone.Party);

    /// <summary>Adds facts, and puts the release of what is held into the outbox when a customer's event is among them.</summary>
    public static void Join(SqliteSession session, ConversationKey conversation, ConversationState facts)
    {
        session.Execute(
            """
            INSERT INTO conversation AS c (number, party, last_inbound, denied, answered, click, first_reply, stated_end,
                    answered_by_person, answered_by_bot, answered_by_sequence, echoed, doubted)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT DO UPDATE SET
                last_inbound = coalesce(max(c.last_inbound, excluded.last_inbound), c.last_inbound, excluded.last_inbound),
                denied = coalesce(max(c.denied, excluded.denied), c.denied, excluded.denied),
                answered = coalesce(max(c.answered, excluded.answered), c.answered, excluded.answered),
                click = coalesce(max(c.click, excluded.click), c.click, excluded.click),
                first_reply = CASE
                    WHEN c.click IS excluded.click THEN coalesce(min(c.first_reply, excluded.first_reply), c.first_reply, excluded.first_reply)
                    WHEN c.click IS NULL OR excluded.click > c.click THEN excluded.first_reply
                    ELSE c.first_reply
                END,
                stated_end = coalesce(max(c.stated_end, excluded.stated_end), c.stated_end, excluded.stated_end),
                answered_by_person =
                    coalesce(max(c.answered_by_person, excluded.answered_by_person), c.answered_by_person, excluded.answered_by_person),
                answered_by_bot = coalesce(max(c.answered_by_bot, excluded.answered_by_bot), c.answered_by_bot, excluded.answered_by_bot),
                answered_by_sequence =
                    coalesce(max(c.answered_by_sequence, excluded.answered_by_sequence), c.answered_by_sequence, excluded.answered_by_sequence),
                echoed = coalesce(max(c.echoed, excluded.echoed), c.echoed, excluded.echoed),
                doubted = coalesce(max(c.doubted, excluded.doubted), c.doubted, excluded.doubted)
            """,
            conversation.Number.Value,
            conversation.Party,
            facts.LastInbound?.ToUnixTimeSeconds(),
            facts.Denied?.ToUnixTimeSeconds(),
            facts.Answers.Of(AuthorKind.Unknown)?.ToUnixTimeSeconds(),
            facts.FreeEntry.Click?.ToUnixTimeSeconds(),
            facts.FreeEntry.FirstReply?.ToUnixTimeSeconds(),
            facts.FreeEntry.StatedEnd?.ToUnixTimeSeconds(),
            facts.Answers.Of(AuthorKind.Person)?.ToUnixTimeSeconds(),
            facts.Answers.Of(AuthorKind.Bot)?.ToUnixTimeSeconds(),
            facts.Answers.Of(AuthorKind.Sequence)?.ToUnixTimeSeconds(),
            facts.Echoed?.ToUnixTimeSeconds(),
            facts.Doubted?.ToUnixTimeSeconds());
        if (facts.LastInbound is { } inbound)
        {
            SqliteHeld.Release(session, conversation, Instant.FromUnixTimeSeconds(inbound.ToUnixTimeSeconds()));
        }
    }

    /// <summary>Adds facts that come by themselves, and looks for the alerts of the windows that they find open.</summary>
    public static void Import(SqliteSession session, IReadOnlyList<(ConversationKey Conversation, ConversationState Facts)> facts, Instant now)
    {
        var alerts = SqliteAlerts.Read(session, now);
        var (leastDelay, longestDelay) = SqliteAlerts.Delays(alerts, least: null, longest: null);
        var questions = new SqliteQuestions(session, alerts, now, leastDelay, longestDelay);
        var tombstones = SqliteTombstones.Any(session) ? new SqliteTombstones(session) : null;
        foreach (var (conversation, state) in facts)
        {
            var erased = tombstones?.Find(conversation.Number, conversation.Party);
            var firstCheck = IngestPlan.FirstCheckOf(state with { Erased = erased }, leastDelay, now);
            if (firstCheck is not null && questions.Concern)
            {
                questions.Ask(conversation, Instant.FromUnixTimeSeconds(state.LastInbound!.Value.ToUnixTimeSeconds()));
            }

            Join(session, conversation, state);
            if (firstCheck is { } checkAt)
            {
                session.Execute(
                    "UPDATE conversation SET check_at = ?3 WHERE number = ?1 AND party = ?2 AND last_inbound = ?4 AND (check_at IS NULL OR check_at > ?3)",
                    conversation.Number.Value,
                    conversation.Party,
                    checkAt.ToUnixTimeTicks(),
                    state.LastInbound!.Value.ToUnixTimeSeconds());
            }
        }
    }

    /// <summary>Notes that a message of the business failed by a status.</summary>
    public static void NoteFailedAnswer(SqliteSession session, IntentId intent) =>
        session.Execute(
            """
            INSERT INTO conversation (number, party, failed_answer) SELECT number, party, 1 FROM log WHERE intent = ?1
            ON CONFLICT DO UPDATE SET failed_answer = 1 WHERE failed_answer IS NULL
            """,
            intent.ToString());

    public static ConversationSnapshot Read(SqliteSession session, ConversationKey conversation)
    {
        ConversationSnapshot snapshot;
        bool anyTombstone;
        var state = default(ConversationState);
        var parties = new List<string>();
        var anyFailed = false;
        using (var reader = session.Read(
            SqliteIdentities.Everyone + """

            SELECT n.history_since, r.at, r.applies, r.until, EXISTS (SELECT 1 FROM tombstone),
                e.party, (SELECT until FROM hidden), c.last_inbound, c.denied, c.answered, c.click, c.first_reply, c.stated_end,
                c.answered_by_person, c.answered_by_bot, c.answered_by_sequence, c.echoed, c.doubted, c.failed_answer
            FROM (SELECT ?1 AS number) AS business
            LEFT JOIN number AS n ON n.number = business.number
            LEFT JOIN restriction AS r ON r.account = n.account
            CROSS JOIN everyone AS e
            LEFT JOIN conversation AS c ON c.number = business.number AND c.party = e.party
            """,
            conversation.Number.Value,
            conversation.Party))
        {
            // There is one row at least: of the conversation itself, known or not.
            reader.Read();
            anyTombstone = reader.GetBoolean(4);
            snapshot = new ConversationSnapshot
            {
                Key = conversation,
                HistorySince = reader.GetTicks(0),
                Restriction = reader.GetTicks(1) is { } at ? new MessagingRestriction(at, reader.GetBoolean(2), reader.GetTicks(3)) : null,
            };
            do
            {
                parties.Add(reader.GetString(5));
                state = ConversationState.Join(state, IdentityRules.LaterThan(ReadState(reader, 7), reader.GetSecond(6)));
                anyFailed |= !reader.IsNull(18);
            }
            while (reader.Read());
        }

        var tombstones = anyTombstone ? new SqliteTombstones(session) : null;
        foreach (var party in parties)
        {
            if (tombstones?.Find(conversation.Number, party) is { } erased)
            {
                state = ConversationState.Join(state, new ConversationState { Erased = erased });
            }
        }

        return snapshot with { State = state, LastAnswerFailed = anyFailed && SqliteLog.IsLastFailed(session, conversation) };
    }

    /// <summary>The joined facts of a customer, and the identifier under which an alert is raised.</summary>
    public static AlertHolder ReadHolder(SqliteSession session, ConversationKey conversation)
    {
        var holder = new AlertHolder(conversation);
        using var reader = session.Read(
            SqliteIdentities.Everyone
                + " SELECT party, (SELECT until FROM hidden), check_at, last_inbound, denied, answered, click, first_reply, stated_end, answered_by_person, "
                + "answered_by_bot, answered_by_sequence, echoed, doubted FROM conversation WHERE number = ?1 AND party IN (SELECT party FROM everyone)",
            conversation.Number.Value,
            conversation.Party);
        while (reader.Read())
        {
            var facts = ReadState(reader, 3);
            var member = ConversationKey.Restore(conversation.Number, reader.GetString(0));
            holder.Add(member, IdentityRules.LaterThan(in facts, reader.GetSecond(1)), reader.GetTicks(2));
        }

        return holder;
    }

    public static bool AnyDue(SqliteSession session, AlertSweep sweep) =>
        sweep.Limit > 0 && session.Exists("SELECT 1 FROM conversation WHERE check_at <= ?1 LIMIT 1", sweep.Now.ToUnixTimeTicks());

    /// <summary>The conversations that are due for a look, earliest first.</summary>
    public static List<(ConversationKey Conversation, Instant CheckAt)> ReadDue(SqliteSession session, Instant now, int limit)
    {
        var due = new List<(ConversationKey, Instant)>();
        using var reader = session.Read(
            "SELECT number, party, check_at FROM conversation WHERE check_at <= ?1 ORDER BY check_at LIMIT ?2 + 0",
            now.ToUnixTimeTicks(),
            Math.Max(limit, 0));
        while (reader.Read())
        {
            due.Add((ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(0)), reader.GetString(1)), Instant.FromUnixTimeTicks(reader.GetInt64(2))));
        }

        return due;
    }

    /// <summary>
    /// Looks at each conversation when an alert that is new is due for it, or before if that was set: <see cref="PlannedAlertNote.CheckAt"/> in SQL. Rare:
    /// it reads every row.
    /// </summary>
    public static void ArmAll(SqliteSession session, PlannedAlert alert, Instant now) =>
        session.Execute(
            """
            UPDATE conversation SET check_at = last_inbound * 10000000 + ?1
            WHERE last_inbound * 10000000 + ?1 >= ?2 AND (check_at IS NULL OR check_at > last_inbound * 10000000 + ?1)
            """,
            alert.Delay.BclCompatibleTicks,
            now.ToUnixTimeTicks());

    /// <summary>Looks again at a time, or before if that was set.</summary>
    public static void ArmBy(SqliteSession session, ConversationKey conversation, Instant at) =>
        session.Execute(
            "UPDATE conversation SET check_at = ?3 WHERE number = ?1 AND party = ?2 AND (check_at IS NULL OR check_at > ?3)",
            conversation.Number.Value,
            conversation.Party,
            at.ToUnixTimeTicks());

    /// <summary>Sets when to look again; null for not until the customer writes.</summary>
    public static void Arm(SqliteSession session, ConversationKey conversation, Instant? at) =>
        session.Execute(
            "UPDATE conversation SET check_at = ?3 WHERE number = ?1 AND party = ?2",
            conversation.Number.Value,
            conversation.Party,
            at?.ToUnixTimeTicks());

    private static ConversationState ReadState(SqliteRows reader, int column) => new(reader.GetSecond(column), reader.GetSecond(column + 1))
    {
        Answers = ReadAnswers(reader, column + 2, column + 6),
        FreeEntry = new FreeEntryPoint(reader.GetSecond(column + 3), reader.GetSecond(column + 4), reader.GetSecond(column + 5)),
        Echoed = reader.GetSecond(column + 9),
        Doubted = reader.GetSecond(column + 10),
    };

    private static AnswerTimes ReadAnswers(SqliteRows reader, int unknown, int others)
    {
        var answers = AnswerTimes.By(AuthorKind.Unknown, reader.GetSecond(unknown));
        foreach (var kind in (ReadOnlySpan<AuthorKind>)[AuthorKind.Person, AuthorKind.Bot, AuthorKind.Sequence])
        {
            answers = AnswerTimes.Join(answers, AnswerTimes.By(kind, reader.GetSecond(others++)));
        }

        return answers;
    }
}
