using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace WhatsSession;

/// <summary>Takes events out of the store's outbox and calls handlers: at least once per event and handler, in order within a conversation, in parallel across conversations.</summary>
internal sealed class EventDispatcher(
    IWhatsSessionStore store,
    WhatsSessionSettings settings,
    WhatsSessionClient client,
    IEnumerable<HandlerBinding> handlers,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<EventDispatcher> log) : IDisposable
{
    private const int MostAttempts = 5;

    // Together they stay under ten minutes, after which the conversation goes on without the event.
    private static readonly Duration[] RetryDelays = [Duration.FromSeconds(1), Duration.FromSeconds(10), Duration.FromMinutes(1), Duration.FromMinutes(5)];

    private static readonly Duration LeaseBeyondTimeout = Duration.FromSeconds(30);

    private readonly HandlerBinding[] _handlers = [.. handlers];
    private readonly Duration[] _leads = [.. handlers.Select(handler => handler.AlertLead).OfType<TimeSpan>().Distinct().Select(Duration.FromTimeSpan)];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HashSet<Task> _inFlight = [];
    private long _ended;

    /// <summary>Called when a handler came to its end, so that the next event of its conversation may be due.</summary>
    public Action? Progressed { get; set; }

    /// <summary>One round: raises due alerts and starts what can be started.</summary>
    /// <returns>Whether anything was found to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        // Claiming and noting as in flight happen together, so that nobody who waits for both to be empty is deceived.
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var raised = _leads.Length == 0 ? 0 : await store.SweepAsync(new AlertSweep(clock.GetInstant(), _leads, Limit: 500), cancellationToken).ConfigureAwait(false);
            var free = settings.MaxConcurrency - InFlight().Length;
            if (free <= 0)
            {
                return raised > 0;
            }

            // The handlers of an event run one after the other, each with a time-out of its own.
            var lease = (Duration.FromTimeSpan(settings.HandlerTimeout) * Math.Max(1, _handlers.Length)) + LeaseBeyondTimeout;
            var claims = await store.ClaimAsync(new ClaimRequest(clock.GetInstant(), lease, free), cancellationToken).ConfigureAwait(false);
            foreach (var claim in claims)
            {
                Start(claim, stopping);
            }

            return raised > 0 || claims.Count > 0;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>How many dispatches came to their end. When it changed during a round, that round may have missed what became due.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>The dispatches that run now.</summary>
    public Task[] InFlight()
    {
        lock (_inFlight)
        {
            return [.. _inFlight];
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Start(ClaimedEvent claim, CancellationToken stopping)
    {
        var task = new Task<Task>(() => DispatchAsync(claim, stopping), CancellationToken.None);
        var whole = task.Unwrap();
        lock (_inFlight)
        {
            _inFlight.Add(whole);
        }

        _ = whole.ContinueWith(
            ended =>
            {
                lock (_inFlight)
                {
                    Interlocked.Increment(ref _ended);
                    _inFlight.Remove(ended);
                }

                Progressed?.Invoke();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        task.Start(TaskScheduler.Default);
    }

    private async Task DispatchAsync(ClaimedEvent claim, CancellationToken stopping)
    {
        try
        {
            var received = WebhookReader.Restore(claim.Event);
            var number = received.Number is { } id ? client.Find(id) : null;
            Exception? failure = null;
            foreach (var handler in _handlers)
            {
                if (handler.Accepts(received) && !claim.CompletedHandlers.Contains(handler.Name, StringComparer.Ordinal))
                {
                    failure = await InvokeAsync(handler, received, number, claim, stopping).ConfigureAwait(false) ?? failure;
                }
            }

            // A handler that was cut off by the end of the host did not fail: the lease runs out and the next host takes it up.
            if (failure is null || !stopping.IsCancellationRequested)
            {
                await store.FinishAsync(claim, ResultOf(failure, claim), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // The store failed, or the stored slice cannot be read: the claim runs out and the event comes again.
            log.DispatchFailed(exception);
        }
    }

    private async Task<Exception?> InvokeAsync(HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, ClaimedEvent claim, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(settings.HandlerTimeout);
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                // A handler that does not heed its token is left behind, so that it does not hold up its conversation for ever.
                await handler.InvokeAsync(received, number, settings, scope.ServiceProvider, claim.Attempt, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            }

            await store.MarkHandledAsync(claim, handler.Name, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            // Code of the user: whatever it throws concerns this handler and this event alone.
            log.HandlerFailed(exception, handler.Name, received, claim.Attempt);
            return exception;
        }
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
            return new DispatchResult.Parked(error);
        }

        return new DispatchResult.Retry(clock.GetInstant() + RetryDelays[claim.Attempt - 1], error);
    }
}
