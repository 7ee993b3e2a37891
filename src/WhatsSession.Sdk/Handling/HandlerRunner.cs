using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Options;

namespace WhatsSession.Handling;

/// <summary>Calls handlers in scopes of their own and within their time.</summary>
internal sealed class HandlerRunner(WhatsSessionSettings settings, IServiceScopeFactory scopes, HandlerThreads threads)
{
    // Handlers that went on after their time. A retry waits for the run there is, so that no handler works on one event twice at once.
    private readonly ConcurrentDictionary<(EventKey Event, string Handler), Task> _running = new();

    /// <summary>
    /// Calls a handler and waits for its end, but no longer than it may run: one that does not heed its token is left behind,
    /// so that it does not hold up its conversation for ever.
    /// </summary>
    public async Task RunAsync(HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, int attempt, CancellationToken stopping)
    {
        var key = (received.Key, handler.Name);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(settings.HandlerTimeout);
        if (_running.TryGetValue(key, out var earlier))
        {
            await Task.WhenAny(earlier).WaitAsync(limit.Token).ConfigureAwait(false);
            if (earlier.IsCompletedSuccessfully)
            {
                return;
            }
        }

        // Not on the pool, for it may block before it awaits.
        var run = threads.RunAsync(() => InvokeAsync(handler, received, number, attempt, limit.Token));
        _running[key] = run;
        _ = run.ContinueWith(
            ended =>
            {
                _ = ended.Exception; // Seen, also when nobody waits any more.
                _running.TryRemove(KeyValuePair.Create(key, ended));
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        await run.WaitAsync(limit.Token).ConfigureAwait(false);
    }

    private async Task InvokeAsync(HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, int attempt, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await handler.InvokeAsync(received, number, scope.ServiceProvider, attempt, cancellationToken).ConfigureAwait(false);
        }
    }
}
