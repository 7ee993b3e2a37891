using NodaTime;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>What follows from how a try of an event ended. It decides; the dispatcher acts.</summary>
internal static class DispatchVerdict
{
    /// <summary>How often an event is tried.</summary>
    public const int MostAttempts = 5;

    // For so long an event may hold back its conversation: no try begins that might not end by then.
    private static readonly Duration MostPatience = Duration.FromMinutes(10);

    private static readonly Duration[] RetryDelays = [Duration.FromSeconds(1), Duration.FromSeconds(10), Duration.FromMinutes(1), Duration.FromMinutes(5)];

    private static readonly Duration[] PostponedDelays = [Duration.FromMinutes(1), Duration.FromMinutes(2), Duration.FromMinutes(5), Duration.FromMinutes(10)];

    /// <param name="failure">Why the event is not done; null when it is.</param>
    /// <param name="claim">The event, in this try.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ahead">How much the clock by which a reply may be tried again is ahead of that moment.</param>
    /// <param name="settings">How long a handler may run, and how long before its end the guard takes a window for closed.</param>
    public static DispatchResult Of(Exception? failure, ClaimedEvent claim, Instant now, Duration ahead, WhatsSessionSettings settings) => failure switch
    {
        null => DispatchResult.Completed.Instance,
        PostponedException postponed => new DispatchResult.Postponed(postponed.Until),
        ReplyPostponedException postponed => OfPostponed(postponed, claim, now, ahead, settings.Policy.Margin),
        _ when claim.Attempt >= MostAttempts
            || now + RetryDelays[claim.Attempt - 1] + Duration.FromTimeSpan(settings.HandlerTimeout) > claim.FirstTriedAt + MostPatience =>
            new DispatchResult.Parked(NameOf(failure)),
        _ => new DispatchResult.Retry(now + RetryDelays[claim.Attempt - 1], NameOf(failure)),
    };

    /// <summary>The same try again, because the host ends.</summary>
    public static DispatchResult.Postponed OfStop(ClaimedEvent claim, Instant now) =>
        new(now) { Postponements = claim.Postponements, Since = claim.PostponedSince };

    private static DispatchResult OfPostponed(ReplyPostponedException postponed, ClaimedEvent claim, Instant now, Duration ahead, Duration margin)
    {
        var dueAt = (postponed.RetryAt - ahead) ?? now + PostponedDelays[Math.Clamp(claim.Postponements, 0, PostponedDelays.Length - 1)];
        var since = claim.PostponedSince ?? now;
        return dueAt < EndOf(claim.Event, since, margin)
            ? new DispatchResult.Postponed(dueAt) { Postponements = claim.Postponements + (postponed.RetryAt is null ? 1 : 0), Since = since }
            : new DispatchResult.Parked(NameOf(postponed));
    }

    /// <summary>
    /// Until when a reply to an event may wait: until its own window closes. Where it opens none, or its window was over when the wait began, as after a day
    /// without hosts, it waits as long from then: the customer may have written since, or a template may be what waits.
    /// </summary>
    private static Instant EndOf(StoredEvent stored, Instant since, Duration margin)
    {
        var ownEnd = stored.OpensWindow ? CustomerServiceWindow.ClosesAt(stored.Timestamp) - margin : Instant.MinValue;
        return ownEnd > since ? ownEnd : CustomerServiceWindow.ClosesAt(since);
    }

    private static string NameOf(Exception failure) => failure.GetType().FullName ?? failure.GetType().Name;
}
