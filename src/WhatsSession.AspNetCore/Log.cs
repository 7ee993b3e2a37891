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
        EventId = 102,
        Message = "A webhook was answered with 503 before it was read: the bodies that are being read hold {MaximumBufferedBytes} bytes together. "
        + "Meta sends it again; raise WhatsSession:Webhooks:MaximumBufferedBytes if this comes from Meta.")]
    public static partial void BodiesTooMany(this ILogger logger, LogLevel level, int maximumBufferedBytes);

    [LoggerMessage(
        EventId = 103,
        Message = "A webhook was answered with 408: its body had not arrived after {BodyDeadline}. "
            + "Raise WhatsSession:Webhooks:BodyDeadline if this comes from Meta.")]
    public static partial void BodyTooSlow(this ILogger logger, LogLevel level, TimeSpan bodyDeadline);

    [LoggerMessage(
        EventId = 104,
        Message = "A webhook was answered with 413 before it was read whole: WhatsSession:Webhooks:MaximumBodySize is {MaximumBodySize}. "
            + "Raise it if this comes from Meta.")]
    public static partial void BodyTooLarge(this ILogger logger, LogLevel level, int maximumBodySize);

    [LoggerMessage(
        EventId = 105,
        Message = "A webhook was answered with {Status} before it was read whole: the server refused its body by a rule of its own. {Reason} "
            + "Change that rule if this comes from Meta.")]
    public static partial void BodyRefusedByServer(this ILogger logger, LogLevel level, int status, string reason);
}
