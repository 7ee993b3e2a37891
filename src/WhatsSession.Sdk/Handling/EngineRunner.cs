using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>Runs the work of the SDK itself, observed and limited as a handler is.</summary>
internal sealed class EngineRunner(DueWork engine, WhatsSessionSettings settings, WhatsSessionClient client, ObservedRuns runs, ILogger<EventDispatcher> log)
{
    /// <returns>Why the work is not done; null when it is.</returns>
    public async Task<Exception?> RunAsync(EngineWork work, int attempt, CancellationToken stopping)
    {
        using var span = WhatsSessionActivities.StartHandler(DueWork.Name, work, work.Number is { } id ? client.Find(id)?.Name : null, attempt);
        var run = runs.Begin(DueWork.Name, work, attempt);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limit.CancelAfter(settings.HandlerTimeout);
            await engine.RunAsync(work, limit.Token).ConfigureAwait(false);
        }
        catch (PostponedException postponed)
        {
            log.WorkPostponed(work, postponed.Until);
            return postponed;
        }
        catch (Exception exception)
        {
            return run.Fail(exception, span);
        }

        run.Succeed();
        return null;
    }
}
