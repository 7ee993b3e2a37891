using System.Text;
using NodaTime;

namespace WhatsSession;

/// <summary>The payloads that could not be read to their end.</summary>
internal static class SqliteQuarantine
{
    /// <summary>Keeps a payload, once however often it is delivered.</summary>
    public static void Add(SqliteSession session, QuarantinedPayload payload) =>
        session.Execute(
            "INSERT INTO quarantine (key, received_at, reason, payload) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            payload.Key.ToBlob(),
            payload.ReceivedAt.ToUnixTimeTicks(),
            payload.Reason,
            payload.Payload.ToBlob());

    public static IReadOnlyList<QuarantinedPayload> List(SqliteSession session, int limit, string part = "")
    {
        var payloads = new List<QuarantinedPayload>();
        using var reader = session.Query(
            "SELECT key, received_at, reason, payload FROM quarantine WHERE instr(payload, ?2) > 0 ORDER BY received_at, rowid LIMIT ?1",
            Math.Max(limit, 0), Encoding.UTF8.GetBytes(part));
        while (reader.Read())
        {
            payloads.Add(new QuarantinedPayload
            {
                Key = EventKey.FromBytes(reader.GetFieldValue<byte[]>(0)),
                ReceivedAt = Instant.FromUnixTimeTicks(reader.GetInt64(1)),
                Reason = reader.GetString(2),
                Payload = reader.GetFieldValue<byte[]>(3),
            });
        }

        return payloads;
    }

    /// <summary>Removes the payloads that name a customer or a group.</summary>
    public static void Remove(SqliteSession session, ConversationKey conversation)
    {
        foreach (var payload in List(session, int.MaxValue, conversation.Customer?.Value ?? conversation.Group?.Value ?? conversation.Party))
        {
            if (payload.Names(conversation))
            {
                Remove(session, payload.Key);
            }
        }
    }

    public static bool Remove(SqliteSession session, EventKey key) => session.Execute("DELETE FROM quarantine WHERE key = ?1", key.ToBlob()) == 1;
}
