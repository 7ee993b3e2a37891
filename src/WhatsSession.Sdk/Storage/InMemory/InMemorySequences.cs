using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The runs of follow-up sequences.</summary>
internal sealed class InMemorySequences(InMemoryTime time, InMemoryIdentities identities, InMemoryTombstones tombstones, InMemoryInbox inbox)
{
    // In the order of the lists: a place in it is known of a run that is gone, too.
    private static readonly Comparer<SequenceRun> Oldest = Comparer<SequenceRun>.Create(static (left, right) =>
        left.StartedAt.CompareTo(right.StartedAt) is not 0 and var order ? order : string.CompareOrdinal($"{left.Id}", $"{right.Id}"));

    private readonly Dictionary<IntentId, SequenceRun> _runs = [];
    private readonly SortedSet<SequenceRun> _unfinished = new(Oldest);
    private readonly Dictionary<ConversationKey, SortedSet<SequenceRun>> _byConversation = [];

    // The ids of those that have ended, by the day as of which each is kept.
    private readonly InMemoryDays<IntentId, ConversationKey> _ended = new(time);

    /// <returns>The run itself, or that which was there; null when the customer was erased since it was asked for.</returns>
    public SequenceRun? Start(SequenceRun run, Instant asked)
    {
        var conversation = run.Conversation;
        if (_runs.TryGetValue(run.Id, out var same))
        {
            return same;
        }

        if (tombstones.Find(conversation.Number, conversation.Party) >= asked)
        {
            return null;
        }

        if (run.Sequence is not null && Of(conversation).FirstOrDefault(other => !other.HasEnded && other.Sequence == run.Sequence) is { } running)
        {
            return running;
        }

        Add(run);
        return run;
    }

    /// <returns>Whether the revision before it was there.</returns>
    public bool Save(SequenceRun run)
    {
        if (!_runs.TryGetValue(run.Id, out var before) || before.Revision != run.Revision - 1 || before.Conversation != run.Conversation)
        {
            return false;
        }

        Remove(before);
        Add(run);
        return true;
    }

    public SequenceRun? Find(IntentId id) => _runs.GetValueOrDefault(id);

    /// <summary>Those that have not ended, oldest first.</summary>
    public SequenceRun[] List(SequenceRun? after, int limit) => [.. _unfinished.After(after).Take(limit)];

    /// <summary>Those of a customer, oldest first.</summary>
    public SequenceRun[] List(ConversationKey conversation, SequenceRun? after, int limit) =>
        [.. Of(conversation).Where(run => after is null || Oldest.Compare(run, after) > 0).Order(Oldest).Take(limit)];

    public void Erase(ErasureScope scope)
    {
        foreach (var run in scope.Members.SelectMany(member => _byConversation.GetValueOrDefault(member) ?? []).ToArray())
        {
            Remove(run);
        }
    }

    /// <summary>Drops those that ended longer ago than the retention.</summary>
    public void Forget()
    {
        _ended.Forget();
        if (_ended.Count == _runs.Count - _unfinished.Count)
        {
            return;
        }

        foreach (var run in _runs.Values.Where(run => run.HasEnded && !_ended.TryGet(run.Id, out _)).ToArray())
        {
            Remove(run);
        }
    }

    private IEnumerable<SequenceRun> Of(ConversationKey conversation)
    {
        var everyone = identities.ReadEveryone(conversation, out var hiddenUntil);
        return everyone.SelectMany(member => _byConversation.GetValueOrDefault(member) ?? [])
            .Where(run => !InMemoryIdentities.IsHidden(run.StartedAt, hiddenUntil));
    }

    private void Add(SequenceRun run)
    {
        _runs.Add(run.Id, run);
        if (!_byConversation.TryGetValue(run.Conversation, out var runs))
        {
            _byConversation.Add(run.Conversation, runs = new SortedSet<SequenceRun>(Oldest));
        }

        runs.Add(run);
        if (run.HasEnded)
        {
            _ended.Add(run.Id, run.Conversation, run.EndedAt ?? run.StartedAt);
        }
        else
        {
            _unfinished.Add(run);
        }

        if (run.ToWork() is { } work)
        {
            inbox.Enqueue(work);
        }
    }

    private void Remove(SequenceRun run)
    {
        _runs.Remove(run.Id);
        _unfinished.Remove(run);
        _ended.Remove(run.Id);
        var runs = _byConversation[run.Conversation];
        runs.Remove(run);
        if (runs.Count == 0)
        {
            _byConversation.Remove(run.Conversation);
        }
    }
}
