using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Keeps a batch.</summary>
internal static class SqliteIngest
{
    public static IngestResult Keep(SqliteSession session, IngestBatch batch)
    {
        int fresh = 0, erased = 0, dispatched = 0;
        var (anyTombstone, anyHeld, firstCheck) = SqliteRetention.Prepare(session, batch);
        var tombstones = anyTombstone ? new SqliteTombstones(session) : null;
        foreach (var group in batch.Events.Where(static stored => stored.Number is not null).GroupBy(static stored => stored.Number!.Value))
        {
            SqliteNumbers.Note(session, group.Key, group.Min(static stored => stored.ReceivedAt), group.LastOrDefault(static stored => stored.Account is not null)?.Account);
        }

        EventLanes? othersTake = null;
        foreach (var stored in batch.Events)
        {
            if (tombstones?.Covers(stored) == true)
            {
                erased++;
                continue;
            }

            if (stored.Facts is { } facts)
            {
                Join(session, stored, facts);
            }

            var key = stored.Key.ToBlob();
            if (!SqliteSeen.Add(session, key, stored.ReceivedAt))
            {
                continue;
            }

            fresh++;
            var json = stored.Raw.ToBlob();
            Keep(session, stored, json, firstCheck, anyHeld);
            if (stored.Dispatches && (stored.ConcernsSdk || batch.Lanes.Contains(stored.Lane) || (othersTake ??= SqliteLanes.Read(session, batch.ReceivedAt)).Contains(stored.Lane)))
            {
                dispatched++;
                SqliteOutbox.Add(session, stored, key, json);
            }
        }

        if (!batch.Quarantined.IsEmpty)
        {
            SqliteQuarantine.Add(session, batch);
        }

        return new IngestResult(fresh, batch.Events.Count - fresh - erased, erased, dispatched);
    }

    private static void Keep(SqliteSession session, StoredEvent stored, byte[] json, Duration? firstCheck, bool anyHeld)
    {
        ConversationKey? joined = null;
        if (stored is { Number: { } number, Link: { Phone.IsPhone: true, BusinessScopedId.IsBusinessScoped: true } link } && Join(session, number, link, stored.ReceivedAt))
        {
            joined = new ConversationKey(number, link.BusinessScopedId);
        }

        if (stored.Conversation is { } conversation)
        {
            Keep(session, stored, conversation, json, firstCheck, anyHeld);
        }

        // The customer may have answered under the one identifier before it was known that the message is held for the other.
        if (joined is { } customer && anyHeld && SqliteConversations.Read(session, customer).State.LastInbound is { } inbound)
        {
            SqliteHeld.Release(session, customer, inbound);
        }
    }

    private static void Keep(SqliteSession session, StoredEvent stored, ConversationKey conversation, byte[] json, Duration? firstCheck, bool anyHeld)
    {
        if (stored.OpensWindow)
        {
            var at = Instant.FromUnixTimeSeconds(stored.Timestamp.ToUnixTimeSeconds());
            SqliteConversations.Raise(session, conversation, at, stored.Dispatches ? at + firstCheck : null);
            if (anyHeld)
            {
                SqliteHeld.Release(session, conversation, at);
            }
        }

        if (stored.Lane == EventLane.Live)
        {
            SqliteLog.Add(session, conversation, stored, json);
        }
    }

    /// <returns>Whether it was not known.</returns>
    private static bool Join(SqliteSession session, PhoneNumberId number, IdentityLink link, Instant receivedAt)
    {
        var isNew = SqliteIdentities.Add(session, number, link, out var other);
        if (other is { } known)
        {
            var (first, second) = string.CompareOrdinal(known.Value, link.BusinessScopedId.Value) < 0 ? (known, link.BusinessScopedId) : (link.BusinessScopedId, known);
            SqliteOutbox.Enqueue(session, IdentityConflict.ToEvent(number, link.Phone, first, second, receivedAt));
        }

        return isNew;
    }

    private static void Join(SqliteSession session, StoredEvent stored, EventFacts facts)
    {
        if (stored is { Number: { } number, Message: { } message } && facts.Delivery is { } delivery)
        {
            SqliteDeliveries.Join(session, number, message, delivery, stored);
            if (facts.Intent is { } intent)
            {
                SqliteSends.Prove(session, intent, message);
            }
        }

        if (stored.Conversation is { } conversation && facts.State != default)
        {
            SqliteConversations.Join(session, conversation, facts.State);
        }

        if (stored.Number is { } of && facts.Rotation is { Previous.IsBusinessScoped: true, Current.IsBusinessScoped: true } rotation)
        {
            SqliteIdentities.Add(session, of, rotation);
        }

        if (stored.Account is { } account && facts.Restriction is { } restriction)
        {
            SqliteNumbers.Join(session, account, restriction);
        }
    }
}
