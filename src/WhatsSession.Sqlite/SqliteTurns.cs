using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The turns that wait for the customer's next message. Those that are due go into the outbox, with all that their messages say.</summary>
internal static class SqliteTurns
{
    /// <summary>Where they stand, one row for each handler, with their messages, whose JSON the history has; and the handlers that hosts have.</summary>
    public const string Tables = """

        CREATE TABLE turn (
            id INTEGER PRIMARY KEY,
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            handler TEXT NOT NULL,
            queue INTEGER NOT NULL,
            least INTEGER NOT NULL,
            greatest INTEGER NOT NULL,
            tapped INTEGER,
            at_most INTEGER NOT NULL,
            due_at INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX turn_conversation ON turn (number, party, handler);
        CREATE INDEX turn_due ON turn (handler, due_at);

        CREATE TABLE turn_message (
            turn INTEGER NOT NULL,
            arrival INTEGER NOT NULL,
            key BLOB NOT NULL,
            field TEXT NOT NULL,
            account TEXT,
            link_phone TEXT,
            link_bsuid TEXT,
            timestamp INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            opens_window INTEGER NOT NULL,
            contact BLOB NOT NULL,
            PRIMARY KEY (turn, arrival)
        ) WITHOUT ROWID;

        CREATE TABLE planned_turn (
            handler TEXT PRIMARY KEY,
            quiet INTEGER NOT NULL,
            at_most INTEGER NOT NULL,
            number TEXT,
            told_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        """;

    /// <summary>Makes a message a part of the turns that take it.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="message">The message.</param>
    /// <param name="arrival">Where the history has it.</param>
    /// <param name="plans">The handlers of turns that any host has.</param>
    public static void Add(SqliteSession session, StoredEvent message, long arrival, IReadOnlyList<PlannedTurn> plans)
    {
        foreach (var plan in plans)
        {
            if (plan.Takes(message))
            {
                Add(session, message, arrival, plan);
            }
        }
    }

    /// <summary>Whether a claim would put a turn into the outbox.</summary>
    public static bool AnyToFire(SqliteSession session, ClaimRequest request) =>
        request.Limit > 0 && HandlersOf(session, request).Exists(handler => ReadDue(session, handler, request.Now, limit: 1).Count > 0);

    /// <summary>Puts the turns into the outbox that are due and whose handlers the host has.</summary>
    public static void Fire(SqliteSession session, ClaimRequest request)
    {
        var left = request.Limit;
        foreach (var handler in left > 0 ? HandlersOf(session, request) : [])
        {
            foreach (var id in ReadDue(session, handler, request.Now, left))
            {
                var run = ReadRun(session, id);
                Remove(session, id);
                if (run.Count > 0)
                {
                    var fired = StoredTurn.ToEvent(handler, run, request.Now);
                    SqliteOutbox.Add(session, fired, fired.Key.ToBlob(), fired.Raw.ToBlob(), arrival: null);
                    left--;
                }
            }
        }
    }

    private static void Add(SqliteSession session, StoredEvent message, long arrival, PlannedTurn plan)
    {
        var conversation = message.Conversation!.Value;
        var times = TurnTimes.Of(message);
        var known = Find(session, conversation, plan.Handler);
        if (known is { Times: var before })
        {
            times = TurnTimes.Join(before, times);
            session.Execute(
                "UPDATE turn SET least = ?2, greatest = ?3, tapped = ?4, at_most = ?5, due_at = ?6 WHERE id = ?1",
                known.Value.Id,
                times.Least.ToUnixTimeTicks(),
                times.Greatest.ToUnixTimeTicks(),
                times.Tapped?.ToUnixTimeTicks(),
                plan.AtMost.BclCompatibleTicks,
                times.DueAt(plan).ToUnixTimeTicks());
        }
        else
        {
            session.Execute(
                """
                INSERT INTO turn (number, party, handler, queue, least, greatest, tapped, at_most, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """,
                conversation.Number.Value,
                conversation.Party,
                plan.Handler,
                SqliteOutbox.QueueOf(OutboxQueues.OfMessages(conversation)),
                times.Least.ToUnixTimeTicks(),
                times.Greatest.ToUnixTimeTicks(),
                times.Tapped?.ToUnixTimeTicks(),
                plan.AtMost.BclCompatibleTicks,
                times.DueAt(plan).ToUnixTimeTicks());
        }

        session.Execute(
            """
            INSERT INTO turn_message (turn, arrival, key, field, account, link_phone, link_bsuid, timestamp, received_at, opens_window, contact)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """,
            known?.Id ?? session.LastRow,
            arrival,
            message.Key.ToBlob(),
            message.Field,
            message.Account?.Value,
            message.Link?.Phone.Value,
            message.Link?.BusinessScopedId.Value,
            message.Timestamp.ToUnixTimeTicks(),
            message.ReceivedAt.ToUnixTimeTicks(),
            message.OpensWindow,
            message.Contact.ToBlob());
    }

