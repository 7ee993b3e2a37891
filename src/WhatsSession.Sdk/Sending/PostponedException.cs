using NodaTime;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>Work of the SDK itself cannot be done now, and nothing about it is wrong: it comes again, in its place and as the same try.</summary>
#pragma warning disable CA1064 // It goes from the engine to the dispatcher and no further.
internal sealed class PostponedException(Instant until, Exception? innerException = null) : Exception("The work comes again later.", innerException)
#pragma warning restore CA1064
{
    // What Meta refuses for the account's sake, an expired token say, somebody mends; until then nothing of it may be lost.
    private static readonly Duration MendingDelay = Duration.FromMinutes(15);

    /// <summary>When it comes again, by <see cref="HeardTime.ForDispatch"/>.</summary>
    public Instant Until { get; } = until;

    /// <summary>Where nothing was refused for good, the work is to come again.</summary>
    public static void ThrowIfNotFinal(SendOutcome outcome, HeardTime heard)
    {
        switch (outcome)
        {
            case SendOutcome.Throttled throttled:
                throw new PostponedException(heard.ToDispatch(throttled.RetryAt));
            case SendOutcome.Rejected { Error.IsSafeToRetry: true }:
                throw new PostponedException(heard.ForDispatch + Duration.FromMinutes(1));
            case SendOutcome.WindowClosed { Reason: WindowClosedReason.Restricted }:
            case SendOutcome.Rejected { Error.Category: GraphErrorCategory.Configuration or GraphErrorCategory.Restricted }:
                throw new PostponedException(heard.ForDispatch + MendingDelay);
            default:
                break;
        }
    }
}
