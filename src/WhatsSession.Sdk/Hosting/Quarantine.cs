using WhatsSession.Accepting;
using WhatsSession.Handling;
using WhatsSession.Hosting;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The signed webhooks that could not be read completely. The part that could be read was handled.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class Quarantine
{
    private readonly IInboxStore _store;
    private readonly WebhookAcceptor _acceptor;
    private readonly WakeUp _wake;

    internal Quarantine(IInboxStore store, WebhookAcceptor acceptor, WakeUp wake)
    {
        _store = store;
        _acceptor = acceptor;
        _wake = wake;
    }

    /// <summary>Reads all payloads, oldest first. They are loaded in pages, so only a few are in memory at once.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be reached.</exception>
    public IAsyncEnumerable<QuarantinedPayload> ReadAllAsync(CancellationToken cancellationToken = default) =>
        ListPage.ReadAllAsync<QuarantinedPayload>((after, token) => _store.ListQuarantinedAsync(after, ListLimit.Page, token), cancellationToken);

    /// <summary>Lists the first 100 payloads, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<QuarantinedPayload>> ListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(ListLimit.Page, cancellationToken);

    /// <summary>Lists the first payloads, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="limit">
    /// The maximum number of payloads to return: 1 to 1,000. Fewer are returned when they are large (<see cref="ListPage.MostBytes"/>).
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<QuarantinedPayload>> ListAsync(int limit, CancellationToken cancellationToken = default)
    {
        ListLimit.ThrowIfOutOfRange(limit);
        return _store.ListQuarantinedAsync(after: null, limit, cancellationToken);
    }

    /// <summary>
    /// Reads payloads again with this version of the SDK and accepts their events as if they had just been delivered. Payloads that can now be read completely
    /// are removed from quarantine.
    /// </summary>
    /// <param name="quarantined">Entries that <see cref="ListAsync(int, CancellationToken)"/> returned.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many payloads were removed from quarantine.</returns>
    /// <exception cref="ArgumentException">An entry of the list is null.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async ValueTask<int> ReplayAsync(IReadOnlyList<QuarantinedPayload> quarantined, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(quarantined, nameof(quarantined));
        var left = 0;
        foreach (var payload in quarantined)
        {
            left += await _acceptor.ReplayAsync(payload, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        _wake.Wake();
        return left;
    }

    /// <summary>Deletes payloads. The part that could be read was handled.</summary>
    /// <param name="quarantined">Entries that <see cref="ListAsync(int, CancellationToken)"/> returned.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many of them were still in quarantine.</returns>
    /// <exception cref="ArgumentException">An entry of the list is null.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async ValueTask<int> DiscardAsync(IReadOnlyList<QuarantinedPayload> quarantined, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(quarantined, nameof(quarantined));
        var discarded = 0;
        foreach (var payload in quarantined)
        {
            discarded += await _store.RemoveQuarantinedAsync(payload.Key, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return discarded;
    }
}
