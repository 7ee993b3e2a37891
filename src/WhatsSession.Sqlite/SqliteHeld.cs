using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The messages that wait for their customers to write.</summary>
internal static class SqliteHeld
{
    /// <inheritdoc cref="IHeldMessageStore.HoldAsync" />
    public static ValueTask<bool> HoldAsync(SqliteDatabase database, HeldMessage held, Instant? seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        StoreArguments.ThrowIfUnfit(held.Intent);
        var (json, details) = (held.Intent.WriteContent(), held.Intent.WriteDetails());
        return database.WriteAsync(session => Hold(session, held, seen, json, details), cancellationToken);
    }

    /// <returns>False when the customer was erased since the message was refused.</returns>
    private static bool Hold(SqliteSession session, HeldMessage held, Instant? seen, byte[] json, byte[] details)
    {
        var conversation = held.Intent.Conversation;
        if (SqliteTombstones.Any(session) && new SqliteTombstones(session).Find(conversation.Number, conversation.Party) >= held.RefusedAt)
        {
            return false;
        }

        session.Execute(
            """
            INSERT INTO held (intent, number, party, created_at, evidence, json, details, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT DO UPDATE SET number = excluded.number, party = excluded.party, created_at = excluded.created_at, evidence = excluded.evidence,
                json = excluded.json, details = excluded.details, expires_at = excluded.expires_at
            """,
            held.Id.ToString(),
            conversation.Number.Value,
            conversation.Party,
            held.Intent.CreatedAt.ToUnixTimeTicks(),
            held.Intent.Evidence?.ToUnixTimeSeconds(),
            json,
            details,
            held.ExpiresAt.ToUnixTimeTicks());
        SqliteOutbox.Enqueue(session, held.ToExpiry());
        if (held.ToReleaseAtOnce(SqliteConversations.Read(session, conversation).State, seen) is { } release)
        {
            SqliteOutbox.Enqueue(session, release);
        }

        return true;
    }

    /// <summary>
    /// What is held for a customer under whatever identifier, oldest first. What was held for a recycled phone before it was known as the new customer's
    /// is not to reach that one.
    /// </summary>
    public static IReadOnlyList<HeldMessage> List(SqliteSession session, ConversationKey conversation, HeldMessage? after, int limit)
    {
        using var reader = session.Read(
            SqliteIdentities.Everyone + """

            SELECT intent, number, party, created_at, evidence, json, details, expires_at FROM held INDEXED BY held_conversation
            WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND (created_at, intent) > (?3, ?4)
            AND NOT EXISTS (SELECT 1 FROM hidden WHERE created_at <= until * 10000000) ORDER BY created_at, intent LIMIT ?5 + 0
            """,
            conversation.Number.Value,
            conversation.Party,
            after?.Intent.CreatedAt.ToUnixTimeTicks() ?? long.MinValue,
            after?.Id.ToString() ?? "",
            Math.Max(limit, 0));
        return ReadAll(reader);
    }

    /// <summary>Puts the release of what is held for a customer into the outbox, in the order in which it was held.</summary>
    public static void Release(SqliteSession session, ConversationKey conversation, Instant inbound)
    {
        List<HeldMessage> released;
        using (var reader = session.Read(
            SqliteIdentities.Everyone + """

            SELECT intent, number, party, created_at, evidence, json, details, expires_at FROM held
            WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND NOT EXISTS (SELECT 1 FROM hidden WHERE created_at <= until * 10000000)
            ORDER BY created_at, rowid
            """,
            conversation.Number.Value,
            conversation.Party))
        {
            released = ReadAll(reader);
        }

        foreach (var held in released)
        {
            SqliteOutbox.Enqueue(session, held.ToRelease(inbound));
        }
    }

    public static HeldMessage? Find(SqliteSession session, IntentId id)
    {
        using var reader = session.Read(
            "SELECT intent, number, party, created_at, evidence, json, details, expires_at FROM held WHERE intent = ?1", id.ToString());
        return reader.Read() ? Restore(reader) : null;
    }

    public static bool Contains(SqliteSession session, IntentId id) => session.Exists("SELECT 1 FROM held WHERE intent = ?1", id.ToString());

    /// <summary>Takes out what no send has taken up.</summary>
    public static bool Cancel(SqliteSession session, ConversationKey conversation, IntentId id) =>
        session.Execute(
            SqliteIdentities.Everyone + """

            DELETE FROM held WHERE intent = ?3 AND number = ?1 AND party IN (SELECT party FROM everyone)
            AND NOT EXISTS (SELECT 1 FROM hidden WHERE created_at <= until * 10000000)
            AND NOT EXISTS (SELECT 1 FROM log WHERE log.intent = held.intent AND log.state <> ?4)
            """,
            conversation.Number.Value,
            conversation.Party,
            id.ToString(),
            (int)IntentState.Failed) == 1;

    public static HeldMessage? Take(SqliteSession session, IntentId id)
    {
        using var reader = session.Read(
            "DELETE FROM held WHERE intent = ?1 RETURNING intent, number, party, created_at, evidence, json, details, expires_at", id.ToString());
        return reader.Read() ? Restore(reader) : null;
    }

    private static List<HeldMessage> ReadAll(SqliteRows reader)
    {
        var held = new List<HeldMessage>();
        while (reader.Read())
        {
            held.Add(Restore(reader));
        }

        return held;
    }

    private static HeldMessage Restore(SqliteRows reader) => new()
    {
        Intent = SqliteSends.Restore(reader, IntentId.Parse(reader.GetString(0)), column: 1),
        ExpiresAt = Instant.FromUnixTimeTicks(reader.GetInt64(7)),
    };
}
