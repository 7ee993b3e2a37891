using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Handling;

/// <summary>
/// Takes events out of the store's outbox and calls handlers: at least once per event and handler, in order within a conversation,
/// in parallel across conversations.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate holds nothing without a wait handle, and a handler that ends late may still ask for it.")]
internal sealed class EventDispatcher(
    IInboxStore store,
    WhatsSessionSettings settings,
    HandlerSet handlers,
    EventHandling handling,
    WakeUp wake,
    WhatsSessionMetrics metrics,
    TimeProvider clock,
    HeardTime heard,
    ILogger<EventDispatcher> log)
{
    // Short, for it is what a conversation waits for when a process ends in a handler; renewed while the event is in flight.
    private static readonly Duration Lease = Duration.FromMinutes(1);

    // A store that only blinked shall not cost the conversation a lease. On the system's clock, as every wait for a store.
    private static readonly TimeSpan[] WriteRetryDelays = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly IReadOnlyList<PlannedTurn> _turns = handlers.TurnsIn(settings);
    private readonly DispatchesInFlight _inFlight = new(new DispatchPlaces(settings, clock));
    private readonly GroupedCompletion _completion = new(store, log);

    // When the first lease of those in flight ends, or earlier. Under the gate.
    private Instant _firstLeaseEnd = Instant.MaxValue;
    private volatile bool _stopped;

    /// <summary>How many dispatches came to their end. When it changed during a round, that round may have missed what became due.</summary>
    public long Ended => _inFlight.Ended;

    /// <summary>Tells the store which lanes this host takes and which alerts it plans, so that no other host passes over them from now on.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await ReadStoreTimeAsync(cancellationToken).ConfigureAwait(false);
        await SweepAsync(clock.GetInstant(), limit: 0, cancellationToken).ConfigureAwait(false);
        await store.ClaimAsync(Request(heard.ForDispatch, limit: 0), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One round: raises due alerts and starts what can be started.</summary>
    /// <returns>Whether anything was found to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        // Claiming and noting as in flight happen together, so that nobody who waits for both to be empty is deceived.
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Before the claim, so that a jump of the clock takes nothing out of our own hands.
            var now = heard.ForDispatch;
            await RenewAsync(now, stopping).ConfigureAwait(false);
            if (_stopped)
            {
                return false;
            }

            await ReadStoreTimeAsync(stopping).ConfigureAwait(false);
            var own = clock.GetInstant();
            await TellStoreTimeAsync(own, stopping).ConfigureAwait(false);
            var raised = await SweepAsync(own, limit: 500, stopping).ConfigureAwait(false);
            _inFlight.MoveLong();
            StartWaiting(stopping);
            if (_inFlight.Ask(Request(now, limit: 0)) is not { } request)
            {
                return raised > 0;
            }

            // The caller's token ends only the wait for the gate: what a store has claimed must be started.
            var claims = await store.ClaimAsync(request, stopping).ConfigureAwait(false);
            _firstLeaseEnd = Instant.Min(_firstLeaseEnd, now + Lease);
            var unhandled = new List<ClaimedEvent>();
            foreach (var claim in claims)
            {
                if (handlers.Lanes.Contain(claim.Event))
                {
                    _inFlight.WaitOrAdopt(claim, now + Lease);
                }
                else
                {
                    unhandled.Add(claim);
                }
            }

            StartWaiting(stopping);

            // Behind the others, which need not wait for a store that takes its time.
            if (unhandled.Count > 0)
            {
                TellNotHandled(unhandled);
                await CompleteAsync(unhandled).ConfigureAwait(false);
            }

            return raised > 0 || claims.Count > 0;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Starts nothing more. When it returns, every claim is in flight or is being given back. Rounds go on renewing them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopped = true;
        await PassGateAsync(cancellationToken).ConfigureAwait(false);
        foreach (var dispatch in _inFlight.TakeBack())
        {
            _ = FinishAloneAsync(dispatch, DispatchVerdict.OfStop(dispatch.Claim, heard.ForDispatch));
        }
    }

    /// <summary>The dispatches that have not come to their end.</summary>
    public Task[] InFlight() => Array.ConvertAll(_inFlight.All(), static dispatch => dispatch.Whole);

    /// <summary>Reads the store's time when the host starts, or as soon as the store is there.</summary>
    private async ValueTask ReadStoreTimeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await heard.ReadStoreAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            // Tried again by the next round, and by the next webhook, which is not stamped without. What else is asked of the store now says what is wrong.
            log.StoreAskedAgain(exception, TimeSpan.Zero);
        }
    }

    /// <summary>Tells the store Meta's time where no webhook does: a host without webhooks forgets, too.</summary>
    private async ValueTask TellStoreTimeAsync(Instant now, CancellationToken cancellationToken)
    {
        if (heard.TakeDue() is not { } metaTime)
        {
            return;
        }

        try
        {
            await store.IngestAsync(new IngestBatch { Events = [], ReceivedAt = now, MetaTime = metaTime }, cancellationToken).ConfigureAwait(false);
            heard.Stored(metaTime);
        }
        catch (StoreUnavailableException exception)
        {
            // A store that is full takes nothing, and is emptied by the rest of the round.
            log.DispatchFailed(exception);
        }
    }

    private async ValueTask<int> SweepAsync(Instant now, int limit, CancellationToken cancellationToken) =>
        handlers.Planner.Alerts.Count == 0 ? 0 : await store.SweepAsync(new AlertSweep(now, handlers.Planner, limit), cancellationToken).ConfigureAwait(false);

    private ClaimRequest Request(Instant now, int limit) =>
        new(now, Lease, limit) { Lanes = handlers.Lanes.Taken, Alerts = handlers.Planner.Alerts, Turns = _turns };

    private void TellNotHandled(List<ClaimedEvent> claims)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            foreach (var claim in claims)
            {
                if (!handlers.Lanes.MakesTurns(claim.Event.Lane))
                {
                    log.EventNotHandled(claim.Event);
                }
            }
        }
    }

    /// <summary>Ends events that no handler takes, without reading them and without a task of their own.</summary>
    private async Task CompleteAsync(List<ClaimedEvent> claims)
    {
        try
        {
            await store.CompleteAsync(claims, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The claims run out and the events come again.
            log.DispatchFailed(exception);
        }
    }

    private async Task RenewAsync(Instant now, CancellationToken stopping)
    {
        if (_firstLeaseEnd - now >= Lease / 2)
        {
            return;
        }

        // What ended since need not be renewed, and what waits must not be: another host may have begun it.
        _inFlight.LeaveLate(now);
        var dispatches = _inFlight.All();
        _firstLeaseEnd = dispatches.Length == 0 ? Instant.MaxValue : dispatches.Min(static dispatch => dispatch.LeasedUntil);
        if (_firstLeaseEnd - now >= Lease / 2)
        {
            return;
        }

        // Whoever has lost its claim is not renewed; it learns of it when it writes.
        await store.RenewAsync([.. dispatches.Select(static dispatch => dispatch.Claim)], now + Lease, stopping).ConfigureAwait(false);
        _inFlight.Extend(dispatches, now + Lease, heard.ForDispatch);
        _firstLeaseEnd = now + Lease;
    }

    /// <summary>Starts what waits, as far as there are places.</summary>
    private void StartWaiting(CancellationToken stopping)
    {
        while (_inFlight.TakeNext(heard.ForDispatch) is { } dispatch)
        {
            _ = Task.Run(() => RunAsync(dispatch, stopping), CancellationToken.None);
        }
    }

    /// <summary>
    /// Something ended: there may be room for more, and the next event of its conversation may be due. While enough waits here, that can wait.
    /// </summary>
    private void WakeIfLow()
    {
        if (_inFlight.RunsLow())
        {
            wake.Wake();
        }
    }

    /// <summary>Runs an event, and then what waits for its place.</summary>
    private async Task RunAsync(DispatchInFlight? dispatch, CancellationToken stopping)
    {
        while (dispatch is not null)
        {
            await RunOneAsync(dispatch, stopping).ConfigureAwait(false);
            dispatch = _stopped ? null : _inFlight.TakeNext(heard.ForDispatch);
            WakeIfLow();
        }
    }

    private async Task RunOneAsync(DispatchInFlight dispatch, CancellationToken stopping)
    {
        while (true)
        {
            var result = await HandleAsync(dispatch, stopping).ConfigureAwait(false);
            if (result is DispatchResult.Completed)
            {
                // Its place is free: no handler waits for a write.
                _inFlight.Free(dispatch);
                _completion.Add(dispatch, EndCompleted);
                return;
            }

            if (_inFlight.TryEnd(dispatch, result is null ? null : await FinishAsync(dispatch, result, stopping).ConfigureAwait(false)))
            {
                return;
            }
        }
    }

    private void EndCompleted(DispatchInFlight dispatch, bool isCompleted)
    {
        if (!isCompleted)
        {
            _ = FinishAloneAsync(dispatch, DispatchResult.Completed.Instance);
            return;
        }

        _inFlight.TryEnd(dispatch, finished: null);
        WakeIfLow();
    }

    private async Task FinishAloneAsync(DispatchInFlight dispatch, DispatchResult result)
    {
        while (!_inFlight.TryEnd(dispatch, await FinishAsync(dispatch, result, CancellationToken.None).ConfigureAwait(false)))
        {
        }

        wake.Wake();
    }

    /// <returns>What becomes of the event; null when nothing can be said, so that it comes again when its lease ends.</returns>
    private async Task<DispatchResult?> HandleAsync(DispatchInFlight dispatch, CancellationToken stopping)
    {
        try
        {
            var claim = dispatch.Claim;
            if (claim.MustBeCounted && !await store.CountTryAsync(claim, CancellationToken.None).ConfigureAwait(false))
            {
                // It is another's by now.
                return null;
            }

            var failure = claim.Attempt > DispatchVerdict.MostAttempts
                ? new InvalidOperationException("Every try ended with its process.")
                : await handling.RunAsync(claim, handler => MarkAsync(dispatch, handler, stopping), stopping).ConfigureAwait(false);

            // A handler that was cut off by the end of the host did not fail.
            return failure is not null && stopping.IsCancellationRequested ? DispatchVerdict.OfStop(claim, heard.ForDispatch) : ResultOf(failure, claim);
        }
        catch (Exception exception)
        {
            // The store failed: the claim runs out and the event comes again.
            log.DispatchFailed(exception);
            return null;
        }
    }

    /// <returns>The claim that was finished; null when none was, so that the event comes again when its lease ends.</returns>
    private async Task<ClaimedEvent?> FinishAsync(DispatchInFlight dispatch, DispatchResult result, CancellationToken stopping)
    {
        try
        {
            return await HoldAsync(dispatch, held => store.FinishAsync(held, result, CancellationToken.None), stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The store failed: the claim runs out and the event comes again.
            log.DispatchFailed(exception);
            return null;
        }
    }

    private async Task MarkAsync(DispatchInFlight dispatch, string handler, CancellationToken stopping)
    {
        try
        {
            await HoldAsync(dispatch, held => store.MarkHandledAsync(held, handler, CancellationToken.None), stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The handler did succeed. If the event cannot be finished either, it comes again: at least once is the promise.
            log.DispatchFailed(exception);
        }
    }

    /// <summary>
    /// Writes under the claim that is held. A refused write is tried again when a round claimed the event anew meanwhile, and a failed one after a moment.
    /// </summary>
    /// <returns>The claim under which it was written, or which another host holds by now.</returns>
    private async Task<ClaimedEvent> HoldAsync(DispatchInFlight dispatch, Func<ClaimedEvent, ValueTask<bool>> write, CancellationToken stopping)
    {
        var failures = 0;
        while (true)
        {
            var claim = dispatch.Claim;
            try
            {
                if (await write(claim).ConfigureAwait(false))
                {
                    return claim;
                }
            }
            catch (Exception exception) when (failures < WriteRetryDelays.Length)
            {
                log.StoreAskedAgain(exception, WriteRetryDelays[failures]);
                await Task.Delay(WriteRetryDelays[failures++], TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            // A round that has the new claim in its hands passes it on before it leaves the gate.
            await PassGateAsync(CancellationToken.None).ConfigureAwait(false);
            if (dispatch.Claim == claim)
            {
                return claim;
            }
        }
    }

    private async Task PassGateAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        _gate.Release();
    }

    private DispatchResult ResultOf(Exception? failure, ClaimedEvent claim)
    {
        var own = clock.GetInstant();
        var now = heard.ToDispatch(own);
        var result = DispatchVerdict.Of(failure, claim, now, own - now, settings);
        if (result is DispatchResult.Parked)
        {
            var refusal = (failure as ReplyPostponedException)?.Outcome;
            log.EventParked(claim.Event, claim.Attempt, refusal is null ? "it failed each time, as told before." : $"its reply could not go. {refusal}");
            metrics.CountParked(claim.Event);
        }

        return result;
    }
}
