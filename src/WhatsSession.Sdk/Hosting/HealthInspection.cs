using Microsoft.Extensions.Hosting;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;
using WhatsSession.Time;

namespace WhatsSession.Hosting;

/// <summary>Finds what is wrong with the store and with what is kept in it.</summary>
internal sealed class HealthInspection(IWhatsSessionStore store, TemplateReadiness templates, TimeProvider clock, IEnumerable<IHostEnvironment> environments)
{
    /// <summary>The most events and claims that are counted: it is asked often.</summary>
    private const int MostCounted = 100;

    /// <summary>Nothing was heard of a claim for so long: its process must have ended.</summary>
    public static readonly Duration AbandonedAfter = Duration.FromMinutes(5);

    // Of sockets, so on the system's clock.
    private static readonly TimeSpan StoreDeadline = TimeSpan.FromSeconds(5);

    public async Task<WhatsSessionHealth> InspectAsync(bool isDispatching, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var problems = new List<HealthProblem>();
        if (!isDispatching)
        {
            problems.Add(new(HealthProblemKind.DispatcherStopped, "Events are not dispatched: the runtime was not started, or was stopped."));
        }

        if (store.Durability == StoreDurability.Process && !environments.Any(static environment => environment.IsDevelopment()))
        {
            problems.Add(new(HealthProblemKind.StoreInMemory, "The store keeps everything in memory: what is accepted is lost with the process. Name a durable store, such as UseSqlite(\"whatssession.db\")."));
        }

        try
        {
            problems.AddRange(await FindInStoreAsync(cancellationToken).WaitAsync(StoreDeadline, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the store did not answer. The exception's text may be anybody's.
            problems.Insert(0, new(HealthProblemKind.StoreUnavailable, $"The store did not answer ({TelemetryNames.Of(exception)})."));
        }

        problems.AddRange(templates.Problems.Select(static problem => new HealthProblem(HealthProblemKind.TemplateNotReady, problem)));
        return new WhatsSessionHealth(problems);
    }

    private async Task<List<HealthProblem>> FindInStoreAsync(CancellationToken cancellationToken)
    {
        var problems = new List<HealthProblem>();
        var parked = await store.ListParkedAsync(MostCounted, cancellationToken).ConfigureAwait(false);

        // A payload may be megabytes, so one is enough to know.
        var quarantined = await store.ListQuarantinedAsync(1, cancellationToken).ConfigureAwait(false);
        var abandoned = await store.ListAbandonedFallbacksAsync(clock.GetInstant() - AbandonedAfter, MostCounted, cancellationToken).ConfigureAwait(false);
        if (parked.Count > 0)
        {
            problems.Add(new(HealthProblemKind.EventsParked, $"{Count(parked.Count, "event")} parked because a handler failed too often; see ListParkedAsync, ReplayAsync and DiscardParkedAsync."));
        }

        if (quarantined.Count > 0)
        {
            problems.Add(new(HealthProblemKind.WebhooksQuarantined, "Signed webhooks are in quarantine because they could not be read to their end; see ListQuarantinedAsync, ReplayQuarantinedAsync and DiscardQuarantinedAsync."));
        }

        if (abandoned.Count > 0)
        {
            problems.Add(new(HealthProblemKind.FallbacksAbandoned, $"{Count(abandoned.Count, "fallback template")} claimed and may never have been sent; see ListAbandonedFallbacksAsync."));
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
