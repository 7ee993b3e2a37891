using Microsoft.Data.Sqlite;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The events that wait for their handlers. Only the first of each queue can be claimed: its <c>head</c> is 1 when it is ready,
/// 2 when it waits until <c>ready_at</c> (it is due then, its lease ends or it is tried again). The others have 0.
/// </summary>
internal static class SqliteOutbox
{
    /// <summary>Puts in an event of the SDK itself.</summary>
    /// <returns>False when its key was seen before.</returns>
    public static bool Enqueue(SqliteSession session, StoredEvent stored)
    {
        var key = stored.Key.ToBlob();
        if ((SqliteTombstones.Any(session) && new SqliteTombstones(session).Covers(stored)) || !SqliteSeen.Add(session, key, stored.ReceivedAt))
        {
            return false;
        }

        Add(session, stored, key, stored.Raw.ToBlob());
        return true;
    }

    public static void Add(SqliteSession session, StoredEvent stored, byte[] key, byte[] json) =>
        session.Execute(
            """
            INSERT INTO outbox (
                queue, head,
                key, lane, field, number, account, party, link_phone, link_bsuid, timestamp, received_at, opens_window, message, raw, contact, due_at,
                ready_at, alert, parties)
            VALUES (
                ?1, CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE queue = ?1 AND parked = 0) THEN 0 WHEN ?16 IS NULL THEN 1 ELSE 2 END,
                ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, coalesce(?16, 0), ?17, ?18)
            """,
            OutboxQueues.Of(stored).ToString(),
            key,
            (int)stored.Lane,
            stored.Field,
            (stored.Conversation?.Number ?? stored.Number)?.Value,
            stored.Account?.Value,
            stored.Conversation?.Party,
            stored.Link?.Phone.Value,
            stored.Link?.BusinessScopedId.Value,
            stored.Timestamp.ToUnixTimeTicks(),
            stored.ReceivedAt.ToUnixTimeTicks(),
            stored.OpensWindow,
            stored.Message?.Value,
            json,
            stored.Contact.ToBlob(),
            stored.DueAt?.ToUnixTimeTicks(),
            stored.Facts?.Alert?.ToString() ?? "",
            stored.Facts?.Parties is { Count: > 0 } parties ? string.Join('\n', parties) : null);

    /// <summary>Whether a claim would change anything.</summary>
    public static bool AnyToClaim(SqliteSession session, ClaimRequest request) =>
        session.Exists("SELECT 1 FROM outbox INDEXED BY outbox_waiting WHERE head = 2 AND ready_at <= ?1 LIMIT 1", request.Now.ToUnixTimeTicks())
        || SqliteLanes.AnyToNote(session, request.Lanes, request.Now)
        || ReadReadySides(session, request).Count > 0;

    public static IReadOnlyList<ClaimedEvent> Claim(SqliteSession session, ClaimRequest request)
    {
        if (SqliteLanes.AnyToNote(session, request.Lanes, request.Now))
        {
            SqliteLanes.Note(session, request.Lanes, request.Now);
        }

        session.Execute("UPDATE outbox INDEXED BY outbox_waiting SET head = 1 WHERE head = 2 AND ready_at <= ?1", request.Now.ToUnixTimeTicks());
        var sides = ReadReadySides(session, request);
        var messages = ReadReady(session, sides.Where(static side => side.Lane != EventLane.Status), request.Limit);
        var statuses = ReadReady(
            session, sides.Where(static side => side.Lane == EventLane.Status), Math.Min(request.StatusLimit, request.Limit - messages.Count));
        var until = request.LeasedUntil.ToUnixTimeTicks();
        return [.. messages.Concat(statuses).Select(position => Claim(session, position, request.Now, until))];
    }

    public static void Renew(SqliteSession session, IReadOnlyList<ClaimedEvent> claims, Instant until)
    {
        foreach (var claim in claims)
        {
            session.Execute(
                "UPDATE outbox SET head = 2, ready_at = ?3 WHERE position = ?1 AND token = ?2 AND parked = 0",
                claim.Position, claim.Token, until.ToUnixTimeTicks());
        }
    }

