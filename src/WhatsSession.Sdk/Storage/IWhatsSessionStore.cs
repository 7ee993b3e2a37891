namespace WhatsSession.Storage;

/// <summary>
/// Keeps conversations, their history, and the work that is to be done. Every method may be called concurrently,
/// by several hosts too where they share the store.
/// </summary>
/// <remarks>
/// Every store must pass the suite WhatsSession.StoreConformance. In short: when the task of a method completes, the store has what the method wrote, at its
/// <see cref="Durability"/>. A batch is kept whole or not at all. State only grows, so no call reads first and then writes.
/// Facts and the history keep times to the second, as the platform gives them: fractions are cut off.
/// Any method may throw <see cref="StoreUnavailableException"/>. The start line of the log names the store by its <see cref="object.ToString"/>: no secret
/// may be in it, and that of a record has all of its properties.
/// </remarks>
public interface IWhatsSessionStore : IInboxStore, IConversationStore, ISendStore, IHeldMessageStore, ISequenceStore
{
    /// <summary>What the store survives: the end of the process, of the host, or of one host of several.</summary>
    StoreDurability Durability { get; }

    /// <summary>Makes the store ready: creates its tables or files, or upgrades them. May be called again.</summary>
    ValueTask OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds out whether the store can keep anything now. It writes as an ingest does, at the same durability, and leaves nothing behind.
    /// Health checks call it.</summary>
    /// <remarks>By default it only opens the store. A store whose reads can succeed while its writes fail must write.</remarks>
    /// <exception cref="StoreUnavailableException">Nothing can be kept now.</exception>
    ValueTask ProbeAsync(CancellationToken cancellationToken = default) => OpenAsync(cancellationToken);
}
