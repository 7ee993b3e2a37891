using NodaTime;
using WhatsSession.Hosting;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>
/// The fallback templates that were claimed more than five minutes ago and of which nothing was heard since: the process ended in between.
/// They are not sent again in their closed window. One of which a status comes is listed no more.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class AbandonedFallbacks
{
    private readonly ISendStore _store;
    private readonly WhatsSessionClient _client;
    private readonly TimeProvider _clock;

    internal AbandonedFallbacks(ISendStore store, WhatsSessionClient client, TimeProvider clock)
    {
        _store = store;
        _client = client;
        _clock = clock;
    }

    /// <summary>Nothing was heard of a claim for so long: its process must have ended.</summary>
    internal static Duration After { get; } = Duration.FromMinutes(5);

    /// <summary>Reads all claims, oldest first. They are loaded page by page, so that memory holds few of them at once.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be reached.</exception>
    public IAsyncEnumerable<AbandonedFallback> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var before = _clock.GetInstant() - After;
        return ListPage.ReadAllAsync<AbandonedFallback>((after, token) => ListAsync(before, after, ListLimit.Page, token), cancellationToken);
    }

    /// <summary>Lists the first 100 claims, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<AbandonedFallback>> ListAsync(CancellationToken cancellationToken = default) => ListAsync(ListLimit.Page, cancellationToken);

    /// <summary>Lists the first claims, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="limit">The most to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<AbandonedFallback>> ListAsync(int limit, CancellationToken cancellationToken = default)
    {
        ListLimit.ThrowIfOutOfRange(limit);
        return ListAsync(_clock.GetInstant() - After, after: null, limit, cancellationToken);
    }

    /// <summary>
    /// Takes claims off the list, for somebody has looked at them. They stay claimed: their templates are not sent again in their closed windows.
    /// </summary>
    /// <param name="abandoned">What <see cref="ListAsync(int, CancellationToken)"/> returned, or some of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many were still abandoned.</returns>
    /// <exception cref="ArgumentException">An entry of the list is null.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async ValueTask<int> DismissAsync(IReadOnlyList<AbandonedFallback> abandoned, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(abandoned, nameof(abandoned));
        var dismissed = 0;
        foreach (var entry in abandoned)
        {
            var (claim, intent) = (entry.Claimed.Claim, entry.Intent);
            dismissed += await _store.CompleteFallbackAsync(claim, intent, message: null, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return dismissed;
    }

    private async ValueTask<IReadOnlyList<AbandonedFallback>> ListAsync(
        Instant before, AbandonedFallback? after, int limit, CancellationToken cancellationToken)
    {
        var claimed = await _store.ListAbandonedFallbacksAsync(before, after?.Claimed, limit, cancellationToken).ConfigureAwait(false);
        return [.. claimed.Select(entry => new AbandonedFallback(entry, HandleOf(entry.Claim.Conversation)))];
    }

    private Conversation? HandleOf(ConversationKey conversation) => _client.Find(conversation.Number)?.Conversation(conversation);
}
