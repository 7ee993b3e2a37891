using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Keeps a batch.</summary>
internal static class SqliteIngest
{
    /// <param name="session">The session that writes.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="plan">What can be said of it before the file is asked.</param>
    /// <param name="words">The <see cref="QuarantineWords"/> of its quarantined payload; none without one.</param>
    public static IngestResult Keep(SqliteSession session, IngestBatch batch, IngestPlan plan, IReadOnlyCollection<string> words)
    {
        int fresh = 0, erased = 0, dispatched = 0, position = -1;
        List<int>? repeated = null;
        var (anyTombstone, anyHeld, anyUnheard, firstCheck) = SqliteRetention.Prepare(session, batch);
        var tombstones = anyTombstone ? new SqliteTombstones(session) : null;
        foreach (var (number, since, account) in plan.Numbers)
        {
            SqliteNumbers.Note(session, number, since, account);
        }

        EventLanes? othersTake = null;
        foreach (var stored in plan.Events)
        {
            position++;
            if (tombstones?.Covers(stored) == true)
            {
                erased++;
                continue;
            }

            // The copy of a send of ours tells nothing new.
            var isOwn = IngestPlan.IsCopy(stored) && SqliteLog.IsOwn(session, stored);
            if (stored.Facts is { } facts && !isOwn)
            {
                Join(session, stored, facts, anyUnheard);
            }

            var key = stored.Key.ToBlob();
            if (!SqliteSeen.Add(session, key, stored.ReceivedAt))
            {
                (repeated ??= []).Add(position);
                continue;
            }

            fresh++;
            var json = stored.Raw.ToBlob();
            Keep(session, stored, isOwn ? null : json, firstCheck, anyHeld);
            if (plan.Queues(stored) || plan.Queues(stored, othersTake ??= SqliteLanes.Read(session, batch.ReceivedAt)))
            {
                dispatched++;
                SqliteOutbox.Add(session, stored, key, json);
            }
        }

        if (plan.Quarantined is { } payload)
        {
            SqliteQuarantine.Add(session, payload, words);
        }

        return new IngestResult(fresh, repeated?.Count ?? 0, erased, dispatched) { Repeated = repeated ?? [] };
    }

    /// <param name="session">The session that writes.</param>
    /// <param name="stored">The event.</param>
    /// <param name="json">Its JSON for the history; null for a copy of what is there.</param>
    /// <param name="firstCheck">How long after it the first alert is due that is planned.</param>
    /// <param name="anyHeld">Whether a message is held.</param>
    private static void Keep(SqliteSession session, StoredEvent stored, byte[]? json, Duration? firstCheck, bool anyHeld)
    {
        ConversationKey? joined = null;
        if (stored.Number is { } number && IngestPlan.LinkOf(stored) is { } link && Join(session, number, link, stored.ReceivedAt))
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

    private static void Keep(SqliteSession session, StoredEvent stored, ConversationKey conversation, byte[]? json, Duration? firstCheck, bool anyHeld)
    {
        if (IngestPlan.WindowOf(stored) is { } at)
        {
            SqliteConversations.Raise(session, conversation, at, IngestPlan.FirstCheckOf(stored, firstCheck));
            if (anyHeld)
            {
                SqliteHeld.Release(session, conversation, at);
            }
        }

        if (json is not null && IngestPlan.IsLogged(stored))
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
            SqliteOutbox.Enqueue(session, IdentityConflict.ToEvent(number, link.Phone, known, link.BusinessScopedId, receivedAt));
        }

        return isNew;
    }

    private static void Join(SqliteSession session, StoredEvent stored, EventFacts facts, bool anyUnheard)
    {
        if (stored is { Number: { } number, Message: { } message } && facts.Delivery is { } delivery)
        {
            SqliteDeliveries.Join(session, number, message, delivery, stored);
            if (facts.Intent is { } intent)
            {
                SqliteSends.Prove(session, intent, message);
                if (anyUnheard)
                {
                    SqliteFallbacks.Hear(session, intent, message);
                }

                if (delivery.IsFailed)
                {
                    SqliteConversations.NoteFailedAnswer(session, intent);
                }
            }
        }

        if (stored.Conversation is { } conversation && facts.State != default)
        {
            SqliteConversations.Join(session, conversation, facts.State);
        }

        if (stored.Number is { } of && IngestPlan.RotationOf(stored) is { } rotation)
        {
            SqliteIdentities.Add(session, of, rotation);
        }

        if (stored.Account is { } account && facts.Restriction is { } restriction)
        {
            SqliteNumbers.Join(session, account, restriction);
        }
    }
}
