using WhatsSession.Hosting;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The fallback templates that Meta accepted and then refused with a status, within the last 8 days. An entry leaves the list when its template is sent again
/// in the same closed window, when a status tells that it was delivered after all, or when its conversation is erased. The next send in the conversation sends
/// the template again if a retry can succeed.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class RefusedFallbacks
{
    private readonly ISendStore _store;
    private readonly WhatsSessionClient _client;

    internal RefusedFallbacks(ISendStore store, WhatsSessionClient client)
    {
        _store = store;
        _client = client;
    }

    /// <summary>Reads all of them, in order of their refusal. They are loaded in pages, so only a few are in memory at once.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be reached.</exception>
    public IAsyncEnumerable<RefusedFallback> ReadAllAsync(CancellationToken cancellationToken = default) =>
        ListPage.ReadAllAsync<RefusedFallback>((after, token) => ListAsync(after, ListLimit.Page, token), cancellationToken);

    /// <summary>Lists the first 100, in order of their refusal. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<RefusedFallback>> ListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(ListLimit.Page, cancellationToken);

    /// <summary>Lists the first of them, in order of their refusal. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="limit">The maximum number to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<RefusedFallback>> ListAsync(int limit, CancellationToken cancellationToken = default)
    {
        ListLimit.ThrowIfOutOfRange(limit);
        return ListAsync(after: null, limit, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<RefusedFallback>> ListAsync(RefusedFallback? after, int limit, CancellationToken cancellationToken)
    {
        var refused = await _store.ListRefusedFallbacksAsync(after?.Refused, limit, cancellationToken).ConfigureAwait(false);
        return [.. refused.Select(entry => new RefusedFallback(entry, HandleOf(entry.Claimed.Claim.Conversation)))];
    }

    private Conversation? HandleOf(ConversationKey conversation) => _client.Find(conversation.Number)?.Conversation(conversation);
}
