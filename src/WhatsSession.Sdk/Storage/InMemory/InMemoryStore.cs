using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;

namespace WhatsSession;

/// <summary>
/// The store that keeps everything in this process: for development, tests, and services that can do without what they knew before a restart.
/// </summary>
/// <remarks>
/// Every method completes synchronously. The history is kept within a limit of bytes, above which its oldest lines go; window facts, dedupe keys
/// (for 8 days), undispatched events, unfinished sends and fallback claims are kept outside that limit.
/// </remarks>
public sealed partial class InMemoryStore : IWhatsSessionStore
{
    /// <summary>The limit of the history unless another is given: 256 MB.</summary>
    public const long DefaultMaximumLogBytes = 256L * 1024 * 1024;

#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158
    private readonly InMemoryIdentities _identities = new();
    private readonly InMemoryLog _log;
    private readonly InMemoryOutbox _outbox = new();
    private readonly InMemoryAlerts _alerts = new();
    private readonly InMemorySeen _seen = new();
    private readonly InMemoryNumbers _numbers = new();
    private readonly InMemoryWindows _windows;
    private readonly InMemoryHeld _held = new();
    private readonly InMemoryTombstones _tombstones = new();
    private readonly InMemoryDays<IntentId, InMemoryLogLine> _sends = new();
    private readonly InMemoryDays<(PhoneNumberId Number, MessageId Message), (MessageDelivery Delivery, ConversationKey? Conversation)> _deliveries = new();
    private readonly InMemoryDays<IdempotencyKey, RecordedOutcome> _keys = new();
    private readonly InMemoryDays<FallbackClaim, (Instant ClaimedAt, bool IsComplete)> _fallbacks = new();
    private readonly Dictionary<EventKey, QuarantinedPayload> _quarantine = [];

