using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// Which identifiers are the same customer at a business number: a grow-only set of links between phones and BSUIDs,
/// and the BSUIDs that were replaced by others.
/// BSUIDs that are joined by replacements carry one <c>person</c>, any one of them; every link repeats it.
/// </summary>
internal static class SqliteIdentities
{
    // CROSS JOIN and INDEXED BY hold the planner to the few rows of one customer: left alone, it walks all links of the number.
    /// <summary>
    /// The head of a query of ?1, a number, and ?2, a party: <c>member</c> holds the party and those that are joined with it when its facts are read.
    /// A phone of two customers was recycled and has none: what it has seen is a stranger's.
    /// </summary>
    public const string Members = """
        WITH customer (id) AS (
            SELECT own.bsuid FROM link AS own WHERE own.number = ?1 AND own.phone = ?2
            AND NOT EXISTS (SELECT 1 FROM link AS other WHERE other.number = ?1 AND other.phone = ?2 AND other.person <> own.person)
            UNION ALL
            SELECT ?2 WHERE NOT EXISTS (SELECT 1 FROM link WHERE number = ?1 AND phone = ?2)
        ),
        member (party) AS (
            SELECT ?2 WHERE EXISTS (SELECT 1 FROM customer)
            UNION
            SELECT id FROM customer
            UNION
            SELECT own.phone FROM customer CROSS JOIN link AS own INDEXED BY link_bsuid ON own.number = ?1 AND own.bsuid = customer.id
            WHERE NOT EXISTS (SELECT 1 FROM link AS other WHERE other.number = ?1 AND other.phone = own.phone AND other.person <> own.person)
        )
        """;

    /// <summary>
    /// As <see cref="Members"/>, and <c>everyone</c> holds with the members those that were the same customer under other BSUIDs, which are <c>former</c>.
    /// </summary>
    public const string Everyone = Members + """
        ,
        person (id) AS (
            SELECT DISTINCT own.person FROM member CROSS JOIN rotated AS own ON own.number = ?1 AND own.bsuid = member.party
        ),
        former (party) AS (
            SELECT other.bsuid FROM person CROSS JOIN rotated AS other ON other.number = ?1 AND other.person = person.id
            UNION
            SELECT own.phone FROM person CROSS JOIN rotated AS other ON other.number = ?1 AND other.person = person.id
            CROSS JOIN link AS own INDEXED BY link_bsuid ON own.number = ?1 AND own.bsuid = other.bsuid
            WHERE NOT EXISTS (SELECT 1 FROM link AS third WHERE third.number = ?1 AND third.phone = own.phone AND third.person <> own.person)
            EXCEPT
            SELECT party FROM member
        ),
        everyone (party, former) AS (
            SELECT party, 0 FROM member
            UNION ALL
            SELECT party, 1 FROM former
        )
        """;

    /// <summary>Notes that a phone and a BSUID are one customer.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="number">The business number that knows it.</param>
    /// <param name="link">The phone and the BSUID.</param>
    /// <param name="other">Another customer of the same phone, when the phone had one until now and has two from now on; else null.</param>
    /// <returns>Whether it was not known.</returns>
    public static bool Add(SqliteSession session, PhoneNumberId number, IdentityLink link, out CustomerId? other)
    {
        other = null;
        var isNew = session.Execute(
            "INSERT INTO link (number, phone, bsuid, person) VALUES (?1, ?2, ?3, coalesce((SELECT person FROM rotated WHERE number = ?1 AND bsuid = "
            + "?3), ?3)) ON CONFLICT DO NOTHING",
            number.Value,
            link.Phone.Value,
            link.BusinessScopedId.Value) == 1;
        if (!isNew)
        {
            return false;
        }

        using var reader = session.Query(
            """
            SELECT min(other.bsuid) FROM link AS own JOIN link AS other ON other.number = own.number AND other.phone = own.phone AND other.bsuid <> own.bsuid
            WHERE own.number = ?1 AND own.phone = ?2 AND own.bsuid = ?3
            HAVING count(DISTINCT other.person) = 1 AND min(other.person) <> min(own.person)
            """,
            number.Value,
            link.Phone.Value,
            link.BusinessScopedId.Value);
        other = reader.Read() ? CustomerId.Parse(reader.GetString(0)) : null;
        return true;
    }

    /// <summary>Notes that a BSUID was replaced by another.</summary>
    public static void Add(SqliteSession session, PhoneNumberId number, IdentityRotation rotation)
    {
        var (previous, current) = (rotation.Previous.Value, rotation.Current.Value);
        if (previous == current)
        {
            return;
        }

        session.Execute(
            "INSERT INTO rotated (number, bsuid, person) VALUES (?1, ?2, ?2), (?1, ?3, ?3) ON CONFLICT DO NOTHING", number.Value, previous, current);
        session.Execute(
            """
            UPDATE rotated SET person = (SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?3)
            WHERE number = ?1 AND person = (SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?2)
            """,
            number.Value,
            previous,
            current);
        session.Execute(
            """
            UPDATE link SET person = (SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?2)
            WHERE number = ?1 AND bsuid IN (SELECT bsuid FROM rotated WHERE number = ?1 AND person = (SELECT person FROM rotated
                WHERE number = ?1 AND bsuid = ?2))
            """,
            number.Value,
            current);
    }

    /// <summary>A conversation and all that is the same customer, at other times too; a recycled phone alone.</summary>
    public static List<ConversationKey> ReadEveryone(SqliteSession session, ConversationKey conversation)
    {
        var everyone = new List<ConversationKey> { conversation };
        using var reader = session.Query(Everyone + " SELECT party FROM everyone WHERE party <> ?2", conversation.Number.Value, conversation.Party);
        while (reader.Read())
        {
            everyone.Add(ConversationKey.Restore(conversation.Number, reader.GetString(0)));
        }

        return everyone;
    }

    public static void Remove(SqliteSession session, ConversationKey member)
    {
        session.Execute("DELETE FROM link WHERE number = ?1 AND phone = ?2", member.Number.Value, member.Party);
        session.Execute("DELETE FROM link WHERE number = ?1 AND bsuid = ?2", member.Number.Value, member.Party);
        session.Execute("DELETE FROM rotated WHERE number = ?1 AND bsuid = ?2", member.Number.Value, member.Party);
    }
}
