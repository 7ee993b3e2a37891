using Microsoft.Extensions.Logging;

namespace WhatsSession;

internal static partial class Log
{
    [LoggerMessage(
        101,
        LogLevel.Warning,
        "The store keeps everything in memory: what is accepted is lost with the process. "
        + "Name a durable store, such as UseSqlite(\"whatssession.db\").")]
    public static partial void StoreIsVolatile(this ILogger logger);
}
