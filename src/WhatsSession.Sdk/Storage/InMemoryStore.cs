using NodaTime;

namespace WhatsSession;

/// <summary>The store that keeps everything in this process: for development, tests, and services that can do without what they knew before a restart.</summary>
/// <remarks>
/// Every method completes synchronously. The history is kept within a limit of bytes, above which its oldest lines go; window facts, dedupe keys
/// (for 8 days), undispatched events, unfinished sends and fallback claims are kept outside that limit.
/// </remarks>
public sealed class InMemoryStore : IWhatsSessionStore
{
    /// <summary>The limit of the history unless another is given: 256 MB.</summary>
    public const long DefaultMaximumLogBytes = 256L * 1024 * 1024;

#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158
    private readonly InMemoryIdentities _identities = new();
    private readonly InMemoryLog _log;
    private readonly InMemoryOutbox _outbox = new();
    private readonly InMemorySeen _seen = new();
    private readonly InMemoryWindows _windows = new();
    private readonly HashSet<FallbackClaim> _fallbacks = [];
    private readonly Dictionary<PhoneNumberId, Instant> _historySince = [];
    private readonly Dictionary<EventKey, QuarantinedPayload> _quarantine = [];

    // Only under the gate: reading a conversation is on the path of every send and allocates no list.
    private readonly List<ConversationKey> _members = [];

    /// <summary>Makes an empty store with a history of up to <see cref="DefaultMaximumLogBytes"/>.</summary>
    public InMemoryStore()
        : this(DefaultMaximumLogBytes)
    {
    }

