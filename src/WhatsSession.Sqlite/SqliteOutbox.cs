using System.IO.Hashing;
using System.Runtime.InteropServices;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The events that wait for their handlers. Only the first of each queue can be claimed: its <c>head</c> is 1 when it is ready,
/// 2 when it waits until <c>ready_at</c> (it is due then, its lease ends or it is tried again), 3 when it is ready again and stands behind what was
/// never tried. The others have 0.
/// </summary>
/// <remarks>What they say stands beside them: see <see cref="SqliteOutboxEvents"/>.</remarks>
internal static class SqliteOutbox
{
    /// <summary>
    /// What <c>ready_at</c> has of what waits for nothing, and <c>first_tried_at</c> of what was not tried: before all time, and as wide in the file as a
    /// time, so that a claim moves no row.
    /// </summary>
    public const long Never = -(1L << 62);

    /// <summary>Puts in an event of the SDK itself.</summary>
    /// <returns>False when its key was seen before.</returns>
    public static bool Enqueue(SqliteSession session, StoredEvent stored)
    {
        var key = stored.Key.ToBlob();
        if ((SqliteTombstones.Any(session) && new SqliteTombstones(session).Covers(stored)) || !new SqliteSeen(session).Add(stored, key))
        {
            return false;
        }

        Add(session, stored, key, stored.Raw.ToBlob(), arrival: null);
        return true;
    }

