using NodaTime;

namespace WhatsSession.Sending;

/// <summary>Which outcomes of a reply only say that it cannot go now: its event waits until it can.</summary>
internal static class Postponement
{
    /// <summary>Whether a reply with this outcome is tried again. Meta surely does not have it.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="retryAt">When; null where no time is known.</param>
    public static bool IsCalledForBy(SendOutcome outcome, out Instant? retryAt)
    {
        retryAt = outcome is SendOutcome.Throttled throttled ? throttled.RetryAt : null;
        return outcome is SendOutcome.Throttled
            || (outcome is SendOutcome.Rejected { Error: var error } && !IsOfStatus(error) && (error.IsSafeToRetry || IsOfToken(error)));
    }

    // Meta had accepted the message, and told its failure later: it is not made again, so there is nothing to wait for.
    private static bool IsOfStatus(GraphError error) => error is { HttpStatus: null, Category: not GraphErrorCategory.NotReached };

    /// <summary>Whether the access token is to blame. Somebody renews it; until then nothing is lost.</summary>
    public static bool IsOfToken(GraphError error) =>
        error is { Code: GraphErrorCodes.AccessTokenInvalid } or { Code: GraphErrorCodes.AuthenticationFailed, Category: GraphErrorCategory.Configuration };
}
