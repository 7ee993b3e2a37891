using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>Does a kind of work of the SDK itself: for rooms that stand above this one.</summary>
internal interface IEngineWorker
{
    /// <summary>Whether the work is of this kind.</summary>
    bool Takes(EngineWork work);

    /// <summary>Does it.</summary>
    /// <exception cref="PostponedException">It cannot be done now, and may be later.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be known whether it is to be done.</exception>
    Task RunAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken);
}
