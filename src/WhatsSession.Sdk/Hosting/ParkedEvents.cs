using WhatsSession.Handling;
using WhatsSession.Hosting;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The events that were parked because a handler failed five times, or for ten minutes. Parking lets the later events of the conversation be handled.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class ParkedEvents
{
    private readonly IInboxStore _store;
    private readonly WakeUp _wake;

    internal ParkedEvents(IInboxStore store, WakeUp wake)
    {
        _store = store;
        _wake = wake;
    }

    /// <summary>Reads all events, oldest first. They are loaded in pages, so only a few are in memory at once.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be reached.</exception>
    public IAsyncEnumerable<ParkedEvent> ReadAllAsync(CancellationToken cancellationToken = default) =>
        ListPage.ReadAllAsync<ParkedEvent>((after, token) => _store.ListParkedAsync(after, ListLimit.Page, token), cancellationToken);

    /// <summary>Lists the first 100 events, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<ParkedEvent>> ListAsync(CancellationToken cancellationToken = default) => ListAsync(ListLimit.Page, cancellationToken);

    /// <summary>Lists the first events, oldest first. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="limit">
    /// The maximum number of events to return: 1 to 1,000. Fewer are returned when they are large (<see cref="ListPage.MostBytes"/>).
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<ParkedEvent>> ListAsync(int limit, CancellationToken cancellationToken = default)
    {
        ListLimit.ThrowIfOutOfRange(limit);
        return _store.ListParkedAsync(after: null, limit, cancellationToken);
    }

    /// <summary>
    /// Has parked events handled again, each before the later events of its conversation. Handlers that already completed are not called again.
    /// </summary>
    /// <param name="parked">Entries that <see cref="ListAsync(int, CancellationToken)"/> returned.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many of them were still parked.</returns>
    /// <exception cref="ArgumentException">An entry of the list is null.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(parked, nameof(parked));
        var replayed = await _store.ReplayAsync(parked, cancellationToken).ConfigureAwait(false);
        _wake.Wake();
        return replayed;
    }

    /// <summary>Deletes parked events, so that no handler gets them again. Their effects on the conversations, such as an open window, stay.</summary>
    /// <param name="parked">Entries that <see cref="ListAsync(int, CancellationToken)"/> returned.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many of them were still parked.</returns>
    /// <exception cref="ArgumentException">An entry of the list is null.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(parked, nameof(parked));
        return _store.DiscardAsync(parked, cancellationToken);
    }
}
