namespace WhatsSession;

/// <summary>Which identifiers are the same customer at a business number: a grow-only set of links between phones and BSUIDs.</summary>
internal static class SqliteIdentities
{
    /// <summary>
    /// The head of a query of ?1, a number, and ?2, a party: <c>member</c> holds the party and those that are joined with it when it is read.
    /// A phone of two customers was recycled and has none: what it has seen is a stranger's.
    /// </summary>
    public const string Members = """
        WITH customer (id) AS (
            SELECT max(bsuid) FROM link WHERE number = ?1 AND phone = ?2 GROUP BY phone HAVING count(*) = 1
            UNION ALL
            SELECT ?2 WHERE NOT EXISTS (SELECT 1 FROM link WHERE number = ?1 AND phone = ?2)
        ),
        member (party) AS (
            SELECT ?2 WHERE (SELECT count(*) FROM link WHERE number = ?1 AND phone = ?2) < 2
            UNION
            SELECT id FROM customer
            UNION
            SELECT own.phone FROM customer JOIN link AS own ON own.number = ?1 AND own.bsuid = customer.id
            WHERE NOT EXISTS (SELECT 1 FROM link AS other WHERE other.number = ?1 AND other.phone = own.phone AND other.bsuid <> own.bsuid)
        )
        """;

    public static void Add(SqliteSession session, PhoneNumberId number, IdentityLink link) =>
        session.Execute(
            "INSERT INTO link (number, phone, bsuid) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            number.Value,
            link.Phone.Value,
            link.BusinessScopedId.Value);
}
