namespace WhatsSession;

/// <summary>The fallback templates that were claimed.</summary>
internal static class SqliteFallbacks
{
    /// <returns>False when another caller holds the claim, by this or another identifier of the customer.</returns>
    public static bool Claim(SqliteSession session, FallbackClaim claim) =>
        session.Execute(
            SqliteIdentities.Members + """

            INSERT INTO fallback (number, party, anchor, key)
            SELECT ?1, ?2, ?3, ?4
            WHERE NOT EXISTS (SELECT 1 FROM fallback WHERE number = ?1 AND party IN (SELECT party FROM member) AND anchor = ?3 AND key = ?4)
            ON CONFLICT DO NOTHING
            """,
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key) == 1;

    public static void Release(SqliteSession session, FallbackClaim claim) =>
        session.Execute(
            "DELETE FROM fallback WHERE number = ?1 AND party = ?2 AND anchor = ?3 AND key = ?4",
            claim.Conversation.Number.Value,
            claim.Conversation.Party,
            claim.Anchor.ToUnixTimeTicks(),
            claim.Key);
}
