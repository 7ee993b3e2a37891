using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace WhatsSession;

/// <summary>Takes events out of the store's outbox and calls handlers: at least once per event and handler, in order within a conversation, in parallel across conversations.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate holds nothing without a wait handle, and a handler that ends late may still ask for it.")]
internal sealed class EventDispatcher(
    IWhatsSessionStore store,
    WhatsSessionSettings settings,
    WhatsSessionClient client,
    IEnumerable<HandlerBinding> handlers,
    HandlerRunner runner,
    SendEngine engine,
    WhatsSessionMetrics metrics,
    TemplateReadiness templates,
    TimeProvider clock,
    ILogger<EventDispatcher> log)
{
    private const int MostAttempts = 5;

    // The waits together stay under ten minutes; then the conversation goes on without the event. What the tries themselves take comes on top.
    private static readonly Duration[] RetryDelays = [Duration.FromSeconds(1), Duration.FromSeconds(10), Duration.FromMinutes(1), Duration.FromMinutes(5)];

    private static readonly Duration LeaseBeyondTimeout = Duration.FromSeconds(30);

    private readonly HandlerBinding[] _handlers = [.. handlers];
    private readonly HandledLanes _lanes = new([.. handlers]);
    private readonly Duration[] _leads = [.. handlers.Select(handler => handler.AlertLead).OfType<TimeSpan>().Distinct().Select(Duration.FromTimeSpan)];
    private readonly SemaphoreSlim _gate = new(1, 1);

    // By position in the outbox: an event is handled once at a time in this process, whatever becomes of its lease.
    private readonly Dictionary<long, Dispatch> _inFlight = [];
    private long _ended;
    private volatile bool _stopped;

    /// <summary>Called when a dispatch came to its end, so that the next event of its conversation may be due.</summary>
    public Action? Progressed { get; set; }

    /// <summary>How many dispatches came to their end. When it changed during a round, that round may have missed what became due.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>One round: raises due alerts and starts what can be started.</summary>
    /// <returns>Whether anything was found to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        // Claiming and noting as in flight happen together, so that nobody who waits for both to be empty is deceived.
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_stopped)
            {
                return false;
            }

            var raised = _leads.Length == 0 ? 0 : await store.SweepAsync(new AlertSweep(clock.GetInstant(), _leads, Limit: 500), stopping).ConfigureAwait(false);
            var free = settings.MaxConcurrency - CountInFlight();
            if (free <= 0)
            {
                return raised > 0;
            }

            // The caller's token ends only the wait for the gate: what a store has claimed must be started.
            // The handlers of an event run one after the other, each with a time-out of its own, and before them what the SDK does itself.
            var lease = (Duration.FromTimeSpan(settings.HandlerTimeout) * (_handlers.Length + 1)) + LeaseBeyondTimeout;
            var claims = await store.ClaimAsync(new ClaimRequest(clock.GetInstant(), lease, free) { Lanes = _lanes.Taken }, stopping).ConfigureAwait(false);
            foreach (var claim in claims)
            {
                if (_lanes.Contain(claim.Event))
                {
                    StartOrAdopt(claim, stopping);
                }
            }

            // Behind the others, which need not wait for a store that takes its time.
            foreach (var claim in claims)
            {
                if (!_lanes.Contain(claim.Event))
                {
                    await CompleteAsync(claim).ConfigureAwait(false);
                }
            }

            return raised > 0 || claims.Count > 0;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Starts nothing more. When it returns, every claim is in flight.</summary>
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

    private int CountInFlight()
    {
        lock (_inFlight)
        {
            return _inFlight.Count;
        }
    }

    /// <summary>Ends an event that no handler takes, without reading it and without a task of its own.</summary>
    private async Task CompleteAsync(ClaimedEvent claim)
    {
        try
        {
            await store.FinishAsync(claim, DispatchResult.Completed.Instance, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The claim runs out and the event comes again.
            log.DispatchFailed(exception);
        }
    }

    /// <summary>An event that is being handled while its lease ran out, as by a jump of the clock, goes on under the new claim.</summary>
    private void StartOrAdopt(ClaimedEvent claim, CancellationToken stopping)
    {
        Dispatch? dispatch;
        lock (_inFlight)
        {
            if (_inFlight.TryGetValue(claim.Position, out dispatch))
            {
                dispatch.Claim = claim;
                return;
            }

            dispatch = new Dispatch(claim);
            _inFlight.Add(claim.Position, dispatch);
        }

        _ = Task.Run(() => RunAsync(dispatch, stopping), CancellationToken.None);
    }

    private async Task RunAsync(Dispatch dispatch, CancellationToken stopping)
    {
        while (!TryEnd(dispatch, await DispatchAsync(dispatch, stopping).ConfigureAwait(false)))
        {
        }

        dispatch.End();
        Progressed?.Invoke();
    }

    /// <returns>False when the event was claimed anew since its claim was finished, as for a retry that was due at once: then it is dispatched again.</returns>
    private bool TryEnd(Dispatch dispatch, ClaimedEvent? finished)
    {
        lock (_inFlight)
        {
            if (finished is not null && finished != dispatch.Claim)
            {
                return false;
            }

            Interlocked.Increment(ref _ended);
            return _inFlight.Remove(dispatch.Claim.Position);
        }
    }

    /// <returns>The claim that was finished; null when none was, so that the event comes again when its lease ends.</returns>
    private async Task<ClaimedEvent?> DispatchAsync(Dispatch dispatch, CancellationToken stopping)
    {
        try
        {
            var claim = dispatch.Claim;
            var failure = claim.Attempt > MostAttempts
                ? new InvalidOperationException("Every try ended with its process.")
                : await InvokeAllAsync(dispatch, claim, stopping).ConfigureAwait(false);

            // A handler that was cut off by the end of the host did not fail.
            var result = failure is not null && stopping.IsCancellationRequested ? DispatchResult.Released.Instance : ResultOf(failure, claim);
            return await HoldAsync(dispatch, held => store.FinishAsync(held, result, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The store failed: the claim runs out and the event comes again.
            log.DispatchFailed(exception);
            return null;
        }
    }

    /// <returns>Why the event is not done; null when it is.</returns>
    private async Task<Exception?> InvokeAllAsync(Dispatch dispatch, ClaimedEvent claim, CancellationToken stopping)
    {
        WhatsAppEvent received;
        try
        {
            received = WebhookReader.Restore(claim.Event);
        }
        catch (Exception exception)
        {
            // What was stored cannot be read: it is tried again, by a newer version perhaps, and then parked, so that it holds up nobody.
            log.DispatchFailed(exception);
            return exception;
        }

        if (SendEngine.Concerns(received) && !claim.CompletedHandlers.Contains(SendEngine.Name, StringComparer.Ordinal)
            && await RunEngineAsync(received, dispatch, claim.Attempt, stopping).ConfigureAwait(false) is { } failed)
        {
            return failed;
        }

        if (received is TemplateEvent told)
        {
            await templates.NoteAsync(told, stopping).ConfigureAwait(false);
        }

        if (received is EngineWork)
        {
            return null;
        }

        var number = received.Number is { } id ? client.Find(id) : null;
        Exception? failure = null;
        foreach (var handler in _handlers)
        {
            if (!claim.CompletedHandlers.Contains(handler.Name, StringComparer.Ordinal))
            {
                failure = await InvokeAsync(handler, received, number, dispatch, claim.Attempt, stopping).ConfigureAwait(false) ?? failure;
            }
        }

        return failure;
    }

    private async Task<Exception?> InvokeAsync(HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, Dispatch dispatch, int attempt, CancellationToken stopping)
    {
        Activity? span = null;
        var started = clock.GetTimestamp();
        try
        {
            if (!handler.Accepts(received, number))
            {
                return null;
            }

            span = WhatsSessionActivities.StartHandler(handler.Name, received, number?.Name, attempt);
            await runner.RunAsync(handler, received, number, attempt, stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Code of the user: whatever it throws concerns this handler and this event alone.
            return NoteFailure(exception, span, handler.Name, received, attempt, started);
        }
        finally
        {
            span?.Dispose();
        }

        metrics.RecordHandler(handler.Name, received, clock.GetElapsedTime(started), failure: null);
        await MarkAsync(dispatch, handler.Name).ConfigureAwait(false);
        return null;
    }

    private async Task<Exception?> RunEngineAsync(WhatsAppEvent received, Dispatch dispatch, int attempt, CancellationToken stopping)
    {
        using var span = WhatsSessionActivities.StartHandler(SendEngine.Name, received, received.Number is { } id ? client.Find(id)?.Name : null, attempt);
        var started = clock.GetTimestamp();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limit.CancelAfter(settings.HandlerTimeout);
            await engine.RunAsync(received, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return NoteFailure(exception, span, SendEngine.Name, received, attempt, started);
        }

        metrics.RecordHandler(SendEngine.Name, received, clock.GetElapsedTime(started), failure: null);
        await MarkAsync(dispatch, SendEngine.Name).ConfigureAwait(false);
        return null;
    }

    private Exception NoteFailure(Exception exception, Activity? span, string handler, WhatsAppEvent received, int attempt, long started)
    {
        log.HandlerFailed(exception, handler, received, attempt);
        WhatsSessionActivities.Fail(span, exception);
        metrics.RecordHandler(handler, received, clock.GetElapsedTime(started), exception);
        return exception;
    }

    private async Task MarkAsync(Dispatch dispatch, string handler)
    {
        try
        {
            await HoldAsync(dispatch, held => store.MarkHandledAsync(held, handler, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The handler did succeed. If the event cannot be finished either, it comes again: at least once is the promise.
            log.DispatchFailed(exception);
        }
    }

    /// <summary>Writes under the claim that is held. A refused write is tried again when a round claimed the event anew meanwhile.</summary>
    /// <returns>The claim under which it was written, or which another host holds by now.</returns>
    private async Task<ClaimedEvent> HoldAsync(Dispatch dispatch, Func<ClaimedEvent, ValueTask<bool>> write)
    {
        while (true)
        {
            var claim = dispatch.Claim;
            if (await write(claim).ConfigureAwait(false))
            {
                return claim;
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
        if (failure is null)
        {
            return DispatchResult.Completed.Instance;
        }

        var error = failure.GetType().FullName ?? failure.GetType().Name;
        if (claim.Attempt >= MostAttempts)
        {
            log.EventParked(claim.Event, claim.Attempt);
            metrics.CountParked(claim.Event);
            return new DispatchResult.Parked(error);
        }

        return new DispatchResult.Retry(clock.GetInstant() + RetryDelays[claim.Attempt - 1], error);
    }

    private sealed class Dispatch(ClaimedEvent claim)
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile ClaimedEvent _claim = claim;

        /// <summary>The claim that is held: the last one.</summary>
        public ClaimedEvent Claim
        {
            get => _claim;
            set => _claim = value;
        }

        public Task Whole => _end.Task;

        public void End() => _end.SetResult();
    }
}
