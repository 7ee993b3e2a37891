using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The payloads that could not be read to their end.</summary>
internal static class SqliteQuarantine
{
    /// <summary>Keeps a payload, once however often it is delivered.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="words">Its <see cref="QuarantineWords"/>.</param>
    public static void Add(SqliteSession session, QuarantinedPayload payload, IReadOnlyCollection<string> words)
    {
        var key = payload.Key.ToBlob();
        var isNew = session.Execute(
            "INSERT INTO quarantine (key, received_at, reason, payload) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            key,
            payload.ReceivedAt.ToUnixTimeTicks(),
            payload.Reason,
            payload.Payload.ToBlob()) == 1;
        if (isNew)
        {
            foreach (var word in words)
            {
                session.Execute("INSERT INTO quarantined_word (word, key) VALUES (?1, ?2)", word, key);
            }
        }
    }

    public static IReadOnlyList<QuarantinedPayload> List(SqliteSession session, QuarantinedPayload? after, int limit) =>
        ListPage.Of(Read(session, after, limit), limit, static payload => payload.Payload.Length);

    /// <summary>Removes the payloads that name a customer or a group.</summary>
    public static void Remove(SqliteSession session, ConversationKey conversation)
    {
        foreach (var word in QuarantineWords.For(conversation))
        {
            foreach (var key in ReadKeys(session, word))
            {
                if (Read(session, key)?.Names(conversation) == true)
                {
                    Remove(session, key);
                }
            }
        }
    }

    public static bool Remove(SqliteSession session, EventKey key) => Remove(session, key.ToBlob());

    private static bool Remove(SqliteSession session, byte[] key)
    {
        session.Execute("DELETE FROM quarantined_word WHERE key = ?1", key);
        return session.Execute("DELETE FROM quarantine WHERE key = ?1", key) == 1;
    }

    private static List<byte[]> ReadKeys(SqliteSession session, string word)
    {
        var keys = new List<byte[]>();
        using var reader = session.Read("SELECT key FROM quarantined_word WHERE word = ?1", word);
        while (reader.Read())
        {
            keys.Add(reader.GetBytes(0).ToArray());
        }

        return keys;
    }

    /// <summary>Row by row, so that what is not listed is not loaded.</summary>
    private static IEnumerable<QuarantinedPayload> Read(SqliteSession session, QuarantinedPayload? after, int limit)
    {
        using var reader = session.Read(
            "SELECT key, received_at, reason, payload FROM quarantine INDEXED BY quarantine_received_at WHERE (received_at, key) > (?1, ?2) "
            + "ORDER BY received_at, key LIMIT ?3 + 0",
            after?.ReceivedAt.ToUnixTimeTicks() ?? long.MinValue,
            after?.Key.ToBlob() ?? [],
            Math.Max(limit, 0));
        while (reader.Read())
        {
            yield return Restore(reader);
        }
    }

    private static QuarantinedPayload? Read(SqliteSession session, byte[] key)
    {
        using var reader = session.Read("SELECT key, received_at, reason, payload FROM quarantine WHERE key = ?1", key);
        return reader.Read() ? Restore(reader) : null;
    }

    private static QuarantinedPayload Restore(SqliteRows reader) => new()
    {
        Key = EventKey.FromBytes(reader.GetBytes(0).ToArray()),
        ReceivedAt = Instant.FromUnixTimeTicks(reader.GetInt64(1)),
        Reason = reader.GetString(2),
        Payload = reader.GetBytes(3).ToArray(),
    };
}
