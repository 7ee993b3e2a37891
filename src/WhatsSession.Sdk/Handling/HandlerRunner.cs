using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Options;

namespace WhatsSession.Handling;

/// <summary>Calls handlers in scopes of their own and within their time.</summary>
internal sealed class HandlerRunner(WhatsSessionSettings settings, IServiceScopeFactory scopes, HandlerThreads threads)
{
    // Handlers that went on after their time. A retry waits for the run there is, so that no handler works on one event twice at once.
    private readonly ConcurrentDictionary<(EventKey Event, string Handler), Task<ReplyPostponedException?>> _running = new();

    /// <summary>
    /// Calls a handler and waits for its end, but no longer than it may run: one that does not heed its token is left behind,
    /// so that it does not hold up its conversation for ever.
    /// </summary>
    /// <returns>The reply that could not go, for which the event is to come again; null when the handler is done.</returns>
    public async Task<ReplyPostponedException?> RunAsync(
        HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, HandlerRun run, CancellationToken stopping)
    {
        var key = (received.Key, handler.Name);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(settings.HandlerTimeout);
        if (_running.TryGetValue(key, out var earlier))
        {
            await Task.WhenAny(earlier).WaitAsync(limit.Token).ConfigureAwait(false);
            if (earlier.IsCompletedSuccessfully)
            {
                return await earlier.ConfigureAwait(false);
            }
        }

        // Not on the pool, for it may block before it awaits.
        var running = threads.RunAsync(() => InvokeAsync(handler, received, number, run, limit.Token));
        _running[key] = running;
        _ = running.ContinueWith(
            ended =>
            {
                _ = ended.Exception; // Seen, also when nobody waits any more.
                _running.TryRemove(KeyValuePair.Create(key, ended));
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return await running.WaitAsync(limit.Token).ConfigureAwait(false);
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
