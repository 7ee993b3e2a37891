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

    [LoggerMessage(
        102,
        LogLevel.Warning,
        "A webhook was answered with 503 before it was read: the bodies that are being read hold {MaximumBufferedBytes} bytes together. "
        + "Meta sends it again; raise WhatsSession:Webhooks:MaximumBufferedBytes if this comes from Meta.")]
    public static partial void BodiesTooMany(this ILogger logger, int maximumBufferedBytes);

    [LoggerMessage(
        103,
        LogLevel.Warning,
        "A webhook was answered with 408: its body had not arrived after {BodyDeadline}. Raise WhatsSession:Webhooks:BodyDeadline if this comes from Meta.")]
    public static partial void BodyTooSlow(this ILogger logger, TimeSpan bodyDeadline);
}