    /// <param name="session">The session that writes.</param>
    /// <param name="stored">The event.</param>
    /// <param name="key">Its key.</param>
    /// <param name="json">Its JSON.</param>
    /// <param name="arrival">Where the history has it for as long as it waits; null for nowhere.</param>
    public static void Add(SqliteSession session, StoredEvent stored, byte[] key, byte[] json, long? arrival)
    {
        session.Execute(
            """
            INSERT INTO outbox (queue, head, ready_at, first_tried_at, lane, number, alert, parties, aside)
            VALUES (
                ?1, CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE queue = ?1 AND parked = 0) THEN 0 WHEN ?2 = ?3 THEN 1 ELSE 2 END,
                ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            QueueOf(OutboxQueues.Of(stored)),
            stored.DueAt?.ToUnixTimeTicks() ?? Never,
            Never,
            (int)stored.Lane,
            (stored.Conversation?.Number ?? stored.Number)?.Value,
            stored.Lane == EventLane.Turn ? stored.Field : stored.Facts?.Alert?.ToString() ?? "",
            stored.Facts?.Parties is { Count: > 0 } parties ? string.Join('\n', parties) : null,
            stored.Lane is EventLane.Alert or EventLane.Work ? stored.Conversation?.Party : null);
        SqliteOutboxEvents.Add(session, stored, key, json, arrival);
    }

    /// <summary>Whether a claim would change anything.</summary>
    public static bool AnyToClaim(SqliteSession session, ClaimRequest request) =>
        session.Exists("SELECT 1 FROM outbox INDEXED BY outbox_waiting WHERE head = 2 AND ready_at <= ?1 LIMIT 1", request.Now.ToUnixTimeTicks())
        || SqliteLanes.AnyToNote(session, request.Lanes, request.Now)
        || SqliteTurnPlans.AnyToNote(session, request.Turns, request.Now)
        || SqliteTurns.AnyToFire(session, request)
        || SqliteReady.Any(session, request);

    public static IReadOnlyList<ClaimedEvent> Claim(SqliteSession session, ClaimRequest request)
    {
        if (SqliteLanes.AnyToNote(session, request.Lanes, request.Now))
        {
            SqliteLanes.Note(session, request.Lanes, request.Now);
        }

        if (SqliteTurnPlans.AnyToNote(session, request.Turns, request.Now))
        {
            SqliteTurnPlans.Note(session, request.Turns!, request.Now);
        }

        SqliteTurns.Fire(session, request);
        session.Execute(
            "UPDATE outbox INDEXED BY outbox_waiting SET head = CASE token WHEN 0 THEN 1 ELSE 3 END WHERE head = 2 AND ready_at <= ?1",
            request.Now.ToUnixTimeTicks());
        var until = request.LeasedUntil.ToUnixTimeTicks();
        var anyHandled = AnyHandled(session);
        return [.. SqliteReady.Choose(session, request).Select(chosen => Claim(session, chosen, request.Now, until, anyHandled))];
    }

    public static bool CountTry(SqliteSession session, ClaimedEvent claim) => session.Execute(
        "UPDATE outbox SET attempt = ?3 WHERE position = ?1 AND token = ?2 AND parked = 0", claim.Position, claim.Token, claim.Attempt) > 0;

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
        if (result is DispatchResult.Completed)
        {
            return Complete(session, claim, AnyHandled(session));
        }

        if (!IsHeld(session, claim))
        {
            return false;
        }

        switch (result)
        {
            case DispatchResult.Retry retry:
                // The claim is over: its token is worth nothing more.
                session.Execute(
                    "UPDATE outbox SET token = token + 1, head = 2, ready_at = ?2, error = ?3, attempt = ?4 WHERE position = ?1",
                    claim.Position,
                    retry.DueAt.ToUnixTimeTicks(),
                    retry.Error,
                    claim.Attempt);
                break;
            case DispatchResult.Postponed postponed:
                session.Execute(
                    "UPDATE outbox SET token = token + 1, head = 2, ready_at = ?2, attempt = ?5, first_tried_at = ?6, postponements = ?3, "
                    + "postponed_since = ?4 WHERE position = ?1",
                    claim.Position,
                    postponed.DueAt.ToUnixTimeTicks(),
                    postponed.Postponements,
                    postponed.Since?.ToUnixTimeTicks(),
                    claim.Attempt - 1,
                    Never);
                break;
            case DispatchResult.Parked parked:
                session.Execute(
                    "UPDATE outbox SET token = token + 1, head = 0, parked = 1, error = ?2, attempt = ?3, aside = ?4 WHERE position = ?1",
                    claim.Position,
                    parked.Error,
                    claim.Attempt,
                    claim.Event.Conversation?.Party);
                Advance(session, QueueOf(OutboxQueues.Of(claim.Event)));
                break;
            default:
                throw new ArgumentException($"{result.GetType().Name} is no result of a dispatch.", nameof(result));
        }

        return true;
    }

    /// <returns>The claims that are no longer held.</returns>
    public static IReadOnlyList<ClaimedEvent> Complete(SqliteSession session, IReadOnlyList<ClaimedEvent> claims)
    {
        var anyHandled = AnyHandled(session);
        return [.. claims.Where(claim => !Complete(session, claim, anyHandled))];
    }

    /// <summary>Removes the events that an erasure covers, whether they wait, are in flight or are parked.</summary>
    public static void Remove(SqliteSession session, ErasureScope scope)
    {
        // A queue of a conversation has no others. In that of the number stand those that name the customer.
        foreach (var member in scope.Members)
        {
            foreach (var queue in OutboxQueues.Of(member).Select(QueueOf))
            {
                Remove(session, ReadWaiting(session, queue, member));

                // Of another queue whose name has the same hash.
                Advance(session, queue);
            }

            Remove(session, ReadAside(session, member));
        }

        foreach (var (position, stored) in ReadNaming(session, scope.Members[0].Number).Where(entry => scope.Covers(entry.Event)))
        {
            Remove(session, [position]);
            Advance(session, QueueOf(OutboxQueues.Of(stored)));
        }
    }

    /// <summary>Removes what an event says, and what is noted of its handlers, after the event.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="position">Its position.</param>
    /// <param name="anyHandled">Whether a handler of any event is noted.</param>
    public static void RemoveRest(SqliteSession session, long position, bool anyHandled)
    {
        SqliteOutboxEvents.Remove(session, position);
        if (anyHandled)
        {
            session.Execute("DELETE FROM handled WHERE position = ?1", position);
        }
    }

    /// <summary>Whether a handler of any event is noted: only events of several handlers have them, and only until their end.</summary>
    private static bool AnyHandled(SqliteSession session) => session.Exists("SELECT 1 FROM handled LIMIT 1");

    private static bool Complete(SqliteSession session, ClaimedEvent claim, bool anyHandled)
    {
        if (session.Execute("DELETE FROM outbox WHERE position = ?1 AND token = ?2 AND parked = 0", claim.Position, claim.Token) == 0)
        {
            return false;
        }

        RemoveRest(session, claim.Position, anyHandled);
        Advance(session, QueueOf(OutboxQueues.Of(claim.Event)));
        return true;
    }

    private static ClaimedEvent Claim(SqliteSession session, ClaimCandidate chosen, Instant now, long until, bool anyHandled)
    {
        var claim = Read(session, chosen, now, anyHandled);
        session.Execute(
            "UPDATE outbox SET head = 2, ready_at = ?2, token = ?3, attempt = ?4, first_tried_at = ?5 WHERE position = ?1",
            chosen.Position,
            until,
            claim.Token,
            chosen.IsAhead ? claim.Attempt - 1 : claim.Attempt,
            claim.FirstTriedAt.ToUnixTimeTicks());
        return claim;
    }

    /// <summary>The claim of an event as it will be.</summary>
    private static ClaimedEvent Read(SqliteSession session, ClaimCandidate chosen, Instant now, bool anyHandled)
    {
        using var row = session.Read(
            $"SELECT o.token, o.attempt, o.first_tried_at, o.postponements, o.postponed_since, {SqliteOutboxEvents.Columns} FROM {SqliteOutboxEvents.Tables} "
            + "WHERE o.position = ?1",
            chosen.Position);
        row.Read();
        var (token, attempt, firstTriedAt) = (row.GetInt64(0) + 1, row.GetInt32(1), row.GetInt64(2));
        return new ClaimedEvent
        {
            Event = SqliteOutboxEvents.Read(row, 5),
            Position = chosen.Position,
            Token = token,
            Attempt = attempt + 1,
            MustBeCounted = chosen.IsAhead && token > 1,
            FirstTriedAt = attempt == 0 || firstTriedAt == Never ? now : Instant.FromUnixTimeTicks(firstTriedAt),
            Postponements = row.GetInt32(3),
            PostponedSince = row.GetTicks(4),
            CompletedHandlers = anyHandled ? ReadHandled(session, chosen.Position) : [],
        };
    }

    private static void Advance(SqliteSession session, long queue) =>
        session.Execute(
            "UPDATE outbox SET head = CASE ready_at WHEN ?2 THEN 1 ELSE 2 END WHERE position = (SELECT min(position) FROM outbox WHERE queue = ?1 AND "
            + "parked = 0) AND head = 0",
            queue,
            Never);

    /// <summary>A name of a queue in few bytes. Two queues of one hash would go one after the other.</summary>
    public static long QueueOf(OutboxQueues queue) => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(queue.ToString().AsSpan()));

    private static void Remove(SqliteSession session, List<long> positions)
    {
        foreach (var position in positions)
        {
            session.Execute("DELETE FROM outbox WHERE position = ?1", position);
            RemoveRest(session, position, anyHandled: true);
        }
    }

    private static List<long> ReadWaiting(SqliteSession session, long queue, ConversationKey conversation) => ReadPositions(session.Read(
        $"SELECT o.position FROM {SqliteOutboxEvents.Tables} WHERE o.queue = ?1 AND o.parked = 0 AND o.number = ?2 AND coalesce(event.party, l.party) = ?3",
        queue,
        conversation.Number.Value,
        conversation.Party));

    private static List<long> ReadAside(SqliteSession session, ConversationKey conversation) => ReadPositions(session.Read(
        "SELECT position FROM outbox INDEXED BY outbox_aside WHERE number = ?1 AND aside = ?2", conversation.Number.Value, conversation.Party));

    private static List<long> ReadPositions(SqliteRows found)
    {
        using var rows = found;
        var positions = new List<long>();
        while (rows.Read())
        {
            positions.Add(rows.GetInt64(0));
        }

        return positions;
    }

    /// <summary>The few events of a number that belong to no conversation and name parties.</summary>
    private static List<(long Position, StoredEvent Event)> ReadNaming(SqliteSession session, PhoneNumberId number)
    {
        var naming = new List<(long, StoredEvent)>();
        using var rows = session.Read(
            $"SELECT o.position, {SqliteOutboxEvents.Columns} FROM {SqliteOutboxEvents.Tables} WHERE o.number = ?1 AND o.parties IS NOT NULL", number.Value);
        while (rows.Read())
        {
            naming.Add((rows.GetInt64(0), SqliteOutboxEvents.Read(rows, 1)));
        }

        return naming;
    }

    private static bool IsHeld(SqliteSession session, ClaimedEvent claim) =>
        session.Exists("SELECT 1 FROM outbox WHERE position = ?1 AND token = ?2 AND parked = 0", claim.Position, claim.Token);

    public static List<string> ReadHandled(SqliteSession session, long position)
    {
        var handlers = new List<string>();
        using var reader = session.Read("SELECT handler FROM handled WHERE position = ?1", position);
        while (reader.Read())
        {
            handlers.Add(reader.GetString(0));
        }

        return handlers;
    }
}
