using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Options;

namespace WhatsSession.Handling;

/// <summary>Calls handlers in scopes of their own and within their time, and asks their filters.</summary>
internal sealed class HandlerRunner(WhatsSessionSettings settings, IServiceScopeFactory scopes, HandlerThreads threads, RunsLeftBehind leftBehind)
{
    // So long a handler may take to heed its token before it counts as one that does not.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // A retry waits for the run there is, so that no handler works on one event twice at once.
    private readonly ConcurrentDictionary<(EventKey Event, string Handler, bool IsFilter), Task> _running = new();

    /// <summary>Asks whether a handler takes an event. A filter that may block is asked as a handler is called.</summary>
    public ValueTask<bool> AcceptsAsync(HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, CancellationToken stopping) =>
        handler.MayBlockOn(received)
            ? new(RunOnceAsync((received.Key, handler.Name, true), _ => Task.FromResult(handler.Accepts(received, number)), stopping))
            : new(handler.Accepts(received, number));

    /// <summary>
    /// Calls a handler and waits for its end, but no longer than it may run: one that does not heed its token is left behind,
    /// so that it does not hold up its conversation for ever.
    /// </summary>
    /// <returns>The reply that could not go, for which the event is to come again; null when the handler is done.</returns>
    /// <exception cref="TimeoutException">Too many of its runs were left behind: it is not called.</exception>
    public Task<ReplyPostponedException?> RunAsync(
        HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, HandlerRun run, CancellationToken stopping) =>
        RunOnceAsync((received.Key, handler.Name, false), token => InvokeAsync(handler, received, number, run, token), stopping);

    private async Task<T> RunOnceAsync<T>(
        (EventKey Event, string Handler, bool IsFilter) key, Func<CancellationToken, Task<T>> code, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(settings.HandlerTimeout);
        if (_running.TryGetValue(key, out var earlier))
        {
            await Task.WhenAny(earlier).WaitAsync(limit.Token).ConfigureAwait(false);
            if (earlier is Task<T> { IsCompletedSuccessfully: true } done)
            {
                return await done.ConfigureAwait(false);
            }
        }

        leftBehind.ThrowIfMost(key.Handler);

        // Not on the pool, for it may block before it awaits.
        var token = limit.Token;
        var running = threads.RunAsync(() => code(token));
        _running[key] = running;
        _ = running.ContinueWith(
            ended =>
            {
                _ = ended.Exception; // Seen, also when nobody waits any more.
                _running.TryRemove(KeyValuePair.Create(key, (Task)ended));
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCompleted && !stopping.IsCancellationRequested)
        {
            await ((Task)Task.WhenAny(running).WaitAsync(Grace, TimeProvider.System, stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (running.IsCompleted)
            {
                return await running.ConfigureAwait(false);
            }

            leftBehind.Add(key.Handler, running);
            throw;
        }
    }

    private async Task<ReplyPostponedException?> InvokeAsync(
        HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, HandlerRun run, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await handler.InvokeAsync(received, number, scope.ServiceProvider, run, cancellationToken).ConfigureAwait(false);
        }

        return run.Postponed;
    }
}
