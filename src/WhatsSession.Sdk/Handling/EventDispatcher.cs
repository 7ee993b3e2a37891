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

    // By position in the outbox: an event is handled once at a time in this process, whatever becomes of its lease.
    private readonly Dictionary<long, DispatchInFlight> _inFlight = [];

    // Under the lock of those.
    private readonly DispatchPlaces _places = new(settings, clock);
    private long _ended;
    private volatile bool _stopped;

    /// <summary>How many dispatches came to their end. When it changed during a round, that round may have missed what became due.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>Tells the store which lanes this host takes and which alerts it plans, so that no other host passes over them from now on.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await ReadStoreTimeAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetInstant();
        await SweepAsync(now, limit: 0, cancellationToken).ConfigureAwait(false);
        await store.ClaimAsync(Request(now, limit: 0), cancellationToken).ConfigureAwait(false);
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
            var now = clock.GetInstant();
            await RenewAsync(now, stopping).ConfigureAwait(false);
            if (_stopped)
            {
                return false;
            }

            await ReadStoreTimeAsync(stopping).ConfigureAwait(false);
            await TellStoreTimeAsync(now, stopping).ConfigureAwait(false);
            var raised = await SweepAsync(now, limit: 500, stopping).ConfigureAwait(false);
            if (Ask(now) is not { } request)
            {
                return raised > 0;
            }

            // The caller's token ends only the wait for the gate: what a store has claimed must be started.
            var claims = await store.ClaimAsync(request, stopping).ConfigureAwait(false);
            var unhandled = new List<ClaimedEvent>();
            foreach (var claim in claims)
            {
                if (handlers.Lanes.Contain(claim.Event))
                {
                    StartOrAdopt(claim, now + Lease, stopping);
                }
                else
                {
                    unhandled.Add(claim);
                }
            }

            // Behind the others, which need not wait for a store that takes its time.
            if (unhandled.Count > 0)
            {
                await CompleteAsync(unhandled).ConfigureAwait(false);
            }

            return raised > 0 || claims.Count > 0;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Starts nothing more. When it returns, every claim is in flight. Rounds go on renewing them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopped = true;
        await PassGateAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The dispatches that run now.</summary>
    public Task[] InFlight()
    {
        lock (_inFlight)
        {
            return [.. _inFlight.Values.Select(dispatch => dispatch.Whole)];
        }
    }

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
            log.DispatchFailed(exception);
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

    private ClaimRequest Request(Instant now, int limit) => new(now, Lease, limit) { Lanes = handlers.Lanes.Taken, Alerts = handlers.Planner.Alerts };

    /// <summary>What there is room for; null for nothing.</summary>
    private ClaimRequest? Ask(Instant now)
    {
        lock (_inFlight)
        {
            _places.MoveLong(_inFlight.Values);
            return _places.Ask(Request(now, limit: 0));
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
        DispatchInFlight[] dispatches;
        lock (_inFlight)
        {
            dispatches = _inFlight.Values.Any(dispatch => dispatch.LeasedUntil - now < Lease / 2) ? [.. _inFlight.Values] : [];
        }

        if (dispatches.Length == 0)
        {
            return;
        }

        // Whoever has lost its claim is not renewed; it learns of it when it writes.
        await store.RenewAsync([.. dispatches.Select(static dispatch => dispatch.Claim)], now + Lease, stopping).ConfigureAwait(false);
        foreach (var dispatch in dispatches)
        {
            dispatch.Extend(now + Lease);
        }
    }

    /// <summary>An event that is being handled while another host took it and gave it back, or its lease ran out, goes on under the new claim.</summary>
    private void StartOrAdopt(ClaimedEvent claim, Instant leasedUntil, CancellationToken stopping)
    {
        DispatchInFlight? dispatch;
        lock (_inFlight)
        {
            if (_inFlight.TryGetValue(claim.Position, out dispatch))
            {
                dispatch.Adopt(claim, leasedUntil);
                return;
            }

            dispatch = new DispatchInFlight(claim, leasedUntil);
            _inFlight.Add(claim.Position, dispatch);
            _places.Take(dispatch);
        }

        _ = Task.Run(() => RunAsync(dispatch, stopping), CancellationToken.None);
    }

    private async Task RunAsync(DispatchInFlight dispatch, CancellationToken stopping)
    {
        while (!TryEnd(dispatch, await DispatchAsync(dispatch, stopping).ConfigureAwait(false)))
        {
        }

        dispatch.End();

        // The next event of its conversation may be due.
        wake.Wake();
    }

    /// <returns>False when the event was claimed anew since its claim was finished, as for a retry that was due at once: then it is dispatched again.</returns>
    private bool TryEnd(DispatchInFlight dispatch, ClaimedEvent? finished)
    {
        lock (_inFlight)
        {
            if (finished is not null && finished != dispatch.Claim)
            {
                return false;
            }

            _places.Free(dispatch);
            Interlocked.Increment(ref _ended);
            return _inFlight.Remove(dispatch.Claim.Position);
        }
    }

    /// <returns>The claim that was finished; null when none was, so that the event comes again when its lease ends.</returns>
    private async Task<ClaimedEvent?> DispatchAsync(DispatchInFlight dispatch, CancellationToken stopping)
    {
        try
        {
            var claim = dispatch.Claim;
            var failure = claim.Attempt > DispatchVerdict.MostAttempts
                ? new InvalidOperationException("Every try ended with its process.")
                : await handling.RunAsync(claim, handler => MarkAsync(dispatch, handler, stopping), stopping).ConfigureAwait(false);

            // A handler that was cut off by the end of the host did not fail.
            var result = failure is not null && stopping.IsCancellationRequested ? DispatchVerdict.OfStop(claim, clock.GetInstant()) : ResultOf(failure, claim);
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
                log.DispatchFailed(exception);
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
        var result = DispatchVerdict.Of(failure, claim, clock.GetInstant(), settings);
        if (result is DispatchResult.Parked)
        {
            if (failure is ReplyPostponedException { Outcome: var refusal })
            {
                log.ReplyRefused(refusal);
            }

            log.EventParked(claim.Event, claim.Attempt);
            metrics.CountParked(claim.Event);
        }

        return result;
    }
}