    // Only under the gate: reading a customer of several identifiers is on the path of every send and allocates no list.
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
        _windows = new InMemoryWindows(_numbers);
    }

    /// <summary>For benchmarks.</summary>
    internal InMemoryWindows Windows => _windows;

    /// <inheritdoc />
    public StoreDurability Durability => StoreDurability.Process;

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

        // What releases no message and makes no row needs no gate.
        if (facts.LastInbound is not null || facts.FreeEntry != default || !_windows.TryJoin(conversation, facts.ToSeconds(), checkAt: null))
        {
            lock (_gate)
            {
                JoinFacts(conversation, facts);
            }
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
            return new(_outbox.Claim(request, _alerts));
        }
    }

    /// <inheritdoc />
    public async ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claims);
        await Locked(() => claims.Count(claim => _outbox.Renew(claim, until)), cancellationToken).ConfigureAwait(false);
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
    public async ValueTask CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claims);
        await Locked(() => claims.Count(claim => _outbox.Finish(claim, DispatchResult.Completed.Instance)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(int limit, CancellationToken cancellationToken = default) =>
        Locked<IReadOnlyList<ParkedEvent>>(() => _outbox.ListParked(limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parked);
        return Locked(() => parked.Count(entry => _outbox.Replay(entry.Position)), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parked);
        return Locked(() => parked.Count(entry => _outbox.Discard(entry.Position)), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(int limit, CancellationToken cancellationToken = default) =>
        Locked<IReadOnlyList<QuarantinedPayload>>(() => [.. _quarantine.Values.OrderBy(static payload => payload.ReceivedAt).Take(limit)], cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default) =>
        Locked(() => _quarantine.Remove(key), cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Sweep(sweep));
    }

    /// <summary>Does what is rare, where an allocation does not matter.</summary>
    private ValueTask<T> Locked<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            return new(work());
        }
    }

    private IngestResult Ingest(IngestBatch batch)
    {
        var plan = IngestPlan.Of(batch);
        var quarantined = batch.Quarantined.ToArray();
        int fresh = 0, erased = 0, dispatched = 0;
        lock (_gate)
        {
            Forget(batch.ReceivedAt);
            var firstCheck = _alerts.LeastDelay(batch.Alerts, batch.ReceivedAt);
            foreach (var stored in plan.Events)
            {
                _numbers.Note(stored);
                if (_tombstones.Covers(stored))
                {
                    erased++;
                    continue;
                }

                if (stored.Facts is { } facts)
                {
                    JoinFacts(stored, facts);
                }

                if (!_seen.Add(stored.Key, stored.ReceivedAt))
                {
                    continue;
                }

                fresh++;
                Keep(stored, firstCheck);
                if (plan.Queues(stored) || (_outbox.IsTaken(stored.Lane, batch.ReceivedAt) && plan.Queues(stored, EventLanes.All)))
                {
                    dispatched++;
                    _outbox.Add(stored);
                }
            }

            if (quarantined.Length > 0)
            {
                var key = QuarantinedPayload.KeyOf(quarantined);
                _quarantine.TryAdd(key, new QuarantinedPayload { Key = key, ReceivedAt = batch.ReceivedAt, Reason = batch.QuarantineReason, Payload = quarantined });
            }
        }

        return new IngestResult(fresh, plan.Events.Count - fresh - erased, erased, dispatched);
    }

    private void Forget(Instant now)
    {
        _seen.Forget(now);
        _sends.Forget(now);
        _deliveries.Forget(now);
        _keys.Forget(now);
        _fallbacks.Forget(now);
        _tombstones.Forget(now);
    }

    /// <returns>Whether it was not known.</returns>
    private bool Join(PhoneNumberId number, IdentityLink link, Instant receivedAt)
    {
        MarkJoined(number, link.Phone, link.BusinessScopedId);
        var isNew = _identities.Add(number, link, out var other);
        if (other is { } known)
        {
            Enqueue(IdentityConflict.ToEvent(number, link.Phone, known, link.BusinessScopedId, receivedAt));
        }

        return isNew;
    }

    private void Keep(StoredEvent stored, Duration? firstCheck)
    {
        ConversationKey? joined = null;
        if (stored.Number is { } number && IngestPlan.LinkOf(stored) is { } link && Join(number, link, stored.ReceivedAt))
        {
            joined = new ConversationKey(number, link.BusinessScopedId);
        }

        if (stored.Conversation is { } conversation)
        {
            Keep(stored, conversation, firstCheck);
        }

        // The customer may have answered under the one identifier before it was known that the message is held for the other.
        if (joined is { } customer && !_held.IsEmpty && ReadMembers(customer).LastInbound is { } inbound)
        {
            Release(customer, inbound);
        }
    }

    private void Keep(StoredEvent stored, ConversationKey conversation, Duration? firstCheck)
    {
        if (IngestPlan.WindowOf(stored) is { } at)
        {
            Raise(conversation, new ConversationState(at, denied: null), IngestPlan.FirstCheckOf(stored, firstCheck));
            Release(conversation, at);
        }

        if (IngestPlan.IsLogged(stored))
        {
            _log.Add(stored);
        }
    }

    private LoggedMessage[] ReadLog(ConversationKey conversation, Instant? before, int limit)
    {
        List<(InMemoryLogLine Line, IntentState State, MessageId? MessageId)> lines;
        lock (_gate)
        {
            CopyAllMembers(conversation);
            lines = _log.Read(_members, before, limit);
        }

        // JSON of sends is written here, outside the gate.
        return [.. lines.Select(static entry => entry.Line.ToMessage(entry.State, entry.MessageId))];
    }

    private int Sweep(AlertSweep sweep)
    {
        var raised = 0;
        lock (_gate)
        {
            foreach (var added in _alerts.Tell(sweep.Planner.Alerts, sweep.Now))
            {
                _windows.ArmAll(added, sweep.Now);
            }

            var alerts = _alerts.Read(sweep.Now);
            foreach (var (conversation, from) in _windows.TakeDue(sweep.Now, sweep.Limit))
            {
                var holder = ReadHolder(conversation);
                var plan = sweep.Planner.Plan(new AlertCheck(holder.Conversation, holder.State, holder.State, from, sweep.Now), alerts);
                if (plan.NextCheck is { } next)
                {
                    _windows.Arm(conversation, next);
                }

                foreach (var alert in plan.Due)
                {
                    raised += Enqueue(alert) ? 1 : 0;
                }
            }
        }

        return raised;
    }

    /// <summary>Fills the list with everything that is the same customer, at other times too.</summary>
    private void CopyAllMembers(ConversationKey conversation)
    {
        _identities.CopyMembers(conversation, _members);
        _identities.AddFormer(_members);
    }
}
