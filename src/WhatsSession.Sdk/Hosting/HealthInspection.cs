using Microsoft.Extensions.Hosting;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;

namespace WhatsSession.Hosting;

/// <summary>Finds what is wrong with the store and with what is kept in it.</summary>
internal sealed class HealthInspection(
    IWhatsSessionStore store,
    HostLoop loop,
    SetAside setAside,
    TemplateReadiness templates,
    RunsLeftBehind leftBehind,
    IEnumerable<IHostEnvironment> environments)
{
    /// <summary>The most events and claims that are counted: it is asked often.</summary>
    private const int MostCounted = 100;

    // Of sockets, so on the system's clock.
    private static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(5);

    public async Task<WhatsSessionHealth> InspectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var problems = new List<HealthProblem>();
        if (!loop.IsRunning)
        {
            problems.Add(new(HealthProblemKind.DispatcherStopped, "Events are not dispatched: the runtime was not started, or was stopped."));
        }

        if (loop.Durability == StoreDurability.Process && !environments.Any(static environment => environment.IsDevelopment()))
        {
            problems.Add(new(HealthProblemKind.StoreInMemory,
                "The store keeps everything in memory: what is accepted is lost with the process. Name a durable store, such as "
                + "UseSqlite(\"whatssession.db\")."));
        }

        try
        {
            problems.AddRange(await FindInStoreAsync(cancellationToken).WaitAsync(StoreDeadline, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the store did not answer. The exception's text may be anybody's.
            problems.Add(new(HealthProblemKind.StoreUnavailable, $"The store did not answer ({TelemetryNames.Of(exception)})."));
        }

        problems.AddRange(leftBehind.Now.Select(static handler => new HealthProblem(
            HealthProblemKind.HandlersLeftBehind,
            FormattableString.Invariant($"The handler \"{handler.Key}\" has {handler.Value} run(s) that go on after their time ")
            + "(WhatsSession:Dispatch:HandlerTimeout): it does not heed its CancellationToken, or blocks its thread. "
            + FormattableString.Invariant($"At {RunsLeftBehind.Most} it is not called any more until some end."))));
        problems.AddRange(templates.Problems.Select(static problem => new HealthProblem(HealthProblemKind.TemplateNotReady, problem)));
        return new WhatsSessionHealth([.. problems.OrderByDescending(static problem => problem.IsFatal)]);
    }

    private async Task<List<HealthProblem>> FindInStoreAsync(CancellationToken cancellationToken)
    {
        var problems = new List<HealthProblem>();
        try
        {
            await store.ProbeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            // What can still be read changes nothing: every webhook is refused.
            return
            [
                new(HealthProblemKind.StoreUnavailable,
                    $"The store can keep nothing now, so webhooks are answered with 503 ({TelemetryNames.Of(exception)}); the log says why."),
            ];
        }

        var parked = await setAside.Parked.ListAsync(MostCounted, cancellationToken).ConfigureAwait(false);

        // A payload may be megabytes, so one is enough to know.
        var quarantined = await setAside.Quarantine.ListAsync(1, cancellationToken).ConfigureAwait(false);
        var abandoned = await setAside.AbandonedFallbacks.ListAsync(MostCounted, cancellationToken).ConfigureAwait(false);
        if (parked.Count > 0)
        {
            problems.Add(new(HealthProblemKind.EventsParked,
                $"{Count(parked.Count, "event")} parked because a handler failed too often; see Parked.ListAsync, Parked.ReplayAsync and "
                + "Parked.DiscardAsync."));
        }

        if (quarantined.Count > 0)
        {
            problems.Add(new(HealthProblemKind.WebhooksQuarantined,
                "Signed webhooks are in quarantine because they could not be read to their end; see Quarantine.ListAsync, Quarantine.ReplayAsync and "
                + "Quarantine.DiscardAsync."));
        }

        if (abandoned.Count > 0)
        {
            problems.Add(new(HealthProblemKind.FallbacksAbandoned,
                $"{Count(abandoned.Count, "fallback template")} claimed and may never have been sent; see AbandonedFallbacks.ListAsync and "
                + "AbandonedFallbacks.DismissAsync."));
        }

        return problems;
    }

    private static string Count(int found, string what) => found switch
    {
        1 => $"1 {what} is",
        MostCounted => FormattableString.Invariant($"{found} or more {what}s are"),
        _ => FormattableString.Invariant($"{found} {what}s are"),
    };
}
