using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The events that wait for their handlers. Only the first of each queue can be claimed.</summary>
internal sealed class InMemoryOutbox(InMemoryTime time)
{
    private readonly Dictionary<long, InMemoryOutboxEntry> _parked = [];

    // Their positions, so that a page of the list costs no more than it holds.
    private readonly SortedSet<long> _parkedPositions = [];
    private readonly Dictionary<OutboxQueues, InMemoryOutboxEntry> _tails = [];

    // The first of each queue, by position; it is in one of the other two as well.
    private readonly Dictionary<long, InMemoryOutboxEntry> _heads = [];
    private readonly InMemoryReady _ready = new(time);
    private readonly SortedSet<(Instant ReadyAt, long Position)> _waiting = [];
    private long _lastPosition;

    /// <summary>How much memory the events take, parked ones too, by estimate.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether anybody has taken a lane of late.</summary>
    public bool IsTaken(EventLane lane, Instant now) => _ready.IsTaken(lane, now);

    public void Add(StoredEvent stored)
    {
        var entry = new InMemoryOutboxEntry(stored, ++_lastPosition);
        Bytes += entry.Bytes;
        if (_tails.TryGetValue(entry.Queue, out var tail))
        {
            tail.Next = entry;
        }
        else
        {
            AddHead(entry);
        }

        _tails[entry.Queue] = entry;
    }

    /// <summary>Whether an event waits in a queue or is in flight.</summary>
    public bool Has(OutboxQueues queue) => _tails.ContainsKey(queue);

    public List<ClaimedEvent> Claim(ClaimRequest request, InMemoryAlerts alerts, InMemoryTurns turns)
    {
        turns.Note(request.Turns, request.Now);
        turns.Fire(this, request);
        while (_waiting.Count > 0 && _waiting.Min is var due && due.ReadyAt <= request.Now)
        {
            _waiting.Remove(due);
            _ready.Add(_heads[due.Position]);
        }

        _ready.Promote(request.Now, _heads);
        _ready.Note(request.Lanes, request.Now);
        _ready.LetGo(request, turns, _heads);
        _ready.Gather(request, alerts, turns);
        var choice = new ClaimChoice(request);
        var claims = new List<ClaimedEvent>();
        while (_ready.Next(choice) is { } position)
        {
            claims.Add(Claim(_heads[position], request, choice.IsAhead));
        }

        return claims;
    }

    public bool CountTry(ClaimedEvent claim)
    {
        if (!TryGetHeld(claim, out var entry))
        {
            return false;
        }

        entry.Attempt = claim.Attempt;
        return true;
    }

    public void Renew(IReadOnlyList<ClaimedEvent> claims, Instant until)
    {
        foreach (var claim in claims)
        {
            if (TryGetHeld(claim, out var entry))
            {
                Wait(entry, until);
            }
        }
    }

    public bool MarkHandled(ClaimedEvent claim, string handler)
    {
        if (!TryGetHeld(claim, out var entry))
        {
            return false;
        }

        if (!entry.Handled.Contains(handler, StringComparer.Ordinal))
        {
            entry.Handled = [.. entry.Handled, handler];
        }

        return true;
    }

    public bool Finish(ClaimedEvent claim, DispatchResult result)
    {
        if (!TryGetHeld(claim, out var entry))
        {
            return false;
        }

        // The claim is over, whatever the result.
        entry.Token++;
        entry.Attempt = claim.Attempt - (result is DispatchResult.Postponed ? 1 : 0);
        switch (result)
        {
            case DispatchResult.Completed:
                Bytes -= entry.Bytes;
                Remove(entry);
                break;
            case DispatchResult.Retry retry:
                Wait(entry, retry.DueAt);
                entry.Error = retry.Error;
                break;
            case DispatchResult.Postponed postponed:
                Wait(entry, postponed.DueAt);
                entry.FirstTriedAt = null;
                (entry.Postponements, entry.PostponedSince) = (postponed.Postponements, postponed.Since);
                break;
            case DispatchResult.Parked parked:
                Remove(entry);
                entry.Error = parked.Error;
                entry.Next = null;
                _parked.Add(entry.Position, entry);
                _parkedPositions.Add(entry.Position);
                break;
            default:
                throw new ArgumentException($"{result.GetType().Name} is no result of a dispatch.", nameof(result));
        }

        return true;
    }

    /// <returns>The claims that are no longer held.</returns>
    public IReadOnlyList<ClaimedEvent> Complete(IReadOnlyList<ClaimedEvent> claims)
    {
        List<ClaimedEvent>? lost = null;
        foreach (var claim in claims)
        {
            if (!Finish(claim, DispatchResult.Completed.Instance))
            {
                (lost ??= []).Add(claim);
            }
        }

        return lost ?? (IReadOnlyList<ClaimedEvent>)[];
    }

