using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Keeps a batch.</summary>
internal static class InMemoryIngest
{
    public static IngestResult Keep(InMemoryState state, IngestBatch batch, IngestPlan plan)
    {
        int fresh = 0, erased = 0, dispatched = 0, position = -1;
        List<int>? repeated = null;
        state.Inbox.ThrowIfFull(plan);
        state.Forget(batch.ReceivedAt);
        var outbox = state.Inbox.Outbox;
        var firstCheck = state.Alerts.LeastDelay(batch.Alerts, batch.ReceivedAt);
        foreach (var stored in plan.Events)
        {
            position++;
            state.Numbers.Note(stored);
            if (state.Tombstones.Covers(stored))
            {
                erased++;
                continue;
            }

            // The copy of a send of ours tells nothing new.
            var isOwn = IngestPlan.IsCopy(stored) && IsOwn(state, stored);
            if (stored.Facts is { } facts && !isOwn)
            {
                Join(state, stored, facts);
            }

            if (!state.Inbox.See(stored))
            {
                (repeated ??= []).Add(position);
                continue;
            }

            fresh++;
            Keep(state, stored, firstCheck, isOwn);
            if (plan.Queues(stored) || (outbox.IsTaken(stored.Lane, batch.ReceivedAt) && plan.Queues(stored, EventLanes.All)))
            {
                dispatched++;
                outbox.Add(stored);
            }
        }

        if (plan.Quarantined is { } payload)
        {
            state.Inbox.Quarantine(payload);
        }

        return new IngestResult(fresh, repeated?.Count ?? 0, erased, dispatched) { Repeated = repeated ?? [] };
    }

    private static bool IsOwn(InMemoryState state, StoredEvent copy) => copy is { Conversation: { } conversation, Message: { } message }
        && state.Sends.IsOwn(state.Identities.ReadEveryone(conversation), message, copy.Timestamp - IngestPlan.LongestSend);

    private static void Keep(InMemoryState state, StoredEvent stored, Duration? firstCheck, bool isOwn)
    {
        ConversationKey? joined = null;
        if (stored.Number is { } number && IngestPlan.LinkOf(stored) is { } link && Join(state, number, link, stored.ReceivedAt))
        {
            joined = new ConversationKey(number, link.BusinessScopedId);
        }

        if (stored.Conversation is { } conversation)
        {
            Keep(state, stored, conversation, firstCheck, isOwn);
        }

        // The customer may have answered under the one identifier before it was known that the message is held for the other.
        if (joined is { } customer && !state.Held.IsEmpty && state.Conversations.ReadLastInbound(customer) is { } inbound)
        {
            state.Held.Release(customer, inbound);
        }
    }

    private static void Keep(InMemoryState state, StoredEvent stored, ConversationKey conversation, Duration? firstCheck, bool isOwn)
    {
        if (IngestPlan.WindowOf(stored) is { } at)
        {
            state.Conversations.Raise(conversation, new ConversationState(at, denied: null), IngestPlan.FirstCheckOf(stored, firstCheck));
            state.Held.Release(conversation, at);
        }

        if (IngestPlan.IsLogged(stored) && !isOwn)
        {
            state.Log.Add(stored);
        }
    }

    /// <returns>Whether it was not known.</returns>
    private static bool Join(InMemoryState state, PhoneNumberId number, IdentityLink link, Instant receivedAt)
    {
        var isNew = state.Conversations.Join(number, link, out var other);
        if (other is { } known)
        {
            state.Inbox.Enqueue(IdentityConflict.ToEvent(number, link.Phone, known, link.BusinessScopedId, receivedAt));
        }

        return isNew;
    }

    private static void Join(InMemoryState state, StoredEvent stored, EventFacts facts)
    {
        if (stored is { Number: { } number, Message: { } message } && facts.Delivery is { } delivery)
        {
            state.Sends.Join(number, message, stored, delivery, facts.Intent);
            if (facts.Intent is { } intent)
            {
                state.Fallbacks.Hear(intent, message);
                if (delivery.IsFailed && state.Sends.FindConversation(intent) is { } failed)
                {
                    state.Conversations.NoteFailedAnswer(failed);
                }
            }
        }

        if (stored.Conversation is { } conversation && facts.State != default)
        {
            state.Conversations.Raise(conversation, facts.State.ToSeconds(), checkAt: null);
        }

        if (stored.Number is { } of && IngestPlan.RotationOf(stored) is { } rotation)
        {
            state.Conversations.Join(of, rotation);
        }

        if (stored.Account is { } account && facts.Restriction is { } restriction)
        {
            state.Numbers.Note(account, restriction);
        }
    }
}
