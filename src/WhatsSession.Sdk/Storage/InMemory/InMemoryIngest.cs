
namespace WhatsSession.Storage.InMemory;

/// <summary>Keeps a batch.</summary>
internal static class InMemoryIngest
{
    public static IngestResult Keep(InMemoryState state, IngestBatch batch, IngestPlan plan)
    {
        int fresh = 0, erased = 0, dispatched = 0, position = -1;
        List<int>? repeated = null;
        state.Inbox.ThrowIfFull(plan);
        state.Time.Raise(batch.MetaTime);
        state.Forget();
        var outbox = state.Inbox.Outbox;
        var alerts = new InMemoryQuestions(state, batch.Alerts, batch.ReceivedAt);
        IReadOnlyList<PlannedTurn>? turns = null;
        var joining = new InMemoryJoining(state, batch.ReceivedAt, alerts.FirstCheck);
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
                Join(state, stored, facts, in joining);
            }

            if (!state.Inbox.See(stored))
            {
                (repeated ??= []).Add(position);
                continue;
            }

            fresh++;
            Keep(state, stored, in alerts, isOwn, in joining);
            if (plan.Queues(stored) || (outbox.IsTaken(stored.Lane, batch.ReceivedAt) && plan.Queues(stored, EventLanes.All)))
            {
                dispatched++;
                outbox.Add(stored);
            }

            if (stored.Turn != TurnPart.None)
            {
                state.Inbox.Turns.Add(stored, turns ??= state.Inbox.Turns.Read(plan, batch.ReceivedAt));
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

    private static void Keep(InMemoryState state, StoredEvent stored, in InMemoryQuestions alerts, bool isOwn, in InMemoryJoining joining)
    {
        IdentityLink? joined = null;
        if (stored.Number is { } number && IngestPlan.LinkOf(stored) is { } link && joining.Join(number, link, stored.Timestamp))
        {
            joined = link;
        }

        if (stored.Conversation is { } conversation)
        {
            Keep(state, stored, conversation, in alerts, isOwn, in joining);
        }

        if (joined is { } customer)
        {
            joining.LookAgain(stored.Number!.Value, customer);
        }
    }

    private static void Keep(
        InMemoryState state, StoredEvent stored, ConversationKey conversation, in InMemoryQuestions alerts, bool isOwn, in InMemoryJoining joining)
    {
        var flags = IdentityRules.NamesSender(stored) ? WindowFlags.Sender : WindowFlags.None;
        var form = flags == WindowFlags.None ? conversation : state.Identities.CanonicalOf(conversation);
        if (IngestPlan.WindowOf(stored) is { } at)
        {
            var checkAt = IngestPlan.FirstCheckOf(stored, alerts.FirstCheck);
            alerts.Ask(conversation, at, checkAt);
            state.Conversations.Raise(conversation, new ConversationState(at, denied: null), checkAt, flags);
            state.Held.Release(conversation, at);
        }
        else if (flags != WindowFlags.None && !state.Windows.Has(conversation, flags))
        {
            state.Conversations.Raise(conversation, default, checkAt: null, flags);
        }

        if (form != conversation)
        {
            joining.Name(conversation, form);
        }

        if (IngestPlan.IsLogged(stored) && !isOwn)
        {
            var line = state.Log.Add(stored);
            if (IngestPlan.IsCopy(stored))
            {
                state.Copies.Add(stored, line);
            }
        }
    }

    private static void Join(InMemoryState state, StoredEvent stored, EventFacts facts, in InMemoryJoining joining)
    {
        if (stored is { Number: { } number, Message: { } message } && facts.Delivery is { } delivery)
        {
            if (state.Sends.Join(number, message, stored, delivery, facts.Intent))
            {
                state.Copies.LookAgain(number, message);
            }

            if (facts.Intent is { } intent)
            {
                state.Fallbacks.Hear(intent, message);
                if (state.Sends.ConversationOf(intent) is { } sent)
                {
                    if (delivery.IsFailed)
                    {
                        state.Conversations.NoteFailedAnswer(sent);
                    }

                    if (IdentityRules.AliasOf(sent, stored) is { } alias)
                    {
                        joining.Join(number, alias);
                    }
                }
            }
        }

        if (stored.Conversation is { } conversation && facts.State != default)
        {
            state.Conversations.Raise(conversation, facts.State.ToSeconds(), checkAt: null);
        }

        if (stored.Number is { } of && IngestPlan.RotationOf(stored) is { } rotation)
        {
            joining.Join(of, rotation);
        }

        if (stored.Account is { } account && facts.Restriction is { } restriction)
        {
            state.Numbers.Note(account, restriction);
        }
    }
}
