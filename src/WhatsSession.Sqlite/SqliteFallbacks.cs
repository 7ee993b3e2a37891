using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The fallback templates that were claimed.</summary>
internal static class SqliteFallbacks
{
    // A claim as it is found: the first four parameters of each statement below.
    private const string Named = "number = ?1 AND party = ?2 AND anchor = ?3 AND key = ?4";

    /// <returns>Null when it is the caller's; else who holds it, by this or another identifier of the customer.</returns>
    public static FallbackHolder? Claim(SqliteSession session, ClaimedFallback claimed)
    {
        var (claim, now) = (claimed.Claim, claimed.ClaimedAt);
        session.Execute($"DELETE FROM fallback WHERE day < {SqliteTime.FirstDay}");
        var holders = new List<FallbackHolder>();
        foreach (var (party, intent, message, isHidden) in ReadHolders(session, claim))
        {
            // What was claimed for the former owner of a recycled phone says nothing of the new one.
            var delivery = message is { } sent ? SqliteDeliveries.Read(session, claim.Conversation.Number, sent) : MessageDelivery.None;
            if (isHidden || FallbackRefusals.GivesBack(delivery, now))
            {
                session.Execute($"DELETE FROM fallback WHERE {Named}", claim.Conversation.Number.Value, party, claim.Anchor.ToUnixTimeTicks(), claim.Key);
            }
            else
            {
                holders.Add(new FallbackHolder(intent, delivery.IsFailed ? delivery.Failure : null));
            }
        }

        if (holders.Count == 0)
        {
            session.Execute(
                $"""
                INSERT INTO fallback (number, party, anchor, key, intent, template, claimed_at, day)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, max(?7, (SELECT at FROM store_time)), max(?8, {SqliteTime.Today}))
                """,
                claim.Conversation.Number.Value,
                claim.Conversation.Party,
                claim.Anchor.ToUnixTimeTicks(),
                claim.Key,
                claimed.Intent.ToString(),
                claimed.Template,
                now.ToUnixTimeTicks(),
                Retention.DayOf(now));
        }

        return FallbackHolder.Of(holders);
    }

    public static bool Complete(SqliteSession session, FallbackClaim claim, IntentId intent, MessageId? message)
    {
        var isFirst = Complete(session, claim, intent, message, "complete = 0");
        if (!isFirst && message is not null)
        {
            // A status may have been faster, or it was dismissed meanwhile.
            Complete(session, claim, intent, message, "message IS NULL");
        }

        return isFirst;
    }

    private static bool Complete(SqliteSession session, FallbackClaim claim, IntentId intent, MessageId? message, string condition) =>
        session.Execute(
            $"UPDATE fallback SET complete = 1, message = coalesce(message, ?6) WHERE {Named} AND intent = ?5 AND {condition}",
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key,
            intent.ToString(),
            message?.Value) == 1;

    /// <summary>Notes that a status has told of a send's message: if the send holds a claim, its template reached Meta.</summary>
    public static void Hear(SqliteSession session, IntentId intent, MessageId message) =>
        session.Execute("UPDATE fallback SET message = ?2, complete = 1 WHERE intent = ?1 AND message IS NULL", intent.ToString(), message.Value);

    public static void Release(SqliteSession session, FallbackClaim claim, IntentId intent) =>
        session.Execute(
            $"DELETE FROM fallback WHERE {Named} AND intent = ?5",
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key,
            intent.ToString());

    public static IReadOnlyList<ClaimedFallback> ListAbandoned(SqliteSession session, Instant claimedBefore, ClaimedFallback? after, int limit)
    {
        var abandoned = new List<ClaimedFallback>();
        using var reader = session.Read(
            """
            SELECT number, party, anchor, key, intent, template, claimed_at FROM fallback
            WHERE complete = 0 AND claimed_at < ?1 AND (claimed_at, intent) > (?2, ?3) ORDER BY claimed_at, intent LIMIT ?4 + 0
            """,
            claimedBefore.ToUnixTimeTicks(),
            after?.ClaimedAt.ToUnixTimeTicks() ?? long.MinValue,
            after?.Intent.ToString() ?? "",
            Math.Max(limit, 0));
        while (reader.Read())
        {
            abandoned.Add(ReadClaimed(reader));
        }

        return abandoned;
    }

    /// <summary>The claims whose messages failed. Whether one was delivered all the same is the law's to say, so each is asked for.</summary>
    public static IReadOnlyList<RefusedClaim> ListRefused(SqliteSession session, RefusedClaim? after, int limit)
    {
        var refused = new List<RefusedClaim>();
        var last = (after?.Failure.At, after?.Claimed.Intent);
        for (var more = true; more && refused.Count < limit;)
        {
            var page = ReadFailed(session, last.At, last.Intent, limit - refused.Count);
            more = page.Count == limit - refused.Count;
            foreach (var (claimed, message, at) in page)
            {
                if (SqliteDeliveries.Read(session, claimed.Claim.Conversation.Number, message) is { IsFailed: true, Failure: { } failure })
                {
                    refused.Add(new RefusedClaim(claimed, message, failure));
                }

                last = (at, claimed.Intent);
            }
        }

        return refused;
    }

    // By the failures, which are few, in the order of their index; the claim of each is found by its message.
    private static List<(ClaimedFallback Claimed, MessageId Message, Instant At)> ReadFailed(SqliteSession session, Instant? after, IntentId? intent, int limit)
    {
        var failed = new List<(ClaimedFallback, MessageId, Instant)>();
        using var reader = session.Read(
            """
            SELECT c.number, c.party, c.anchor, c.key, c.intent, c.template, c.claimed_at, c.message, f.at
            FROM failure AS f INDEXED BY failure_at CROSS JOIN fallback AS c INDEXED BY fallback_message ON c.number = f.number AND c.message = f.message
            WHERE f.at >= ?1 AND (f.at, c.intent) > (?1, ?2) ORDER BY f.at, c.intent LIMIT ?3 + 0
            """,
            after?.ToUnixTimeTicks() ?? long.MinValue,
            intent?.ToString() ?? "",
            limit);
        while (reader.Read())
        {
            failed.Add((ReadClaimed(reader), MessageId.Parse(reader.GetString(7)), Instant.FromUnixTimeTicks(reader.GetInt64(8))));
        }

        return failed;
    }

    private static ClaimedFallback ReadClaimed(SqliteRows reader)
    {
        var conversation = ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(0)), reader.GetString(1));
        var claim = new FallbackClaim(conversation, Instant.FromUnixTimeTicks(reader.GetInt64(2)), reader.GetString(3));
        return new ClaimedFallback(claim, IntentId.Parse(reader.GetString(4)), reader.GetString(5), Instant.FromUnixTimeTicks(reader.GetInt64(6)));
    }

    private static List<(string Party, IntentId Intent, MessageId? Message, bool IsHidden)> ReadHolders(SqliteSession session, FallbackClaim claim)
    {
        var holders = new List<(string, IntentId, MessageId?, bool)>();
        using var reader = session.Read(
            SqliteIdentities.Everyone + """

            SELECT party, intent, message, EXISTS (SELECT 1 FROM hidden WHERE claimed_at <= until * 10000000) FROM fallback
            WHERE number = ?1 AND party IN (SELECT party FROM everyone UNION SELECT ?2) AND anchor = ?3 AND key = ?4
            """,
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key);
        while (reader.Read())
        {
            holders.Add((reader.GetString(0), IntentId.Parse(reader.GetString(1)), reader.GetMessageId(2), reader.GetBoolean(3)));
        }

        return holders;
    }
}
