using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;

namespace WhatsSession.Sending;

/// <summary>Writes what follows from a send that was made.</summary>
internal static class BestEffort
{
    /// <summary>Writes; a failure is logged. Whatever the store's trouble is, Meta's answer is not to be lost over it.</summary>
    public static async ValueTask WriteAsync(ILogger log, Func<ValueTask> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.StoreUnavailable(exception);
        }
    }
}
