using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// Which identifiers are the same customer at a business number: grow-only sets of links between phones and BSUIDs, of BSUIDs that were replaced by others,
/// and of canonical forms of dialled phones. See <see cref="IdentityRules"/>.
/// BSUIDs that are joined by replacements carry one <c>person</c>, any one of them; every link repeats it.
/// </summary>
internal static class SqliteIdentities
{
    // CROSS JOIN and INDEXED BY hold the planner to the few rows of one customer: left alone, it walks all links of the number.
    /// <summary>
    /// The head of a query of ?1, a number, and ?2, a party: <c>everyone</c> holds the party, by its canonical form, and those that are the same customer,
    /// at other times too. A phone of several customers was recycled and stands alone; then <c>hidden</c> has one row, the second up to which
    /// everything is hidden.
    /// </summary>
    public const string Everyone = """
        WITH asked (party) AS (
            SELECT coalesce((SELECT canonical FROM form WHERE number = ?1 AND dialled = ?2), ?2)
        ),
        owner (person) AS (
            SELECT min(own.person) FROM asked CROSS JOIN link AS own ON own.number = ?1 AND own.phone = asked.party
            HAVING min(own.person) = max(own.person)
            UNION ALL
            SELECT coalesce((SELECT person FROM rotated WHERE number = ?1 AND bsuid = asked.party), asked.party) FROM asked
            WHERE asked.party NOT GLOB '[0-9]*'
        ),
        member (party) AS (
            SELECT party FROM asked
            UNION
            SELECT person FROM owner
            UNION
            SELECT other.bsuid FROM owner CROSS JOIN rotated AS other ON other.number = ?1 AND other.person = owner.person
            UNION
            SELECT own.phone FROM owner CROSS JOIN link AS own INDEXED BY link_person ON own.number = ?1 AND own.person = owner.person
            WHERE NOT EXISTS (SELECT 1 FROM link AS other WHERE other.number = ?1 AND other.phone = own.phone AND other.person <> own.person)
        ),
        everyone (party) AS (
            SELECT party FROM member
            UNION ALL
            SELECT form.dialled FROM member CROSS JOIN form ON form.number = ?1 AND form.canonical = member.party
        ),
        hidden (until) AS (
            SELECT max(own.at) FROM asked CROSS JOIN link AS own ON own.number = ?1 AND own.phone = asked.party
            HAVING min(own.person) <> max(own.person)
        )
        """;

    /// <summary>What is known of a phone and a BSUID before they are noted as seen together.</summary>
    /// <returns>The earliest second at which they were; null when they never were. And the form that the phone stands for; null for none.</returns>
    public static (long? At, string? Form) FindLink(SqliteSession session, PhoneNumberId number, IdentityLink link)
    {
        using var reader = session.Read(
            """
            SELECT (SELECT at FROM link WHERE number = ?1 AND phone = ?2 AND bsuid = ?3), (SELECT canonical FROM form WHERE number = ?1 AND dialled = ?2)
            """,
            number.Value,
            link.Phone.Value,
            link.BusinessScopedId.Value);
        reader.Read();
        return (reader.IsNull(0) ? null : reader.GetInt64(0), reader.GetText(1));
    }

    /// <summary>Notes that a phone and a BSUID were seen together, or that they were earlier than was known.</summary>
    public static void Add(SqliteSession session, PhoneNumberId number, IdentityLink link, long at) =>
        session.Execute(
            """
            INSERT INTO link AS l (number, phone, bsuid, person, at)
            VALUES (?1, ?2, ?3, coalesce((SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?3), ?3), ?4)
            ON CONFLICT DO UPDATE SET at = min(l.at, excluded.at)
            """,
            number.Value,
            link.Phone.Value,
            link.BusinessScopedId.Value,
            at);

    /// <summary>What a link has met.</summary>
    /// <returns>
    /// How many other customers the phone has, and one of the user's own among its BSUIDs and one of another's; whether anything is known by the phone alone.
    /// </returns>
    public static (int Others, CustomerId? Other, bool IsPhoneKnown) FindMet(SqliteSession session, PhoneNumberId number, IdentityLink link)
    {
        using var reader = session.Read(
            """
            SELECT count(DISTINCT other.person), min(other.bsuid), EXISTS (SELECT 1 FROM conversation WHERE number = ?1 AND party = ?2)
                OR EXISTS (SELECT 1 FROM alias WHERE number = ?1 AND canonical = ?2) OR EXISTS (SELECT 1 FROM log WHERE number = ?1 AND party = ?2)
            FROM link AS own JOIN link AS other ON other.number = own.number AND other.phone = own.phone AND other.person <> own.person
            WHERE own.number = ?1 AND own.phone = ?2 AND own.bsuid = ?3
            """,
            number.Value,
            link.Phone.Value,
            link.BusinessScopedId.Value);
        reader.Read();
        return (reader.GetInt32(0), reader.GetText(1) is { } other ? CustomerId.Parse(other) : null, reader.GetBoolean(2));
    }

