using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>What the statuses have told of each message.</summary>
internal static class SqliteDeliveries
{
    /// <summary>Joins what a status tells.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="number">The business number.</param>
    /// <param name="message">The message.</param>
    /// <param name="delivery">What the status tells of it.</param>
    /// <param name="receivedAt">When the status was received.</param>
    /// <param name="party">Of a message that the history does not have, its customer, so that an erasure finds it; else null.</param>
    public static void Join(
        SqliteSession session, PhoneNumberId number, MessageId message, MessageDelivery delivery, Instant receivedAt, string? party)
    {
        var day = Retention.DayOf(receivedAt);
        foreach (var mark in delivery.Marks)
        {
            session.Execute(
                $"""
                INSERT INTO delivery AS d (number, message, status, at, party, day) VALUES (?1, ?2, ?3, ?4, ?5, max(?6, {SqliteTime.Today}))
                ON CONFLICT DO UPDATE SET at = min(d.at, excluded.at), party = coalesce(d.party, excluded.party)
                """,
                number.Value,
                message.Value,
                mark.Status.ToString(),
                mark.At.ToUnixTimeTicks(),
                party,
                day);
        }

        if (delivery.Failure is { } failure)
        {
            // Few statuses fail, so the law is asked instead of written again in SQL; the transaction holds the right to write.
            var known = MessageDelivery.Restore([], ReadFailure(session, number, message));
            Keep(session, number, message, MessageDelivery.Join(known, MessageDelivery.Restore([], failure)).Failure!, day, party);
        }
    }

    /// <inheritdoc cref="ISendStore.ReadDeliveriesAsync" />
    public static ValueTask<IReadOnlyList<MessageDelivery>> ReadAsync(
        SqliteDatabase database, PhoneNumberId number, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return database.ReadAsync<IReadOnlyList<MessageDelivery>>(
            session => [.. messages.Select(message => Read(session, number, message))], cancellationToken);
    }

    public static MessageDelivery Read(SqliteSession session, PhoneNumberId number, MessageId message)
    {
        var marks = new List<DeliveryMark>();
        using (var reader = session.Read("SELECT status, at FROM delivery WHERE number = ?1 AND message = ?2", number.Value, message.Value))
        {
            while (reader.Read())
            {
                marks.Add(new DeliveryMark(new DeliveryStatus(reader.GetString(0)), Instant.FromUnixTimeTicks(reader.GetInt64(1))));
            }
        }

        return marks.Count == 0 ? MessageDelivery.None : MessageDelivery.Restore(marks, ReadFailure(session, number, message));
    }

    /// <summary>Removes what is known of the messages of a conversation.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="logged">The messages of its history: their statuses are found by them alone.</param>
    /// <returns>The messages that the history does not have, whose statuses named the conversation.</returns>
    public static List<string> Remove(SqliteSession session, ConversationKey conversation, IReadOnlyList<string> logged)
    {
        var messages = new List<string>();
        using (var reader = session.Read(
            // Each goes by its own day, so an error may be left of a message whose statuses are forgotten.
            """
            SELECT message FROM delivery INDEXED BY delivery_party WHERE number = ?1 AND party = ?2
            UNION
            SELECT message FROM failure INDEXED BY failure_party WHERE number = ?1 AND party = ?2
            """,
            conversation.Number.Value,
            conversation.Party))
        {
            while (reader.Read())
            {
                messages.Add(reader.GetString(0));
            }
        }

        foreach (var message in messages.Concat(logged))
        {
            session.Execute("DELETE FROM delivery WHERE number = ?1 AND message = ?2", conversation.Number.Value, message);
            session.Execute("DELETE FROM failure WHERE number = ?1 AND message = ?2", conversation.Number.Value, message);
        }

        return messages;
    }

    private static DeliveryFailure? ReadFailure(SqliteSession session, PhoneNumberId number, MessageId message)
    {
        using var reader = session.Read(
            "SELECT at, code, subcode, type, text, details, user_title, user_text, trace_id, http_status, category FROM failure WHERE number = ?1 AND "
            + "message = ?2",
            number.Value,
            message.Value);
        if (!reader.Read())
        {
            return null;
        }

        var error = new GraphError
        {
            Code = reader.GetInt32(1),
            Subcode = reader.IsNull(2) ? null : reader.GetInt32(2),
            Type = reader.GetString(3),
            Message = reader.GetString(4),
            Details = reader.GetText(5),
            UserTitle = reader.GetText(6),
            UserMessage = reader.GetText(7),
            TraceId = reader.GetText(8),
            HttpStatus = reader.IsNull(9) ? null : reader.GetInt32(9),
            Category = (GraphErrorCategory)reader.GetInt32(10),
        };
        return new DeliveryFailure(Instant.FromUnixTimeTicks(reader.GetInt64(0)), error);
    }

    private static void Keep(SqliteSession session, PhoneNumberId number, MessageId message, DeliveryFailure failure, long day, string? party) =>
        session.Execute(
            $"""
            INSERT INTO failure AS f (
                number, message, at, code, subcode, type, text, details, user_title, user_text, trace_id, http_status, category, day, party)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, max(?14, {SqliteTime.Today}), ?15)
            ON CONFLICT DO UPDATE SET at = excluded.at, code = excluded.code, subcode = excluded.subcode, type = excluded.type, text = excluded.text,
                details = excluded.details, user_title = excluded.user_title, user_text = excluded.user_text, trace_id = excluded.trace_id,
                http_status = excluded.http_status, category = excluded.category,
                party = coalesce(f.party, excluded.party)
            """,
            number.Value,
            message.Value,
            failure.At.ToUnixTimeTicks(),
            failure.Error.Code,
            failure.Error.Subcode,
            failure.Error.Type,
            failure.Error.Message,
            failure.Error.Details,
            failure.Error.UserTitle,
            failure.Error.UserMessage,
            failure.Error.TraceId,
            failure.Error.HttpStatus,
            (int)failure.Error.Category,
            day,
            party);
}