    public static bool MarkHandled(SqliteSession session, ClaimedEvent claim, string handler)
    {
        if (!IsHeld(session, claim))
        {
            return false;
        }

        session.Execute("INSERT INTO handled (position, handler) VALUES (?1, ?2) ON CONFLICT DO NOTHING", claim.Position, handler);
        return true;
    }

    public static bool Finish(SqliteSession session, ClaimedEvent claim, DispatchResult result)
    {
        if (!IsHeld(session, claim))
        {
            return false;
        }

        switch (result)
        {
            case DispatchResult.Completed:
                session.Execute("DELETE FROM handled WHERE position = ?1", claim.Position);
                session.Execute("DELETE FROM outbox WHERE position = ?1", claim.Position);
                Advance(session, OutboxQueues.Of(claim.Event).ToString());
                break;
            case DispatchResult.Retry retry:
                // The claim is over: its token is worth nothing more.
                session.Execute(
                    "UPDATE outbox SET token = token + 1, head = 2, ready_at = ?2, error = ?3 WHERE position = ?1",
                    claim.Position,
                    retry.DueAt.ToUnixTimeTicks(),
                    retry.Error);
                break;
            case DispatchResult.Postponed postponed:
                session.Execute(
                    "UPDATE outbox SET token = token + 1, head = 2, ready_at = ?2, attempt = attempt - 1, first_tried_at = NULL, postponements = ?3 "
                    + "WHERE position = ?1",
                    claim.Position,
                    postponed.DueAt.ToUnixTimeTicks(),
                    postponed.Postponements);
                break;
            case DispatchResult.Parked parked:
                session.Execute("UPDATE outbox SET token = token + 1, head = 0, parked = 1, error = ?2 WHERE position = ?1", claim.Position, parked.Error);
                Advance(session, OutboxQueues.Of(claim.Event).ToString());
                break;
            default:
                throw new ArgumentException($"{result.GetType().Name} is no result of a dispatch.", nameof(result));
        }

        return true;
    }

    public static void Complete(SqliteSession session, IReadOnlyList<ClaimedEvent> claims)
    {
        foreach (var claim in claims)
        {
            Finish(session, claim, DispatchResult.Completed.Instance);
        }
    }

    /// <summary>Removes the events that an erasure covers, whether they wait, are in flight or are parked.</summary>
    public static void Remove(SqliteSession session, ErasureScope scope)
    {
        // A queue of a conversation has no others. In that of the number stand those that name the customer.
        foreach (var member in scope.Members)
        {
            foreach (var queue in OutboxQueues.Of(member))
            {
                session.Execute(
                    "DELETE FROM handled WHERE position IN (SELECT position FROM outbox INDEXED BY outbox_queue WHERE queue = ?1 AND parked = 0)",
                    queue.ToString());
                session.Execute("DELETE FROM outbox INDEXED BY outbox_queue WHERE queue = ?1 AND parked = 0", queue.ToString());
            }

            session.Execute(
                "DELETE FROM handled WHERE position IN (SELECT position FROM outbox INDEXED BY outbox_aside WHERE number = ?1 AND party = ?2 "
                + "AND (parked = 1 OR lane >= 7))",
                member.Number.Value,
                member.Party);
            session.Execute(
                "DELETE FROM outbox INDEXED BY outbox_aside WHERE number = ?1 AND party = ?2 AND (parked = 1 OR lane >= 7)",
                member.Number.Value,
                member.Party);
        }

        foreach (var (position, stored) in ReadNaming(session, scope.Members[0].Number).Where(entry => scope.Covers(entry.Event)))
        {
            session.Execute("DELETE FROM handled WHERE position = ?1", position);
            session.Execute("DELETE FROM outbox WHERE position = ?1", position);
            Advance(session, OutboxQueues.Of(stored).ToString());
        }
    }

