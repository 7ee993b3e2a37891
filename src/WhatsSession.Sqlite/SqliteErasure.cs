using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Removes a conversation from everywhere and leaves its tombstones. What names a customer is found by index: it holds the right to write.</summary>
internal static class SqliteErasure
{
    // Everything that is kept by number and party alone, or hangs on it.
    private static readonly string[] Deletions =
    [
        "DELETE FROM turn_message WHERE turn IN (SELECT id FROM turn WHERE number = ?1 AND party = ?2)",
        "DELETE FROM turn WHERE number = ?1 AND party = ?2",
        "DELETE FROM idempotency WHERE number = ?1 AND party = ?2",
        "DELETE FROM held WHERE number = ?1 AND party = ?2",
        "DELETE FROM sequence_run WHERE number = ?1 AND party = ?2",
        "DELETE FROM log_content WHERE arrival IN (SELECT arrival FROM log WHERE number = ?1 AND party = ?2)",
        "DELETE FROM log WHERE number = ?1 AND party = ?2",
        "DELETE FROM conversation WHERE number = ?1 AND party = ?2",
        "DELETE FROM fallback WHERE number = ?1 AND party = ?2",
    ];

    public static void Erase(SqliteSession session, ConversationKey conversation, Instant at)
    {
        var tombstones = new SqliteTombstones(session);
        var scope = new ErasureScope(conversation, SqliteIdentities.ReadErased(session, conversation));
        var erased = new List<(PhoneNumberId Number, string Id)>();

        // Before the history, which has a part of what waits.
        SqliteOutbox.Remove(session, scope);
        foreach (var member in scope.Members)
        {
            erased.Add((member.Number, member.Party));
            var logged = SqliteLog.ReadIds(session, member);
            foreach (var id in logged.Concat(SqliteDeliveries.Remove(session, member, logged)))
            {
                erased.Add((member.Number, id));
            }

            foreach (var deletion in Deletions)
            {
                session.Execute(deletion, member.Number.Value, member.Party);
            }

            SqliteIdentities.Remove(session, member);
            SqliteQuarantine.Remove(session, member);
        }

        // Last: what was removed has made room for them, should the file be full.
        foreach (var (number, id) in erased)
        {
            tombstones.Add(number, id, at);
        }
    }
}
