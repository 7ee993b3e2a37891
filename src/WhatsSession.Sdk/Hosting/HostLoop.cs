using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;

namespace WhatsSession.Hosting;

/// <summary>The loop of this host: looks for what is due as often as it is woken, and at short intervals.</summary>
internal sealed class HostLoop(
    IWhatsSessionStore store, EventDispatcher dispatcher, WakeUp wake, TemplateReadiness templates, ILogger<HostLoop> log) : IAsyncDisposable
{
    // What another host put into a shared store is found by looking; a wake-up of our own comes at once.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private volatile bool _stopped;
    private Task? _stop;

    /// <summary>What survives once the store has accepted it.</summary>
    public StoreDurability Durability => store.Durability;

    public bool IsRunning => !_stopped && !_loop.IsCompleted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        await dispatcher.AnnounceAsync(cancellationToken).ConfigureAwait(false);
        await templates.StartAsync(cancellationToken).ConfigureAwait(false);
        using (ExecutionContext.SuppressFlow())
        {
            // Whatever span the start belongs to, what is dispatched later does not.
            _loop = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    /// <summary>Stops dispatching. Handlers that run may finish until the token is cancelled;
    /// then they are cancelled, and their events come again after the restart.
    /// Whoever calls again waits for the same stop. Where nothing outlives the process, what is due is handled before,
    /// also until the token is cancelled.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stop ??= StopOnceAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Dispatches what is due until nothing is due or in flight.</summary>
    /// <returns>False when the host was stopped, so that nothing can be said.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ended = dispatcher.Ended;

            // A round that a slow store holds up goes on without the one who waited for it.
            var round = dispatcher.RunOnceAsync(_stopping.Token, cancellationToken);
            _ = round.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            var found = await round.WaitAsync(cancellationToken).ConfigureAwait(false);
            var running = dispatcher.InFlight();
            if (running.Length > 0)
            {
                await Task.WhenAny(running).WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            // What ended meanwhile may have held back an event that the round did not see as due.
            if (!found && ended == dispatcher.Ended)
            {
                // After the stop nothing is claimed, so nothing can be said of what is due.
                return !_stopped;
            }
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        if (store.Durability == StoreDurability.Process)
        {
            await FinishWhatIsDueAsync(cancellationToken).ConfigureAwait(false);
        }

        _stopped = true;
        try
        {
            await dispatcher.StopAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(dispatcher.InFlight()).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's patience has ended.
        }

        await _stopping.CancelAsync().ConfigureAwait(false);

        // What was cut off gives its event back before the store is closed.
        await Task.WhenAll(dispatcher.InFlight()).WaitAsync(TimeSpan.FromSeconds(2), CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        wake.Wake();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What was acknowledged and is kept in this process alone is handled now or never.</summary>
    private async Task FinishWhatIsDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's patience has ended.
        }
        catch (Exception exception)
        {
            // Without its store there is nothing to finish, but still something to stop.
            log.DispatchFailed(exception);
        }
    }

    private async Task RunAsync()
    {
        using var poll = TimeProvider.System.CreateTimer(static wake => ((WakeUp)wake!).Wake(), wake, PollInterval, PollInterval);

        // Until the end of the stop: what is in flight then is still to be renewed.
        var isFailing = false;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var found = await dispatcher.RunOnceAsync(_stopping.Token, _stopping.Token).ConfigureAwait(false);
                if (isFailing)
                {
                    isFailing = false;
                    log.StoreIsBack();
                }

                if (!found)
                {
                    // Without a token or a time-out, which would cost more than a round: the stop and the timer wake it too.
                    await wake.WaitAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A store that is away comes back; the loop must be there then. That it is away is told once.
                if (isFailing)
                {
                    log.StoreAskedAgain(exception, FailureDelay);
                }
                else
                {
                    isFailing = true;
                    log.DispatchFailed(exception);
                }

                await Task.Delay(FailureDelay, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
