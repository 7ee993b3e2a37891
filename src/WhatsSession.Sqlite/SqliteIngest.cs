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
        var (anyTombstone, anyHeld, anyAlias, anyUnheard, anyTurn, questions, seen) = SqliteRetention.Prepare(session, batch);
        var joining = new SqliteJoining(session, batch.ReceivedAt, questions.FirstCheck, anyHeld, anyAlias);
        var tombstones = anyTombstone ? new SqliteTombstones(session) : null;
        foreach (var (number, since, account) in plan.Numbers)
        {
            SqliteNumbers.Note(session, number, since, account);
        }

        EventLanes? othersTake = null;
        IReadOnlyList<PlannedTurn>? turns = null;
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
                Join(session, stored, facts, anyUnheard, joining);
            }

            var key = stored.Key.ToBlob();
            if (!seen.Add(stored, key))
            {
                (repeated ??= []).Add(position);
                continue;
            }

            fresh++;
            var json = stored.Raw.ToBlob();
            var arrival = Keep(session, stored, isOwn ? null : json, questions, anyHeld, joining);
            if (plan.Queues(stored) || plan.Queues(stored, othersTake ??= SqliteLanes.Read(session, batch.ReceivedAt)))
            {
                dispatched++;
                SqliteOutbox.Add(session, stored, key, json, arrival);
            }

            if (stored.Turn != TurnPart.None && arrival is { } line && (anyTurn || batch.Turns.Count > 0))
            {
                SqliteTurns.Add(session, stored, line, turns ??= plan.TurnsWith(anyTurn ? SqliteTurnPlans.Read(session, batch.ReceivedAt) : []));
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
    /// <param name="questions">What asks about its window.</param>
    /// <param name="anyHeld">Whether a message is held.</param>
    /// <param name="joining">What joins identifiers.</param>
    /// <returns>Where the history has it for as long as it waits for its handlers; null for nowhere. The copy of a message may be taken back.</returns>
    private static long? Keep(
        SqliteSession session, StoredEvent stored, byte[]? json, SqliteQuestions questions, bool anyHeld, SqliteJoining joining)
    {
        IdentityLink? joined = null;
        long? arrival = null;
        if (stored.Number is { } number && IngestPlan.LinkOf(stored) is { } link && joining.Join(number, link, stored.Timestamp))
        {
            joined = link;
        }

        if (stored.Conversation is { } conversation)
        {
            Keep(session, stored, conversation, questions, anyHeld, joining);
            if (json is not null && IngestPlan.IsLogged(stored))
            {
                SqliteLog.Add(session, conversation, stored, json);
                arrival = stored.Lane == EventLane.Live ? session.LastRow : null;
            }
        }

        if (joined is { } customer)
        {
            joining.LookAgain(stored.Number!.Value, customer);
        }

        return arrival;
    }

    private static void Keep(
        SqliteSession session, StoredEvent stored, ConversationKey conversation, SqliteQuestions questions, bool anyHeld, SqliteJoining joining)
    {
        var namesSender = IdentityRules.NamesSender(stored);
        var form = namesSender ? joining.FormBefore(conversation) : null;
        if (IngestPlan.WindowOf(stored) is { } at)
        {
            questions.Raise(conversation, at, IngestPlan.FirstCheckOf(stored, questions.FirstCheck));
            if (anyHeld)
            {
                SqliteHeld.Release(session, conversation, at);
            }
        }
        else if (namesSender)
        {
            SqliteConversations.Name(session, conversation);
        }

        if (form is not null)
        {
            joining.TellIfStandsAlone(conversation.Number, conversation.Customer!.Value, form, other: null);
        }
    }

    private static void Join(SqliteSession session, StoredEvent stored, EventFacts facts, bool anyUnheard, SqliteJoining joining)
    {
        if (stored is { Number: { } number, Message: { } message } && facts.Delivery is { } delivery)
        {
            var sent = facts.Intent is { } intent ? SqliteSends.Prove(session, intent, message) : null;

            // What the history leads to needs no mark of its own: most statuses are of our own sends, and each mark would be written into an index.
            SqliteDeliveries.Join(session, number, message, delivery, stored.ReceivedAt, sent is { HasMessage: true } ? null : stored.Conversation?.Party);
            if (sent is { Conversation: var conversationOfSend } && IdentityRules.AliasOf(conversationOfSend, stored) is { } alias)
            {
                joining.Join(number, alias);
            }

            if (facts.Intent is { } named)
            {
                if (anyUnheard)
                {
                    SqliteFallbacks.Hear(session, named, message);
                }

                if (delivery.IsFailed)
                {
                    SqliteConversations.NoteFailedAnswer(session, named);
                }
            }
        }

        if (stored.Conversation is { } conversation && facts.State != default)
        {
            SqliteConversations.Join(session, conversation, facts.State);
        }

        if (stored.Number is { } of && IngestPlan.RotationOf(stored) is { } rotation)
        {
            joining.Join(of, rotation);
        }

        if (stored.Account is { } account && facts.Restriction is { } restriction)
        {
            SqliteNumbers.Join(session, account, restriction);
        }
    }
}
