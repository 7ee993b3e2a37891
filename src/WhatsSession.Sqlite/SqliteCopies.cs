using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The copies of messages that the business sent in another way: lines of the history. One that turns out to be of a send of the store's own counts for
/// nothing, whichever of the two became known first.
/// </summary>
internal static class SqliteCopies
{
    /// <summary>What the column <c>copy</c> has for a copy that counts as no answer.</summary>
    public const int Kept = 1;

    /// <summary>What it has for one that counts as an answer.</summary>
    public const int Answers = 2;

    public static bool Any(SqliteSession session) => session.Exists("SELECT 1 FROM log WHERE copy IS NOT NULL LIMIT 1");

    /// <summary>Looks whether the copy of a message is of a send, after more became known of sends.</summary>
    public static void LookAgain(SqliteSession session, PhoneNumberId number, MessageId message)
    {
        TakeBackOwn(session, number, Read(session.Read(
            "SELECT arrival, party, at, copy, message FROM log WHERE number = ?1 AND message = ?2 AND copy IS NOT NULL", number.Value, message.Value)));
    }

    /// <summary>Looks whether copies of a customer's conversation are of sends, after more became known of the customer's identifiers.</summary>
    public static void LookAgain(SqliteSession session, ConversationKey conversation, Instant now)
    {
        if (!Any(session))
        {
            return;
        }

        TakeBackOwn(session, conversation.Number, Read(session.Read(
            SqliteIdentities.Everyone + """

            SELECT arrival, party, at, copy, message FROM log INDEXED BY log_conversation
            WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND at >= ?3 AND copy IS NOT NULL
            """,
            conversation.Number.Value,
            conversation.Party,
            Retention.Since(now).ToUnixTimeSeconds())));
    }

    private static List<(long Arrival, string Party, long At, bool Answers, MessageId? Message)> Read(SqliteRows found)
    {
        using var reader = found;
        var copies = new List<(long, string, long, bool, MessageId?)>();
        while (reader.Read())
        {
            copies.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3) == Answers, reader.GetMessageId(4)));
        }

        return copies;
    }

    private static void TakeBackOwn(
        SqliteSession session, PhoneNumberId number, List<(long Arrival, string Party, long At, bool Answers, MessageId? Message)> copies)
    {
        foreach (var (arrival, party, at, answers, message) in copies)
        {
            if (message is not { } id || !SqliteLog.IsOwn(session, ConversationKey.Restore(number, party), Instant.FromUnixTimeSeconds(at), id))
            {
                continue;
            }

            session.Execute("DELETE FROM log WHERE arrival = ?1", arrival);
            if (answers)
            {
                session.Execute(
                    """
                    UPDATE conversation SET echoed = (SELECT max(at) FROM log INDEXED BY log_conversation WHERE number = ?1 AND party = ?2 AND copy = ?4)
                    WHERE number = ?1 AND party = ?2 AND echoed = ?3
                    """,
                    number.Value,
                    party,
                    at,
                    Answers);
            }
        }
    }
}
