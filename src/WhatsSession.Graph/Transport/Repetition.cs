namespace WhatsSession.Transport;

/// <summary>The tries of one request that does no harm when it is made twice: whether there is another, and what time it has.</summary>
internal sealed class Repetition(GraphClientOptions options)
{
    private static readonly TimeSpan ShortestTry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTry = TimeSpan.FromDays(1);
    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];

    private readonly long _startedAt = options.Clock.GetTimestamp();
    private int _tries;

    /// <summary>What is left for the next try; null for the first, which has the time of the <see cref="HttpClient"/>.</summary>
    public TimeSpan? Remaining => _tries == 0
        ? null
        : TimeSpan.FromTicks(Math.Clamp(options.RepeatFor.Ticks - Elapsed.Ticks, ShortestTry.Ticks, LongestTry.Ticks));

    private TimeSpan Elapsed => options.Clock.GetElapsedTime(_startedAt);

    /// <summary>Waits until the request may be made again.</summary>
    /// <param name="error">Why the last try failed; null when it did not.</param>
    /// <param name="retryAfter">How long Meta asks to wait, if it says so.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is to be no other try.</returns>
    public async ValueTask<bool> WaitAsync(GraphError? error, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        if (error is not { IsSafeToRetry: true })
        {
            return false;
        }

        var own = Delays[Math.Min(_tries++, Delays.Length - 1)];
        var delay = retryAfter is { } asked && asked > own ? asked : own;
        if (Elapsed + delay >= options.RepeatFor)
        {
            return false;
        }

        await Task.Delay(delay, options.Clock, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
