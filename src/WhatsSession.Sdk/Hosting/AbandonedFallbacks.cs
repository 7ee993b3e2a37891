using NodaTime;
using WhatsSession.Hosting;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>
/// The fallback templates that were claimed more than five minutes ago and of which nothing was heard since: the process ended in between.
/// They are not sent again in their closed window.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class AbandonedFallbacks
{
    private readonly ISendStore _store;
    private readonly TimeProvider _clock;

    internal AbandonedFallbacks(ISendStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Nothing was heard of a claim for so long: its process must have ended.</summary>
    internal static Duration After { get; } = Duration.FromMinutes(5);

    /// <summary>Lists the claims, oldest first.</summary>
    /// <param name="limit">The most to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<AbandonedFallback>> ListAsync(int limit, CancellationToken cancellationToken = default)
    {
        ListLimit.ThrowIfOutOfRange(limit);
        return _store.ListAbandonedFallbacksAsync(_clock.GetInstant() - After, limit, cancellationToken);
    }
}
