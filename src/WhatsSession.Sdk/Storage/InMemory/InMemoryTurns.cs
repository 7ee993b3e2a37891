using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The turns that wait, and which handlers of turns the hosts have.</summary>
internal sealed class InMemoryTurns(InMemoryTime time)
{
    private static readonly Duration Precision = Duration.FromHours(1);

    private readonly Dictionary<string, (PlannedTurn Plan, Instant ToldAt)> _notes = new(StringComparer.Ordinal);
    private readonly Dictionary<(ConversationKey Conversation, string Handler), InMemoryTurn> _waiting = [];
    private readonly Dictionary<string, SortedSet<InMemoryTurn>> _byDue = new(StringComparer.Ordinal);
    private long _lastId;
    private Instant _forgottenAt = Instant.MinValue;

    /// <summary>How much memory the messages of the turns take, by estimate.</summary>
    public long Bytes { get; private set; }

    /// <summary>Notes which handlers a host has, and lets go of the turns of handlers that no host has had for long.</summary>
    public void Note(IReadOnlyList<PlannedTurn>? plans, Instant now)
    {
        var toldAt = time.AsOf(now);
        for (var i = 0; i < plans?.Count; i++)
        {
            var plan = plans[i];
            _notes[plan.Handler] = (plan, _notes.TryGetValue(plan.Handler, out var known) ? Instant.Max(known.ToldAt, toldAt) : toldAt);
        }

        if (_notes.Count > 0 && toldAt - _forgottenAt > Precision)
        {
            _forgottenAt = toldAt;
            Forget(now);
        }
    }

    /// <summary>Whether any host has had a handler of late.</summary>
    public bool Contains(string handler, Instant now) => _notes.TryGetValue(handler, out var note) && time.Remembers(note.ToldAt, now);

    /// <summary>The handlers of turns that any host has.</summary>
    /// <param name="plan">What is ingested.</param>
    /// <param name="now">The moment.</param>
    public IReadOnlyList<PlannedTurn> Read(IngestPlan plan, Instant now) => plan.TurnsWith(
        _notes.Count == 0 ? [] : [.. _notes.Values.Where(note => time.Remembers(note.ToldAt, now)).Select(static note => note.Plan)]);

    /// <summary>Makes a message a part of the turns that take it.</summary>
    public void Add(StoredEvent message, IReadOnlyList<PlannedTurn> plans)
    {
        foreach (var plan in plans)
        {
            if (!plan.Takes(message))
            {
                continue;
            }

            var key = (message.Conversation!.Value, plan.Handler);
            if (!_byDue.TryGetValue(plan.Handler, out var byDue))
            {
                _byDue[plan.Handler] = byDue = new SortedSet<InMemoryTurn>(InMemoryTurn.ByDue);
            }

            if (_waiting.TryGetValue(key, out var turn))
            {
                byDue.Remove(turn);
            }
            else
            {
                _waiting[key] = turn = new InMemoryTurn(key.Value, plan.Handler, ++_lastId);
            }

            turn.Add(message, plan);
            byDue.Add(turn);
            Bytes += InMemoryOutboxEntry.BytesOf(message);
        }
    }

    /// <summary>Puts the turns into the outbox that are due and whose handlers the host has.</summary>
    public void Fire(InMemoryOutbox outbox, ClaimRequest request)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var left = request.Limit;
        foreach (var (handler, byDue) in _byDue)
        {
            if (left <= 0
                || byDue.Count == 0
                || !request.TakesTurn(handler)
                || !(byDue.Min!.IsDue(request.Now) || byDue.Max!.IsDue(request.Now)))
            {
                continue;
            }

            // Read before the first of them leaves.
            foreach (var turn in byDue.TakeWhile(turn => turn.IsDue(request.Now)).Union(byDue.Reverse().TakeWhile(turn => turn.IsDue(request.Now))).ToArray())
            {
                if (left > 0 && (!outbox.Has(turn.Queue) || turn.DueAt <= TurnTimes.Overdue(request.Now)))
                {
                    left--;
                    byDue.Remove(turn);
                    Leave(turn);
                    outbox.Add(StoredTurn.ToEvent(handler, turn.Run, request.Now));
                }
            }
        }
    }

    /// <summary>Removes the turns of an erased customer.</summary>
    public void Erase(ErasureScope scope)
    {
        foreach (var turn in _waiting.Values.Where(turn => scope.Contains(turn.Conversation)).ToArray())
        {
            _byDue[turn.Handler].Remove(turn);
            Leave(turn);
        }
    }

    private void Forget(Instant now)
    {
        foreach (var handler in _notes.Keys.Where(handler => !Contains(handler, now)).ToArray())
        {
            _notes.Remove(handler);
            if (_byDue.Remove(handler, out var turns))
            {
                foreach (var turn in turns)
                {
                    Leave(turn);
                }
            }
        }
    }

    private void Leave(InMemoryTurn turn)
    {
        _waiting.Remove((turn.Conversation, turn.Handler));
        Bytes -= turn.Bytes;
    }
}
