using Microsoft.Data.Sqlite;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The events that wait for their handlers. Only the first of each queue can be claimed: its <c>head</c> is 1 when it is ready,
/// 2 when it waits until <c>ready_at</c> (it is due then, its lease ends or it is tried again), 3 when it is ready again and stands behind what was
/// never tried. The others have 0.
/// </summary>
internal static class SqliteOutbox
{
    /// <summary>Puts in an event of the SDK itself.</summary>
    /// <returns>False when its key was seen before.</returns>
    public static bool Enqueue(SqliteSession session, StoredEvent stored)
    {
        var key = stored.Key.ToBlob();
        if ((SqliteTombstones.Any(session) && new SqliteTombstones(session).Covers(stored)) || !new SqliteSeen(session).Add(stored, key))
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
        || SqliteReady.Any(session, request);

    public static IReadOnlyList<ClaimedEvent> Claim(SqliteSession session, ClaimRequest request)
    {
        if (SqliteLanes.AnyToNote(session, request.Lanes, request.Now))
        {
            SqliteLanes.Note(session, request.Lanes, request.Now);
        }

        session.Execute(
            "UPDATE outbox INDEXED BY outbox_waiting SET head = CASE token WHEN 0 THEN 1 ELSE 3 END WHERE head = 2 AND ready_at <= ?1",
            request.Now.ToUnixTimeTicks());
        var until = request.LeasedUntil.ToUnixTimeTicks();
        return [.. SqliteReady.Choose(session, request).Select(chosen => Claim(session, chosen, request.Now, until))];
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
                    "UPDATE outbox SET token = token + 1, head = 2, ready_at = ?2, attempt = ?5, first_tried_at = NULL, postponements = ?3, "
                    + "postponed_since = ?4 WHERE position = ?1",
                    claim.Position,
                    postponed.DueAt.ToUnixTimeTicks(),
                    postponed.Postponements,
                    postponed.Since?.ToUnixTimeTicks(),
                    claim.Attempt - 1);
                break;
            case DispatchResult.Parked parked:
                session.Execute(
                    "UPDATE outbox SET token = token + 1, head = 0, parked = 1, error = ?2, attempt = ?3 WHERE position = ?1",
                    claim.Position,
                    parked.Error,
                    claim.Attempt);
                Advance(session, OutboxQueues.Of(claim.Event).ToString());
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

    /// <summary>Whether a handler of any event is noted: only events of several handlers have them, and only until their end.</summary>
    private static bool AnyHandled(SqliteSession session) => session.Exists("SELECT 1 FROM handled LIMIT 1");

    private static bool Complete(SqliteSession session, ClaimedEvent claim, bool anyHandled)
    {
        if (session.Execute("DELETE FROM outbox WHERE position = ?1 AND token = ?2 AND parked = 0", claim.Position, claim.Token) == 0)
        {
            return false;
        }

        if (anyHandled)
        {
            session.Execute("DELETE FROM handled WHERE position = ?1", claim.Position);
        }

        Advance(session, OutboxQueues.Of(claim.Event).ToString());
        return true;
    }

    private static ClaimedEvent Claim(SqliteSession session, ClaimCandidate chosen, Instant now, long until)
    {
        long token;
        int attempt, postponements;
        Instant firstTriedAt;
        Instant? postponedSince;
        bool hasHandled;
        StoredEvent stored;
        var uncounted = chosen.IsAhead ? 1 : 0;
        using (var reader = session.Query(
            """
            UPDATE outbox SET head = 2, ready_at = ?2, token = token + 1, attempt = attempt + ?4,
                first_tried_at = CASE attempt WHEN 0 THEN ?3 ELSE coalesce(first_tried_at, ?3) END
            WHERE position = ?1
            RETURNING token, attempt, first_tried_at, EXISTS (SELECT 1 FROM handled WHERE handled.position = outbox.position), postponements,
                postponed_since, key, lane, field, number, account, party, link_phone, link_bsuid, timestamp, received_at, opens_window, message, raw,
                contact, due_at, alert, parties
            """,
            chosen.Position,
            until,
            now.ToUnixTimeTicks(),
            1 - uncounted))
        {
            reader.Read();
            (token, attempt, firstTriedAt) = (reader.GetInt64(0), reader.GetInt32(1) + uncounted, Instant.FromUnixTimeTicks(reader.GetInt64(2)));
            (hasHandled, postponements, postponedSince) = (reader.GetBoolean(3), reader.GetInt32(4), reader.GetTicks(5));
            stored = ReadEvent(reader, 6);
        }

        return new ClaimedEvent
        {
            Event = stored,
            Position = chosen.Position,
            Token = token,
            Attempt = attempt,
            MustBeCounted = chosen.IsAhead && token > 1,
            FirstTriedAt = firstTriedAt,
            Postponements = postponements,
            PostponedSince = postponedSince,
            CompletedHandlers = hasHandled ? ReadHandled(session, chosen.Position) : [],
        };
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
