using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;

namespace WhatsSession;

/// <summary>A store that keeps everything in this process: for development, tests, and services that do not need their data after a restart.</summary>
/// <remarks>
/// Every method completes synchronously. The history has a limit in bytes; when it is reached, the oldest lines are removed. Window facts, dedupe keys (for 8
/// days), unfinished sends and fallback claims do not count for this limit. Events that wait for handlers, parked events and payloads in quarantine have their
/// own limit; when it is reached, nothing more is accepted.
/// </remarks>
public sealed class InMemoryStore : IWhatsSessionStore, IWindowSource
{
    /// <summary>The default limit of the history: 256 MB.</summary>
    public const long DefaultMaximumLogBytes = 256L * 1024 * 1024;

    /// <summary>The default limit of waiting events and payloads: 256 MB.</summary>
    public const long DefaultMaximumWaitingBytes = 256L * 1024 * 1024;

    private readonly InMemoryState _state;

    /// <summary>Makes an empty store with a history of up to <see cref="DefaultMaximumLogBytes"/>.</summary>
    public InMemoryStore()
        : this(DefaultMaximumLogBytes)
    {
    }

    /// <summary>Makes an empty store.</summary>
    /// <param name="maximumLogBytes">The maximum memory of the history, in bytes (an estimate). With zero no history is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumLogBytes"/> is negative.</exception>
    public InMemoryStore(long maximumLogBytes)
        : this(maximumLogBytes, DefaultMaximumWaitingBytes)
    {
    }

