using NodaTime;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>Does the work of the SDK itself that waited in the outbox: held messages, the consequences of refusals by status, and what workers do.</summary>
internal sealed class DueWork(WhatsSessionSettings settings, HeldReleases held, LateRefusals refusals, IEnumerable<IEngineWorker> workers, HeardTime heard)
{
    /// <summary>Its name among the handlers, in telemetry.</summary>
    public const string Name = "WhatsSession.DueWork";

    private static readonly Duration StoreDelay = Duration.FromSeconds(1);

    private static readonly Duration StrangerDelay = Duration.FromSeconds(10);

    // After a day a fallback, or a second try, is no longer what the customer waits for.
    private static readonly Duration LongestWait = Duration.FromDays(1);

    /// <summary>Whether a piece of work has waited so long that nothing is to be sent for it any more.</summary>
    public static bool IsTooLate(EngineWork work, Instant now) => now >= work.Timestamp + LongestWait;

    /// <exception cref="PostponedException">It cannot be done now, and may be later.</exception>
    public async Task RunAsync(EngineWork work, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(NumberOf(work), work, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            throw new PostponedException(heard.ForDispatch + StoreDelay, exception);
        }
    }

    private Task RunAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken) => work.Field switch
    {
        EngineWork.Release => held.ReleaseAsync(number, work, cancellationToken),
        EngineWork.Expire => held.ExpireAsync(work, cancellationToken),
        EngineWork.Refusal or EngineWork.DoubtfulRefusal => refusals.TakeInAsync(number, work, cancellationToken),
        EngineWork.Retry => refusals.RetryAsync(number, work, cancellationToken),
        EngineWork.Fallback => refusals.FallBackAsync(number, work, cancellationToken),
        _ when workers.FirstOrDefault(worker => worker.Takes(work)) is { } worker => worker.RunAsync(number, work, cancellationToken),
        _ => throw new NotSupportedException($"The work \"{work.Field}\" was stored by a newer version."),
    };

    /// <summary>
    /// The number of a piece of work. One that this host does not know another host may: a program that is being replaced by a newer one,
    /// or one of two on the same store.
    /// </summary>
    private NumberSettings NumberOf(EngineWork work) =>
        settings.ById.TryGetValue(work.Number.GetValueOrDefault(), out var number) ? number
        : !IsTooLate(work, heard.ForDispatch) ? throw new PostponedException(heard.ForDispatch + StrangerDelay)
        : throw new InvalidOperationException("The work belongs to a business number that the options of this host do not name.");
}