    public IReadOnlyList<ParkedEvent> ListParked(ParkedEvent? after, int limit) => ListPage.Of(
        _parkedPositions.GetViewBetween(after?.Position ?? long.MinValue, long.MaxValue)
            .Where(position => position != after?.Position)
            .Select(position => _parked[position].ToParked()),
        limit,
        ListPage.BytesOf);

    public bool Replay(long position)
    {
        if (!TryUnpark(position, out var entry))
        {
            return false;
        }

        entry.Attempt = 0;
        (entry.Postponements, entry.PostponedSince) = (0, null);
        entry.ReadyAt = Instant.MinValue;
        if (_tails.TryAdd(entry.Queue, entry))
        {
            AddHead(entry);
            return true;
        }

        // Behind the head, which may be in flight, and before all that came later.
        var before = _heads.Values.First(head => head.Queue == entry.Queue);
        while (before.Next is { } next && next.Position < entry.Position)
        {
            before = next;
        }

        entry.Next = before.Next;
        before.Next = entry;
        if (entry.Next is null)
        {
            _tails[entry.Queue] = entry;
        }

        return true;
    }

    public bool Discard(long position)
    {
        if (!TryUnpark(position, out var entry))
        {
            return false;
        }

        Bytes -= entry.Bytes;
        return true;
    }

    /// <summary>Removes the events of a conversation, whether they wait, are in flight or are parked.</summary>
    public void Remove(ConversationKey conversation)
    {
        foreach (var parked in _parked.Values.Where(entry => entry.Event.Conversation == conversation).ToArray())
        {
            Discard(parked.Position);
        }

        foreach (var head in _heads.Values.Where(entry => entry.Event.Conversation == conversation).ToArray())
        {
            // A queue belongs to one conversation.
            for (var entry = head; entry is not null; entry = entry.Next)
            {
                Bytes -= entry.Bytes;
            }

            RemoveHead(head);
            _tails.Remove(head.Queue);
        }
    }

    /// <summary>Removes events of a queue that others share with them, whether they wait, are in flight or are parked.</summary>
    public void Remove(Func<StoredEvent, bool> match)
    {
        foreach (var parked in _parked.Values.Where(entry => match(entry.Event)).ToArray())
        {
            Discard(parked.Position);
        }

        foreach (var head in _heads.Values.ToArray())
        {
            var before = head;
            while (before.Next is { } next)
            {
                if (!match(next.Event))
                {
                    before = next;
                    continue;
                }

                Bytes -= next.Bytes;
                before.Next = next.Next;
                if (next.Next is null)
                {
                    _tails[head.Queue] = before;
                }
            }

            if (match(head.Event))
            {
                Bytes -= head.Bytes;
                Remove(head);
            }
        }
    }

    private ClaimedEvent Claim(InMemoryOutboxEntry entry, ClaimRequest request, bool isAhead)
    {
        // What is claimed is not ready any more, however short its lease: the first moment of all means at once.
        Wait(entry, Instant.Max(request.LeasedUntil, Instant.MinValue + Duration.Epsilon));
        entry.Token++;
        entry.FirstTriedAt = entry.Attempt == 0 ? request.Now : entry.FirstTriedAt ?? request.Now;
        var attempt = entry.Attempt + 1;
        entry.Attempt += isAhead ? 0 : 1;

        return new ClaimedEvent
        {
            Event = entry.Event,
            Position = entry.Position,
            Token = entry.Token,
            Attempt = attempt,
            MustBeCounted = isAhead && entry.Token > 1,
            FirstTriedAt = entry.FirstTriedAt.Value,
            Postponements = entry.Postponements,
            PostponedSince = entry.PostponedSince,
            CompletedHandlers = entry.Handled,
        };
    }

    private bool TryUnpark(long position, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out InMemoryOutboxEntry? entry)
    {
        _parkedPositions.Remove(position);
        return _parked.Remove(position, out entry);
    }

    private bool TryGetHeld(ClaimedEvent claim, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out InMemoryOutboxEntry? entry) =>
        _heads.TryGetValue(claim.Position, out entry) && entry.Token == claim.Token;

    private void Remove(InMemoryOutboxEntry entry)
    {
        RemoveHead(entry);
        if (entry.Next is { } next)
        {
            AddHead(next);
        }
        else
        {
            _tails.Remove(entry.Queue);
        }
    }

    private void AddHead(InMemoryOutboxEntry entry)
    {
        _heads.Add(entry.Position, entry);
        if (entry.ReadyAt == Instant.MinValue)
        {
            _ready.Add(entry);
        }
        else
        {
            _waiting.Add((entry.ReadyAt, entry.Position));
        }
    }

    private void RemoveHead(InMemoryOutboxEntry entry)
    {
        _heads.Remove(entry.Position);
        if (!_ready.Remove(entry))
        {
            _waiting.Remove((entry.ReadyAt, entry.Position));
        }
    }

    private void Wait(InMemoryOutboxEntry head, Instant readyAt)
    {
        RemoveHead(head);
        head.ReadyAt = readyAt;
        AddHead(head);
    }
}
