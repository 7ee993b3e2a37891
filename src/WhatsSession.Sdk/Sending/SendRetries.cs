using NodaTime;

namespace WhatsSession.Sending;

/// <summary>The one retry layer: which refusals are tried again and after how long. Only what Meta surely did not accept is.</summary>
internal static class SendRetries
{
    /// <summary>How long to wait after a rate limit that names no time: the time in which the pair limit repays one message.</summary>
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];

    /// <summary>How long to wait before the next try; null when there is to be none.</summary>
    /// <param name="result">What became of the last try.</param>
    /// <param name="attempt">Which try that was: 1 for the first.</param>
    public static TimeSpan? DelayAfter(GraphSendResult result, int attempt) =>
        result is GraphSendResult.Refused refused ? DelayAfter(refused.Error, refused.RetryAfter, attempt) : null;

    /// <summary>The same for any request that failed.</summary>
    public static TimeSpan? DelayAfter(GraphError error, TimeSpan? retryAfter, int attempt)
    {
        if (!error.IsSafeToRetry)
        {
            return null;
        }

        var own = Delays[Math.Min(attempt, Delays.Length) - 1];
        return retryAfter is { } asked && asked > own ? asked
            : error.Code == GraphErrorCodes.PairRateLimit && own < DefaultDelay ? DefaultDelay
            : own;
    }

    /// <summary>Whether Meta surely did not accept the message.</summary>
    public static bool IsSurelyNotAccepted(GraphSendResult result) => result is GraphSendResult.Refused refused && !LeavesOpen(refused.Error);

    /// <summary>Whether an error tells of trouble at Meta, and not how far the request came: the message may have been accepted.</summary>
    public static bool LeavesOpen(GraphError error) => error.Code is GraphErrorCodes.UnknownApiError or GraphErrorCodes.ServiceDown or GraphErrorCodes.SomethingWentWrong;

    /// <summary>The outcome of a send whose last try was refused.</summary>
    public static SendOutcome ToOutcome(GraphError error, TimeSpan? retryAfter, Instant now, TemplateMessage? fallback) =>
        error.Category == GraphErrorCategory.RateLimited
            ? new SendOutcome.Throttled { RetryAt = now + Duration.FromTimeSpan(retryAfter ?? DefaultDelay), Template = fallback }
            : new SendOutcome.Rejected { Error = error, Template = fallback };
}