    private static ClaimedEvent Claim(SqliteSession session, long position, Instant now, long until)
    {
        long token;
        int attempt, postponements;
        Instant firstTriedAt;
        bool hasHandled;
        StoredEvent stored;
        using (var reader = session.Query(
            """
            UPDATE outbox SET head = 2, ready_at = ?2, token = token + 1, attempt = attempt + 1,
                first_tried_at = CASE attempt WHEN 0 THEN ?3 ELSE coalesce(first_tried_at, ?3) END
            WHERE position = ?1
            RETURNING token, attempt, first_tried_at, EXISTS (SELECT 1 FROM handled WHERE handled.position = outbox.position), postponements,
                key, lane, field, number, account, party, link_phone, link_bsuid, timestamp, received_at, opens_window, message, raw, contact, due_at,
                alert, parties
            """,
            position,
            until,
            now.ToUnixTimeTicks()))
        {
            reader.Read();
            (token, attempt, firstTriedAt) = (reader.GetInt64(0), reader.GetInt32(1), Instant.FromUnixTimeTicks(reader.GetInt64(2)));
            (hasHandled, postponements, stored) = (reader.GetBoolean(3), reader.GetInt32(4), ReadEvent(reader, 5));
        }

        return new ClaimedEvent
        {
            Event = stored,
            Position = position,
            Token = token,
            Attempt = attempt,
            FirstTriedAt = firstTriedAt,
            Postponements = postponements,
            CompletedHandlers = hasHandled ? ReadHandled(session, position) : [],
        };
    }

    /// <summary>The lowest ready positions of several sides.</summary>
    private static List<long> ReadReady(SqliteSession session, IEnumerable<(EventLane Lane, string Alert)> sides, int limit)
    {
        var positions = new List<long>();
        foreach (var (lane, alert) in sides)
        {
            using var reader = session.Query(
                "SELECT position FROM outbox INDEXED BY outbox_ready WHERE head = 1 AND lane = ?1 AND alert = ?2 ORDER BY position LIMIT ?3",
                (int)lane,
                alert,
                Math.Max(limit, 0));
            while (reader.Read())
            {
                positions.Add(reader.GetInt64(0));
            }
        }

        return [.. positions.Order().Take(limit)];
    }

    /// <summary>The lanes, and of alerts the planned ones, with ready events that a host may claim.</summary>
    private static List<(EventLane Lane, string Alert)> ReadReadySides(SqliteSession session, ClaimRequest request)
    {
        var sides = new List<(EventLane Lane, string Alert)>();
        foreach (var lane in ReadReadyLanes(session, request))
        {
            if (lane != EventLane.Alert)
            {
                sides.Add((lane, ""));
                continue;
            }

            var alerts = ReadReadyAlerts(session);
            if (!alerts.TrueForAll(alert => alert.Length == 0 || request.Takes(PlannedAlert.Parse(alert))))
            {
                var planned = SqliteAlerts.Read(session, request.Now);
                alerts = alerts.FindAll(alert => alert.Length == 0 || PlannedAlert.Parse(alert) is var of && (request.Takes(of) || !planned.Contains(of)));
            }

            sides.AddRange(alerts.Select(alert => (lane, alert)));
        }

        return sides;
    }

    /// <summary>The planned alerts with ready events; empty text for what is told unplanned. Each costs one look into the index, however much waits.</summary>
    private static List<string> ReadReadyAlerts(SqliteSession session)
    {
        var alerts = new List<string>();
        using var reader = session.Query(
            """
            WITH RECURSIVE ready (alert) AS (
                SELECT min(alert) FROM outbox INDEXED BY outbox_ready WHERE head = 1 AND lane = ?1
                UNION ALL
                SELECT (SELECT min(alert) FROM outbox INDEXED BY outbox_ready WHERE head = 1 AND lane = ?1 AND alert > ready.alert) FROM ready
                    WHERE ready.alert IS NOT NULL
            )
            SELECT alert FROM ready WHERE alert IS NOT NULL
            """,
            (int)EventLane.Alert);
        while (reader.Read())
        {
            alerts.Add(reader.GetString(0));
        }

        return alerts;
    }

