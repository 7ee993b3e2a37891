namespace WhatsSession.Storage;

/// <summary>
/// Where conversations, their history and the work to be done are kept. Every method is safe for concurrent use,
/// by several hosts too where the store is shared.
/// </summary>
/// <remarks>
/// The contract that every store must pass is the suite WhatsSession.StoreConformance. In short: what a method wrote is kept when its task completes, at the
/// store's <see cref="Durability"/>; a batch is kept whole or not at all; state only grows, so no call reads and then writes.
/// Facts and the history keep times to the second, as the platform gives them: fractions are cut off.
/// Any method may throw <see cref="StoreUnavailableException"/>.
/// </remarks>
public interface IWhatsSessionStore : IInboxStore, IConversationStore, ISendStore, IHeldMessageStore
{
    /// <summary>What survives once the store has accepted it.</summary>
    StoreDurability Durability { get; }

    /// <summary>Makes the store ready: creates or upgrades what it keeps. May be called again.</summary>
    ValueTask OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether anything can be kept now: writes as an ingest does, at the same durability, and leaves nothing behind. Health checks ask it.</summary>
    /// <remarks>By default it only opens the store. A store whose reads can succeed while its writes fail has to write.</remarks>
    /// <exception cref="StoreUnavailableException">Nothing can be kept now.</exception>
    ValueTask ProbeAsync(CancellationToken cancellationToken = default) => OpenAsync(cancellationToken);
}
