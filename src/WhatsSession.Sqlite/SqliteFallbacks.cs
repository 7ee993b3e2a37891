using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The fallback templates that were claimed.</summary>
internal static class SqliteFallbacks
{
    /// <returns>False when another caller holds the claim, by this or another identifier of the customer.</returns>
    public static bool Claim(SqliteSession session, FallbackClaim claim, Instant now)
    {
        session.Execute("DELETE FROM fallback WHERE claimed_at < ?1", SqliteRetention.FirstTick(now));
        return session.Execute(
            SqliteIdentities.Everyone + """

            INSERT INTO fallback (number, party, anchor, key, claimed_at)
            SELECT ?1, ?2, ?3, ?4, ?5
            WHERE NOT EXISTS (SELECT 1 FROM fallback WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND anchor = ?3 AND key = ?4)
            ON CONFLICT DO NOTHING
            """,
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key,
            now.ToUnixTimeTicks()) == 1;
    }

    public static void Complete(SqliteSession session, FallbackClaim claim) =>
        session.Execute(
            "UPDATE fallback SET complete = 1 WHERE number = ?1 AND party = ?2 AND anchor = ?3 AND key = ?4",
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key);

    public static void Release(SqliteSession session, FallbackClaim claim) =>
        session.Execute(
            "DELETE FROM fallback WHERE number = ?1 AND party = ?2 AND anchor = ?3 AND key = ?4",
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key);

    public static IReadOnlyList<AbandonedFallback> ListAbandoned(SqliteSession session, Instant claimedBefore, int limit)
    {
        var abandoned = new List<AbandonedFallback>();
        using var reader = session.Query(
            "SELECT number, party, anchor, key, claimed_at FROM fallback WHERE complete = 0 AND claimed_at < ?1 ORDER BY claimed_at LIMIT ?2",
            claimedBefore.ToUnixTimeTicks(),
            Math.Max(limit, 0));
        while (reader.Read())
        {
            var conversation = ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(0)), reader.GetString(1));
            var claim = new FallbackClaim(conversation, Instant.FromUnixTimeTicks(reader.GetInt64(2)), reader.GetString(3));
            abandoned.Add(new AbandonedFallback(claim, Instant.FromUnixTimeTicks(reader.GetInt64(4))));
        }

        return abandoned;
    }
}