    /// <summary>Makes an empty store.</summary>
    /// <param name="maximumLogBytes">The maximum memory of the history, in bytes (an estimate). With zero no history is kept.</param>
    /// <param name="maximumWaitingBytes">
    /// The maximum memory of events that wait for handlers, parked events and payloads in quarantine together, in bytes (an estimate). When it is reached,
    /// nothing more is accepted: webhooks are answered with 503, and Meta sends them again.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public InMemoryStore(long maximumLogBytes, long maximumWaitingBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumLogBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumWaitingBytes);
        _state = new InMemoryState(maximumLogBytes, maximumWaitingBytes);
    }

    /// <inheritdoc />
    public StoreDurability Durability => StoreDurability.Process;

    /// <summary>What it is, for logs.</summary>
    public override string ToString() => "in memory, lost with the process";

    /// <summary>For benchmarks.</summary>
    internal InMemoryWindows Windows => _state.Windows;

    /// <inheritdoc />
    public ValueTask OpenAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : default;

    /// <inheritdoc />
    public ValueTask ProbeAsync(CancellationToken cancellationToken = default) =>
        _state.DoAsync(0, static (state, _) => state.Inbox.ThrowIfFull(InMemoryOutboxEntry.Overhead), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IngestResult>(cancellationToken)
            : _state.GetAsync(
                (batch, plan: IngestPlan.Of(batch)), static (state, ingest) => InMemoryIngest.Keep(state, ingest.batch, ingest.plan), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<Instant?> ReadTimeAsync(CancellationToken cancellationToken = default) =>
        _state.GetAsync<int, Instant?>(0, static (state, _) => state.Time.IsKnown ? state.Time.Now : null, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) =>
        _state.GetAsync<ClaimRequest, IReadOnlyList<ClaimedEvent>>(
            request, static (state, request) => state.Inbox.Outbox.Claim(request, state.Alerts, state.Inbox.Turns), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> CountTryAsync(ClaimedEvent claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _state.GetAsync(claim, static (state, claim) => state.Inbox.Outbox.CountTry(claim), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(claims, nameof(claims));
        return _state.DoAsync((claims, until), static (state, renewal) => state.Inbox.Outbox.Renew(renewal.claims, renewal.until), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(handler);
        return _state.GetAsync((claim, handler), static (state, mark) => state.Inbox.Outbox.MarkHandled(mark.claim, mark.handler), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(result);
        return _state.GetAsync((claim, result), static (state, end) => state.Inbox.Outbox.Finish(end.claim, end.result), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ClaimedEvent>> CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(claims, nameof(claims));
        return _state.GetAsync(claims, static (state, claims) => state.Inbox.Outbox.Complete(claims), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(ParkedEvent? after, int limit, CancellationToken cancellationToken = default) =>
        _state.GetAsync((after, limit), static (state, list) => state.Inbox.Outbox.ListParked(list.after, list.limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(parked, nameof(parked));
        return _state.GetAsync(parked, static (state, parked) => parked.Count(entry => state.Inbox.Outbox.Replay(entry.Position)), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(parked, nameof(parked));
        return _state.GetAsync(parked, static (state, parked) => parked.Count(entry => state.Inbox.Outbox.Discard(entry.Position)), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(
        QuarantinedPayload? after, int limit, CancellationToken cancellationToken = default) =>
        _state.GetAsync((after, limit), static (state, list) => state.Inbox.ListQuarantined(list.after, list.limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default) =>
        _state.GetAsync(key, static (state, key) => state.Inbox.RemoveQuarantined(key), cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return _state.GetAsync(sweep, InMemorySweep.Run, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfNoLane(work);
        return _state.GetAsync(work, static (state, work) => state.Inbox.Enqueue(work), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return !cancellationToken.IsCancellationRequested && _state.Conversations.TryRead(conversation, out var snapshot)
            ? new(snapshot)
            : _state.GetAsync(conversation, static (state, conversation) => state.Conversations.Read(conversation), cancellationToken);
    }

    bool IWindowSource.TryRead(ConversationKey conversation, ref WindowPlace place, out WindowFacts facts) =>
        _state.TryRead(conversation, ref place, out facts);

    /// <inheritdoc />
    public ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, Instant now, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return !cancellationToken.IsCancellationRequested && _state.Conversations.TryJoin(conversation, facts)
            ? default
            : _state.DoAsync((conversation, facts, now), static (state, join) => state.Join(join.conversation, join.facts, join.now), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(
        ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<LoggedMessage>>(cancellationToken)
            : new(_state.ReadLog(conversation, before, limit));
    }

    /// <inheritdoc />
    public ValueTask<bool> HasNewerInboundAsync(ConversationKey conversation, InboundPoint point, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _state.GetAsync((conversation, point), static (state, ask) => InMemoryNewerInbound.Any(state, ask.conversation, ask.point), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _state.DoAsync((conversation, at), static (state, erasure) => InMemoryErasure.Erase(state, erasure.conversation, erasure.at), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(intent);
        return _state.GetAsync(intent, static (state, intent) => state.Sends.Save(intent), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(settlement);
        return _state.DoAsync(
            settlement,
            static (state, settlement) =>
            {
                state.Sends.Settle(settlement);
                if (settlement.Message is { } message && state.Sends.ConversationOf(settlement.Intent) is { } sent)
                {
                    state.Copies.LookAgain(sent.Number, message);
                }

                var alias = IdentityRules.AliasOf(in settlement);
                if ((settlement.Facts == default && alias is null)
                    || state.Tombstones.Find(settlement.Conversation.Number, settlement.Intent.ToString()) is not null)
                {
                    return;
                }

                state.Conversations.Join(settlement.Conversation, settlement.Facts, checkAt: null);
                if (alias is { } named)
                {
                    new InMemoryJoining(state, settlement.At, state.Alerts.Delays([], settlement.At).Least).Join(settlement.Conversation.Number, named);
                }
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default) =>
        _state.GetAsync(intent, static (state, intent) => state.Sends.Find(intent), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, long saveToken, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(refused);
        return _state.GetAsync(
            (intent, refused, saveToken), static (state, retry) => state.TakeRetry(retry.intent, retry.refused, retry.saveToken), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default) =>
        _state.GetAsync((number, message), static (state, key) => state.Sends.ReadDelivery(key.number, key.message), cancellationToken);

    /// <inheritdoc />
    public ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, KeyedSend send, Instant now, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(key, send);
        return _state.GetAsync(
            (key, send: send with { Content = send.Content.ToArray() }, now),
            static (state, take) => state.Keys.Take(take.key, take.send, take.now),
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask RecordOutcomeAsync(
        IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default) =>
        _state.DoAsync(
            (key, intent, copy: outcome.ToArray()), static (state, record) => state.Keys.Record(record.key, record.intent, record.copy), cancellationToken);

    /// <inheritdoc />
    public ValueTask ReleaseKeyAsync(IdempotencyKey key, IntentId intent, CancellationToken cancellationToken = default) =>
        _state.DoAsync((key, intent), static (state, release) => state.Keys.Release(release.key, release.intent), cancellationToken);

    /// <inheritdoc />
    public ValueTask<FallbackHolder?> ClaimFallbackAsync(
        FallbackClaim claim, IntentId intent, string template, Instant now, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(claim, intent, template);
        return _state.GetAsync(
            new ClaimedFallback(claim, intent, template, now), static (state, claimed) => state.Fallbacks.Claim(claimed), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> CompleteFallbackAsync(FallbackClaim claim, IntentId intent, MessageId? message, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(claim);
        return _state.GetAsync(
            (claim, intent, message), static (state, end) => state.Fallbacks.Complete(end.claim, end.intent, end.message), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask ReleaseFallbackAsync(FallbackClaim claim, IntentId intent, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(claim);
        return _state.DoAsync((claim, intent), static (state, end) => state.Fallbacks.Release(end.claim, end.intent), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ClaimedFallback>> ListAbandonedFallbacksAsync(
        Instant claimedBefore, ClaimedFallback? after, int limit, CancellationToken cancellationToken = default) =>
        _state.GetAsync(
            (claimedBefore, after, limit),
            static (state, list) => state.Fallbacks.ListAbandoned(list.claimedBefore, list.after, list.limit),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<RefusedClaim>> ListRefusedFallbacksAsync(
        RefusedClaim? after, int limit, CancellationToken cancellationToken = default) =>
        _state.GetAsync((after, limit), static (state, list) => state.Fallbacks.ListRefused(list.after, list.limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> HoldAsync(HeldMessage held, Instant? seen, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        StoreArguments.ThrowIfUnfit(held.Intent);
        return _state.GetAsync((held, seen), static (state, hold) => state.Hold(hold.held, hold.seen), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(
        ConversationKey conversation, HeldMessage? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _state.GetAsync<(ConversationKey Conversation, HeldMessage? After, int Limit), IReadOnlyList<HeldMessage>>(
            (conversation, after, limit), static (state, list) => state.Held.List(list.Conversation, list.After, list.Limit), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default) =>
        _state.GetAsync(held, static (state, held) => state.Held.Find(held), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> ReleaseHeldAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(intent);
        return _state.GetAsync(intent, static (state, intent) => state.Held.Find(intent.Id) is not null && state.Sends.Save(intent), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _state.GetAsync((conversation, held), static (state, cancel) => !state.Sends.IsTried(cancel.held)
            && state.Held.TryTake(cancel.conversation, cancel.held), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<HeldMessage?> TakeHeldAsync(IntentId held, CancellationToken cancellationToken = default) =>
        _state.GetAsync(held, static (state, held) => state.Held.Take(held), cancellationToken);

    /// <inheritdoc />
    public ValueTask<SequenceRun?> StartSequenceAsync(SequenceRun run, Instant asked, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(run);
        return _state.GetAsync((run, asked), static (state, start) => state.Sequences.Start(start.run, start.asked), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> SaveSequenceAsync(SequenceRun run, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(run);
        return _state.GetAsync(run, static (state, run) => state.Sequences.Save(run), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<SequenceRun?> FindSequenceAsync(IntentId run, CancellationToken cancellationToken = default) =>
        _state.GetAsync(run, static (state, run) => state.Sequences.Find(run), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(SequenceRun? after, int limit, CancellationToken cancellationToken = default) =>
        _state.GetAsync<(SequenceRun? After, int Limit), IReadOnlyList<SequenceRun>>(
            (after, limit), static (state, list) => state.Sequences.List(list.After, list.Limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(
        ConversationKey conversation, SequenceRun? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _state.GetAsync<(ConversationKey Conversation, SequenceRun? After, int Limit), IReadOnlyList<SequenceRun>>(
            (conversation, after, limit), static (state, list) => state.Sequences.List(list.Conversation, list.After, list.Limit), cancellationToken);
    }
}
