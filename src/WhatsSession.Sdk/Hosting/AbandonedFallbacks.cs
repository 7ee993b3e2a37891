using NodaTime;
using WhatsSession.Hosting;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>
/// The fallback templates that were claimed more than five minutes ago and have no known result, because the process ended in between. They are not sent again
/// in their closed window. When a status arrives for one of them, it leaves the list.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class AbandonedFallbacks
{
    private readonly ISendStore _store;
    private readonly WhatsSessionClient _client;
    private readonly HeardTime _heard;

    internal AbandonedFallbacks(ISendStore store, WhatsSessionClient client, HeardTime heard)
    {
        _store = store;
        _client = client;
        _heard = heard;
    }

    /// <summary>A claim without a result for this long counts as abandoned: its process must have ended.</summary>
    internal static Duration After { get; } = Duration.FromMinutes(5);

    /// <summary>Reads all claims, oldest first. They are loaded in pages, so only a few are in memory at once.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be reached.</exception>
    public IAsyncEnumerable<AbandonedFallback> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var before = _heard.Latest - After;
        return ListPage.ReadAllAsync<AbandonedFallback>((after, token) => ListAsync(before, after, ListLimit.Page, token), cancellationToken);
    }

    /// <summary>Lists the first 100 claims, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<AbandonedFallback>> ListAsync(CancellationToken cancellationToken = default) => ListAsync(ListLimit.Page, cancellationToken);

    /// <summary>Lists the first claims, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="limit">The maximum number to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<AbandonedFallback>> ListAsync(int limit, CancellationToken cancellationToken = default)
    {
        ListLimit.ThrowIfOutOfRange(limit);
        return ListAsync(_heard.Latest - After, after: null, limit, cancellationToken);
    }

    /// <summary>
    /// Removes claims from the list, after somebody has looked at them. They stay claimed: their templates are not sent again in their closed windows.
    /// </summary>
    /// <param name="abandoned">Entries that <see cref="ListAsync(int, CancellationToken)"/> returned.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many of them were still on the list.</returns>
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