    /// <summary>Notes that a BSUID was replaced by another.</summary>
    /// <returns>Whether they were not known as one customer.</returns>
    public static bool Add(SqliteSession session, PhoneNumberId number, IdentityRotation rotation)
    {
        var (previous, current) = (rotation.Previous.Value, rotation.Current.Value);
        if (previous == current)
        {
            return false;
        }

        session.Execute(
            "INSERT INTO rotated (number, bsuid, person) VALUES (?1, ?2, ?2), (?1, ?3, ?3) ON CONFLICT DO NOTHING", number.Value, previous, current);
        var isNew = session.Execute(
            """
            UPDATE rotated SET person = (SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?3)
            WHERE number = ?1 AND person = (SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?2)
            AND person <> (SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?3)
            """,
            number.Value,
            previous,
            current) > 0;
        if (isNew)
        {
            session.Execute(
                """
                UPDATE link SET person = (SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?2)
                WHERE number = ?1 AND person IN (SELECT bsuid FROM rotated WHERE number = ?1 AND person = (SELECT person FROM rotated
                    WHERE number = ?1 AND bsuid = ?2))
                """,
                number.Value,
                current);
        }

        return isNew;
    }

    /// <summary>Notes the canonical form of a dialled number.</summary>
    public static void Add(SqliteSession session, PhoneNumberId number, IdentityAlias alias) =>
        session.Execute(
            "INSERT INTO alias (number, dialled, canonical) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            number.Value,
            alias.Dialled.Value,
            alias.Canonical.Value);

    /// <summary>Whether an alias is known: those of most answers are.</summary>
    public static bool Knows(SqliteSession session, PhoneNumberId number, IdentityAlias alias) =>
        session.Exists(
            "SELECT 1 FROM alias WHERE number = ?1 AND dialled = ?2 AND canonical = ?3", number.Value, alias.Dialled.Value, alias.Canonical.Value);

    /// <summary>The form that a phone stands for; null when it stands alone.</summary>
    public static string? FindForm(SqliteSession session, PhoneNumberId number, string phone) =>
        FindText(session, "SELECT canonical FROM form WHERE number = ?1 AND dialled = ?2", number, phone).FirstOrDefault();

    /// <summary>Whether any form was named for a number, so that it stands alone for a reason.</summary>
    public static bool HasForm(SqliteSession session, PhoneNumberId number, string dialled) =>
        session.Exists("SELECT 1 FROM alias WHERE number = ?1 AND dialled = ?2", number.Value, dialled);

    /// <summary>The customers of a phone, by their BSUIDs.</summary>
    public static List<string> FindUsers(SqliteSession session, PhoneNumberId number, string phone) =>
        FindText(session, "SELECT bsuid FROM link WHERE number = ?1 AND phone = ?2", number, phone);

    /// <summary>
    /// What an erasure of a conversation covers: everyone, and the phones that the customer shares with others, and what was dialled for any of the phones,
    /// unless Meta named it as a phone of its own.
    /// </summary>
    public static List<ConversationKey> ReadErased(SqliteSession session, ConversationKey conversation) =>
        FindText(
            session,
            Everyone + """
            ,
            erased (party) AS (
                SELECT party FROM everyone
                UNION
                SELECT own.phone FROM owner CROSS JOIN link AS own INDEXED BY link_person ON own.number = ?1 AND own.person = owner.person
            )
            SELECT party FROM erased
            UNION
            SELECT a.dialled FROM erased CROSS JOIN alias AS a ON a.number = ?1 AND a.canonical = erased.party
            WHERE NOT EXISTS (SELECT 1 FROM alias AS o WHERE o.number = ?1 AND o.canonical = a.dialled)
            AND NOT EXISTS (SELECT 1 FROM link AS o WHERE o.number = ?1 AND o.phone = a.dialled)
            AND NOT EXISTS (SELECT 1 FROM conversation AS o WHERE o.number = ?1 AND o.party = a.dialled AND o.sender = 1)
            """,
            conversation.Number,
            conversation.Party).ConvertAll(party => ConversationKey.Restore(conversation.Number, party));

    public static void Remove(SqliteSession session, ConversationKey member)
    {
        var (number, party) = (member.Number.Value, member.Party);
        session.Execute("DELETE FROM link WHERE number = ?1 AND phone = ?2", number, party);
        session.Execute(
            """
            DELETE FROM link WHERE number = ?1 AND bsuid = ?2
            AND person = coalesce((SELECT person FROM rotated WHERE number = ?1 AND bsuid = ?2), ?2)
            """,
            number,
            party);
        session.Execute("DELETE FROM rotated WHERE number = ?1 AND bsuid = ?2", number, party);
        session.Execute("DELETE FROM alias WHERE number = ?1 AND dialled = ?2", number, party);
        session.Execute("DELETE FROM alias WHERE number = ?1 AND canonical = ?2", number, party);
    }

    private static List<string> FindText(SqliteSession session, string sql, PhoneNumberId number, string party)
    {
        var found = new List<string>();
        using var reader = session.Read(sql, number.Value, party);
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