    /// <summary>The lanes with ready events that a host may claim: each lane costs one look into the index, however much waits in it.</summary>
    private static List<EventLane> ReadReadyLanes(SqliteSession session, ClaimRequest request)
    {
        var ready = new List<EventLane>();
        using (var reader = session.Query(
            """
            WITH RECURSIVE ready (lane) AS (
                SELECT min(lane) FROM outbox INDEXED BY outbox_ready WHERE head = 1
                UNION ALL
                SELECT (SELECT min(lane) FROM outbox INDEXED BY outbox_ready WHERE head = 1 AND lane > ready.lane) FROM ready WHERE ready.lane IS NOT NULL
            )
            SELECT lane FROM ready WHERE lane IS NOT NULL
            """))
        {
            while (reader.Read())
            {
                var lane = (EventLane)reader.GetInt32(0);
                if (request.Limit > 0 && (lane != EventLane.Status || request.StatusLimit > 0))
                {
                    ready.Add(lane);
                }
            }
        }

        if (ready.TrueForAll(request.Lanes.Contains))
        {
            return ready;
        }

        var taken = SqliteLanes.Read(session, request.Now);
        return ready.FindAll(lane => request.Lanes.Contains(lane) || !taken.Contains(lane));
    }

    private static void Advance(SqliteSession session, string queue) =>
        session.Execute(
            "UPDATE outbox SET head = CASE ready_at WHEN 0 THEN 1 ELSE 2 END WHERE position = (SELECT min(position) FROM outbox WHERE queue = ?1 AND "
            + "parked = 0)", queue);

    /// <summary>The few events of a number that belong to no conversation and name parties.</summary>
    private static List<(long Position, StoredEvent Event)> ReadNaming(SqliteSession session, PhoneNumberId number)
    {
        var naming = new List<(long, StoredEvent)>();
        using var reader = session.Query(
            """
            SELECT position, key, lane, field, number, account, party, link_phone, link_bsuid, timestamp, received_at, opens_window, message, raw,
                contact, due_at, alert, parties
            FROM outbox INDEXED BY outbox_naming WHERE number = ?1 AND parties IS NOT NULL
            """,
            number.Value);
        while (reader.Read())
        {
            naming.Add((reader.GetInt64(0), ReadEvent(reader, 1)));
        }

        return naming;
    }

    private static bool IsHeld(SqliteSession session, ClaimedEvent claim) =>
        session.Exists("SELECT 1 FROM outbox WHERE position = ?1 AND token = ?2 AND parked = 0", claim.Position, claim.Token);

    public static List<string> ReadHandled(SqliteSession session, long position)
    {
        var handlers = new List<string>();
        using var reader = session.Query("SELECT handler FROM handled WHERE position = ?1", position);
        while (reader.Read())
        {
            handlers.Add(reader.GetString(0));
        }

        return handlers;
    }

    public static StoredEvent ReadEvent(SqliteDataReader reader, int column)
    {
        PhoneNumberId? number = reader.GetText(column + 3) is { } numberText ? PhoneNumberId.Parse(numberText) : null;
        return new StoredEvent
        {
            Key = EventKey.FromBytes(reader.GetFieldValue<byte[]>(column)),
            Lane = (EventLane)reader.GetInt32(column + 1),
            Field = reader.GetString(column + 2),
            Number = number,
            Account = reader.GetText(column + 4) is { } account ? BusinessAccountId.Parse(account) : null,
            Conversation = reader.GetText(column + 5) is { } party ? ConversationKey.Restore(number!.Value, party) : null,
            Link = reader.GetText(column + 6) is { } phone ? new IdentityLink(CustomerId.Parse(phone), CustomerId.Parse(reader.GetString(column + 7))) : null,
            Timestamp = Instant.FromUnixTimeTicks(reader.GetInt64(column + 8)),
            ReceivedAt = Instant.FromUnixTimeTicks(reader.GetInt64(column + 9)),
            OpensWindow = reader.GetBoolean(column + 10),
            Message = reader.GetMessageId(column + 11),
            Raw = reader.GetFieldValue<byte[]>(column + 12),
            Contact = reader.GetFieldValue<byte[]>(column + 13),
            DueAt = reader.GetTicks(column + 14),
            Facts = ReadFacts(reader.GetString(column + 15), reader.GetText(column + 16)),
        };
    }

    private static EventFacts? ReadFacts(string alert, string? parties) => alert.Length == 0 && parties is null
        ? null
        : new EventFacts { Alert = alert.Length == 0 ? null : PlannedAlert.Parse(alert), Parties = parties?.Split('\n') ?? [] };
}