    private static (long Id, TurnTimes Times)? Find(SqliteSession session, ConversationKey conversation, string handler)
    {
        using var row = session.Read(
            "SELECT id, least, greatest, tapped FROM turn WHERE number = ?1 AND party = ?2 AND handler = ?3",
            conversation.Number.Value,
            conversation.Party,
            handler);
        return row.Read()
            ? (row.GetInt64(0), new TurnTimes(Instant.FromUnixTimeTicks(row.GetInt64(1)), Instant.FromUnixTimeTicks(row.GetInt64(2)), row.GetTicks(3)))
            : null;
    }

    /// <summary>The handlers whose turns a host asks for: its own, or all that there are.</summary>
    private static List<string> HandlersOf(SqliteSession session, ClaimRequest request)
    {
        if (request.Turns is { } own)
        {
            return [.. own.Select(static plan => plan.Handler)];
        }

        var handlers = new List<string>();
        using var rows = session.Read(
            """
            WITH RECURSIVE ready (handler) AS (
                SELECT min(handler) FROM turn
                UNION ALL
                SELECT (SELECT min(handler) FROM turn WHERE handler > ready.handler) FROM ready WHERE ready.handler IS NOT NULL
            )
            SELECT handler FROM ready WHERE handler IS NOT NULL
            """);
        while (rows.Read())
        {
            handlers.Add(rows.GetString(0));
        }

        return handlers;
    }

    /// <summary>
    /// The turns that are due, earliest first, unless an event of their conversation waits or is in flight. One that would be due too late is of a host with a
    /// wrong clock.
    /// </summary>
    private static List<long> ReadDue(SqliteSession session, string handler, Instant now, int limit)
    {
        var due = new List<long>();
        using var rows = session.Read(
            """
            SELECT id FROM turn INDEXED BY turn_due
            WHERE handler = ?1 AND due_at <= ?2 AND (due_at <= ?3 OR NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.queue = turn.queue AND parked = 0))
            UNION ALL
            SELECT id FROM turn INDEXED BY turn_due
            WHERE handler = ?1 AND due_at > ?4 AND due_at - at_most > ?4 AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.queue = turn.queue AND parked = 0)
            LIMIT ?5 + 0
            """,
            handler,
            now.ToUnixTimeTicks(),
            TurnTimes.Overdue(now).ToUnixTimeTicks(),
            (now.ToUnixTimeTicks() + TurnTimes.MostAhead.BclCompatibleTicks),
            limit);
        while (rows.Read())
        {
            due.Add(rows.GetInt64(0));
        }

        return due;
    }

    private static List<StoredEvent> ReadRun(SqliteSession session, long id)
    {
        var run = new List<StoredEvent>();
        using var rows = session.Read(
            """
            SELECT m.key, m.field, l.number, m.account, l.party, m.link_phone, m.link_bsuid, m.timestamp, m.received_at, m.opens_window, l.message,
                l.json, m.contact
            FROM turn_message AS m CROSS JOIN log AS l ON l.arrival = m.arrival WHERE m.turn = ?1 ORDER BY m.arrival
            """,
            id);
        while (rows.Read())
        {
            var number = PhoneNumberId.Parse(rows.GetString(2));
            run.Add(new StoredEvent
            {
                Key = EventKey.FromBytes(rows.GetBytes(0)),
                Lane = EventLane.Live,
                Field = rows.GetString(1),
                Number = number,
                Account = rows.GetText(3) is { } account ? BusinessAccountId.Parse(account) : null,
                Conversation = ConversationKey.Restore(number, rows.GetString(4)),
                Link = rows.GetText(5) is { } phone ? new IdentityLink(CustomerId.Parse(phone), CustomerId.Parse(rows.GetString(6))) : null,
                Timestamp = Instant.FromUnixTimeTicks(rows.GetInt64(7)),
                ReceivedAt = Instant.FromUnixTimeTicks(rows.GetInt64(8)),
                OpensWindow = rows.GetBoolean(9),
                Message = rows.GetMessageId(10),
                Raw = rows.GetBytes(11).ToArray(),
                Contact = rows.GetBytes(12).ToArray(),
            });
        }

        return run;
    }

    private static void Remove(SqliteSession session, long id)
    {
        session.Execute("DELETE FROM turn WHERE id = ?1", id);
        session.Execute("DELETE FROM turn_message WHERE turn = ?1", id);
    }
}
