namespace WhatsSession;

/// <summary>The one retry layer: which refusals are tried again and after how long. Only what Meta surely did not accept is.</summary>
internal static class SendRetries
{
    /// <summary>How long to wait after a rate limit that names no time: the time in which the pair limit repays one message.</summary>
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];

    /// <summary>How long to wait before the next try; null when there is to be none.</summary>
    /// <param name="result">What became of the last try.</param>
    /// <param name="attempt">Which try that was: 1 for the first.</param>
    public static TimeSpan? DelayAfter(GraphSendResult result, int attempt)
    {
        if (result is not GraphSendResult.Refused { Error.IsSafeToRetry: true } refused)
        {
            return null;
        }

        var own = Delays[Math.Min(attempt, Delays.Length) - 1];
        return refused.RetryAfter is { } asked && asked > own ? asked
            : refused.Error.Code == GraphErrorCodes.PairRateLimit && own < DefaultDelay ? DefaultDelay
            : own;
    }
}