    /// <summary>Makes an empty store.</summary>
    /// <param name="maximumLogBytes">How much memory the history may take, in bytes and by estimate; zero keeps no history.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumLogBytes"/> is negative.</exception>
    public InMemoryStore(long maximumLogBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumLogBytes);
        _log = new InMemoryLog(maximumLogBytes);
    }

    /// <inheritdoc />
    public StoreDurability Durability => StoreDurability.Process;

    internal int ParkedCount => Locked(static store => store._outbox.ParkedCount);

    internal int QuarantineCount => Locked(static store => store._quarantine.Count);

    /// <inheritdoc />
    public ValueTask OpenAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : default;

    /// <inheritdoc />
    public ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<IngestResult>(cancellationToken) : new(Ingest(batch));
    }

    /// <inheritdoc />
    public ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<ConversationSnapshot>(cancellationToken) : new(Read(conversation));

    /// <inheritdoc />
    public ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            _windows.Join(conversation, new ConversationState(ToSecond(facts.LastInbound), ToSecond(facts.Denied)), checkAt: null);
        }

        return default;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<IReadOnlyList<LoggedMessage>>(cancellationToken) : new(ReadLog(conversation, before, limit));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<ClaimedEvent>>(cancellationToken);
        }

        lock (_gate)
        {
            return new(_outbox.Claim(request));
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(handler);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        lock (_gate)
        {
            return new(_outbox.MarkHandled(claim, handler));
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(result);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        lock (_gate)
        {
            return new(_outbox.Finish(claim, result));
        }
    }

    /// <inheritdoc />
    public ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Sweep(sweep));
    }

    /// <inheritdoc />
    public ValueTask SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            _log.Add(intent);
        }

        return default;
    }

    /// <inheritdoc />
    public ValueTask SettleIntentAsync(IntentId intent, IntentState state, MessageId? message, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            _log.Settle(intent, state, message);
        }

        return default;
    }

    /// <inheritdoc />
    public ValueTask<bool> ClaimFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        lock (_gate)
        {
            _identities.CopyMembers(claim.Conversation, _members);
            return new(!_members.Exists(member => _fallbacks.Contains(claim with { Conversation = member })) && _fallbacks.Add(claim));
        }
    }

    /// <inheritdoc />
    public ValueTask ReleaseFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            _fallbacks.Remove(claim);
        }

        return default;
    }

    private static Instant? ToSecond(Instant? at) => at is { } value ? Instant.FromUnixTimeSeconds(value.ToUnixTimeSeconds()) : null;

    private T Locked<T>(Func<InMemoryStore, T> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }

    private IngestResult Ingest(IngestBatch batch)
    {
        // What can fail comes before the first change: a batch is kept whole or not at all.
        StoredEvent[] events = [.. batch.Events];
        if (Array.Exists(events, static stored => stored is null))
        {
            throw new ArgumentException("An event of the batch is null.", nameof(batch));
        }

        var quarantined = batch.Quarantined.ToArray();
        var fresh = 0;
        var dispatched = 0;
        lock (_gate)
        {
            _seen.Forget(batch.ReceivedAt);
            foreach (var stored in events)
            {
                NoteHistory(stored);
                if (!_seen.Add(stored.Key, stored.ReceivedAt))
                {
                    continue;
                }

                fresh++;
                Keep(stored, batch.AlertLead);
                if (stored.Dispatches)
                {
                    dispatched++;
                    _outbox.Add(stored);
                }
            }

            if (quarantined.Length > 0)
            {
                var key = EventKey.OfContent("", EventLane.Account, "quarantine", quarantined);
                _quarantine.TryAdd(key, new QuarantinedPayload(batch.ReceivedAt, batch.QuarantineReason, quarantined));
            }
        }

        return new IngestResult(fresh, events.Length - fresh, dispatched);
    }

    private void NoteHistory(StoredEvent stored)
    {
        if (stored.Number is { } number && (!_historySince.TryGetValue(number, out var since) || stored.ReceivedAt < since))
        {
            _historySince[number] = stored.ReceivedAt;
        }
    }

    private void Keep(StoredEvent stored, Duration alertLead)
    {
        if (stored is { Number: { } number, Link: { Phone.IsPhone: true, BusinessScopedId.IsBusinessScoped: true } link })
        {
            _identities.Add(number, link);
        }

        if (stored.Conversation is not { } conversation)
        {
            return;
        }

        if (stored.OpensWindow)
        {
            var at = ToSecond(stored.Timestamp)!.Value;
            var wantsAlert = alertLead > Duration.Zero && stored.Dispatches;
            _windows.Join(conversation, new ConversationState(at, Denied: null), wantsAlert ? CustomerServiceWindow.ClosesAt(at) - alertLead : null);
        }

        if (stored.Lane == EventLane.Live)
        {
            _log.Add(stored);
        }
    }

    private ConversationSnapshot Read(ConversationKey conversation)
    {
        var state = default(ConversationState);
        Instant? since;
        lock (_gate)
        {
            _identities.CopyMembers(conversation, _members);
            foreach (var member in _members)
            {
                state = ConversationState.Join(state, _windows.Read(member));
            }

            since = _historySince.TryGetValue(conversation.Number, out var first) ? first : null;
        }

        return new ConversationSnapshot { Key = conversation, State = state, HistorySince = since };
    }

    private LoggedMessage[] ReadLog(ConversationKey conversation, Instant? before, int limit)
    {
        List<(InMemoryLogLine Line, IntentState State, MessageId? MessageId)> lines;
        lock (_gate)
        {
            _identities.CopyMembers(conversation, _members);
            lines = _log.Read(_members, before, limit);
        }

        // JSON of sends is written here, outside the gate.
        return [.. lines.Select(static entry => entry.Line.ToMessage(entry.State, entry.MessageId))];
    }

    private int Sweep(AlertSweep sweep)
    {
        var raised = 0;
        var due = new List<WindowAlert>();
        lock (_gate)
        {
            foreach (var conversation in _windows.TakeDue(sweep.Now, sweep.Limit))
            {
                due.Clear();
                var (holder, state) = ReadHolder(conversation);
                if (WindowAlert.Plan(holder, state, sweep, due) is { } next)
                {
                    _windows.Arm(conversation, next);
                }

                foreach (var alert in due)
                {
                    var stored = alert.ToEvent(sweep.Now);
                    if (_seen.Add(stored.Key, sweep.Now))
                    {
                        _outbox.Add(stored);
                        raised++;
                    }
                }
            }
        }

        return raised;
    }

    /// <summary>The joined facts, and the identifier whose row holds the latest inbound: under its name the alert is raised, whichever row was due.</summary>
    private (ConversationKey Holder, ConversationState State) ReadHolder(ConversationKey conversation)
    {
        var holder = conversation;
        var joined = default(ConversationState);
        _identities.CopyMembers(conversation, _members);
        foreach (var member in _members)
        {
            var state = _windows.Read(member);
            if (state.LastInbound is { } last
                && (joined.LastInbound is not { } latest || last > latest || (last == latest && string.CompareOrdinal(member.Party, holder.Party) > 0)))
            {
                holder = member;
            }

            joined = ConversationState.Join(joined, state);
        }

        return (holder, joined);
    }

    private sealed record QuarantinedPayload(Instant ReceivedAt, string Reason, byte[] Payload);
}
