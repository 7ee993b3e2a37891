using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>What the events of the outbox say: written once and never changed. The JSON of a customer's message stands in the history alone.</summary>
internal static class SqliteOutboxEvents
{
    /// <summary>What <see cref="Read(SqliteRows, int)"/> reads of <see cref="Tables"/>.</summary>
    public const string Columns = """
        event.key, o.lane, event.field, o.number, event.account, coalesce(event.party, l.party), event.link_phone, event.link_bsuid, event.timestamp,
            event.received_at, event.opens_window, coalesce(event.message, l.message), coalesce(event.raw, l.json), event.contact, event.due_at, o.alert,
            o.parties
        """;

    /// <summary>The rows of the outbox with what they say.</summary>
    public const string Tables = "outbox AS o CROSS JOIN outbox_event AS event ON event.position = o.position LEFT JOIN log AS l ON l.arrival = event.arrival";

    /// <summary>Writes what the event says that was put into the outbox last.</summary>
    /// <param name="session">The session.</param>
    /// <param name="stored">The event.</param>
    /// <param name="key">Its key.</param>
    /// <param name="json">Its JSON.</param>
    /// <param name="arrival">Where the history has it for as long as it waits; null for nowhere.</param>
    public static void Add(SqliteSession session, StoredEvent stored, byte[] key, byte[] json, long? arrival) =>
        session.Execute(
            """
            INSERT INTO outbox_event (
                position, key, field, account, arrival, party, message, link_phone, link_bsuid, timestamp, received_at, opens_window, due_at, contact, raw)
            VALUES (last_insert_rowid(), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """,
            key,
            stored.Field,
            stored.Account?.Value,
            arrival,
            arrival is null ? stored.Conversation?.Party : null,
            arrival is null ? stored.Message?.Value : null,
            stored.Link?.Phone.Value,
            stored.Link?.BusinessScopedId.Value,
            stored.Timestamp.ToUnixTimeTicks(),
            stored.ReceivedAt.ToUnixTimeTicks(),
            stored.OpensWindow,
            stored.DueAt?.ToUnixTimeTicks(),
            stored.Contact.ToBlob(),
            arrival is null ? json : null);

    public static void Remove(SqliteSession session, long position) => session.Execute("DELETE FROM outbox_event WHERE position = ?1", position);

    /// <summary>Makes an event of <see cref="Columns"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The first of them.</param>
    public static StoredEvent Read(SqliteRows row, int column)
    {
        PhoneNumberId? number = row.GetText(column + 3) is { } numberText ? PhoneNumberId.Parse(numberText) : null;
        return new StoredEvent
        {
            Key = EventKey.FromBytes(row.GetBytes(column)),
            Lane = (EventLane)row.GetInt32(column + 1),
            Field = row.GetString(column + 2),
            Number = number,
            Account = row.GetText(column + 4) is { } account ? BusinessAccountId.Parse(account) : null,
            Conversation = row.GetText(column + 5) is { } party ? ConversationKey.Restore(number!.Value, party) : null,
            Link = row.GetText(column + 6) is { } phone ? new IdentityLink(CustomerId.Parse(phone), CustomerId.Parse(row.GetString(column + 7))) : null,
            Timestamp = Instant.FromUnixTimeTicks(row.GetInt64(column + 8)),
            ReceivedAt = Instant.FromUnixTimeTicks(row.GetInt64(column + 9)),
            OpensWindow = row.GetBoolean(column + 10),
            Message = row.GetMessageId(column + 11),
            Raw = row.GetBytes(column + 12).ToArray(),
            Contact = row.GetBytes(column + 13).ToArray(),
            DueAt = row.GetTicks(column + 14),
            Facts = ReadFacts((EventLane)row.GetInt32(column + 1), row.GetString(column + 15), row.GetText(column + 16)),
        };
    }

    // Of a turn it is the handler, which the field is too.
    private static EventFacts? ReadFacts(EventLane lane, string alert, string? parties) => (alert.Length == 0 && parties is null) || lane == EventLane.Turn
        ? null
        : new EventFacts { Alert = alert.Length == 0 ? null : PlannedAlert.Parse(alert), Parties = parties?.Split('\n') ?? [] };
}
