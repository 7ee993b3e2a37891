namespace WhatsSession.Time;

/// <summary>How long to wait before a request that Meta refused is made again.</summary>
internal static class RetryDelays
{
    /// <summary>How long to wait after a rate limit that names no time: the time in which the pair limit repays one message.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];

    /// <summary>How long to wait before the next try; null when there is to be none.</summary>
    /// <param name="error">Why the last try was refused.</param>
    /// <param name="retryAfter">What Meta asked for; null when it named no time.</param>
    /// <param name="attempt">Which try that was: 1 for the first.</param>
    public static TimeSpan? After(GraphError error, TimeSpan? retryAfter, int attempt)
    {
        if (!error.IsSafeToRetry)
        {
            return null;
        }

        var own = Delays[Math.Min(attempt, Delays.Length) - 1];
        return retryAfter is { } asked && asked > own ? asked
            : error.Code == GraphErrorCodes.PairRateLimit && own < Default ? Default
            : own;
    }
}
