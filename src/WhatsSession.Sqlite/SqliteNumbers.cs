using NodaTime;

namespace WhatsSession;

/// <summary>What is known of business numbers and of their accounts.</summary>
internal static class SqliteNumbers
{
    /// <summary>Notes when the first webhook of a number was accepted, and its account; null when the webhook names none.</summary>
    public static void Note(SqliteSession session, PhoneNumberId number, Instant receivedAt, BusinessAccountId? account) =>
        session.Execute(
            """
            INSERT INTO number AS n (number, history_since, account) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET history_since = min(n.history_since, excluded.history_since), account = coalesce(excluded.account, n.account)
            WHERE excluded.history_since < n.history_since OR (excluded.account IS NOT NULL AND excluded.account IS NOT n.account)
            """,
            number.Value,
            receivedAt.ToUnixTimeTicks(),
            account?.Value);

    /// <summary>
    /// Joins what Meta said of an account's right to answer. Rare, so the law is asked instead of written again in SQL;
    /// the transaction holds the right to write.
    /// </summary>
    public static void Join(SqliteSession session, BusinessAccountId account, MessagingRestriction restriction)
    {
        MessagingRestriction? known;
        using (var reader = session.Read("SELECT at, applies, until FROM restriction WHERE account = ?1", account.Value))
        {
            known = reader.Read() ? new MessagingRestriction(Instant.FromUnixTimeTicks(reader.GetInt64(0)), reader.GetBoolean(1), reader.GetTicks(2)) : null;
        }

        var latest = MessagingRestriction.Later(known, restriction)!;
        session.Execute(
            "INSERT INTO restriction (account, at, applies, until) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET at = excluded.at, applies = "
            + "excluded.applies, until = excluded.until",
            account.Value,
            latest.At.ToUnixTimeTicks(),
            latest.Applies,
            latest.Until?.ToUnixTimeTicks());
    }
}
