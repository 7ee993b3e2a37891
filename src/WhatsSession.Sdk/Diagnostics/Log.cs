using Microsoft.Extensions.Logging;
using WhatsSession.Storage;

namespace WhatsSession.Diagnostics;

/// <summary>Everything the SDK logs. No personal data: conversations and messages appear by hash, sends by intent id.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "A session message of number {Number} was not sent: {Reason}.")]
    public static partial void SessionMessageRefused(this ILogger logger, WindowClosedReason reason, string number);

    [LoggerMessage(2, LogLevel.Warning, "Message {Intent} of number {Number} was not accepted: {Result}")]
    public static partial void MessageNotAccepted(this ILogger logger, IntentId intent, string number, GraphSendResult result);

    [LoggerMessage(3, LogLevel.Error, "The store is unavailable.")]
    public static partial void StoreUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "A webhook was refused: {Reason}")]
    public static partial void WebhookRefused(this ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Error, "A signed webhook of {Length} bytes could not be read to its end and is kept in quarantine: {Reason}")]
    public static partial void WebhookQuarantined(this ILogger logger, int length, string reason);

    [LoggerMessage(6, LogLevel.Error, "A webhook with {Events} events was not kept, and Meta was told to send it again.")]
    public static partial void WebhookNotKept(this ILogger logger, Exception exception, int events);

    [LoggerMessage(7, LogLevel.Error, "Handler {Handler} failed on {Event}, try {Attempt}.")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string handler, WhatsAppEvent @event, int attempt);

    [LoggerMessage(8, LogLevel.Error, "{Event} is parked after {Attempts} tries; the conversation goes on without it.")]
    public static partial void EventParked(this ILogger logger, StoredEvent @event, int attempts);

    [LoggerMessage(9, LogLevel.Warning, "A reply in a handler was refused: {Outcome}")]
    public static partial void ReplyRefused(this ILogger logger, SendOutcome outcome);

    [LoggerMessage(10, LogLevel.Error, "The dispatcher failed and goes on.")]
    public static partial void DispatchFailed(this ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "A timestamp of {Event} lies in the future and was clamped.")]
    public static partial void TimestampClamped(this ILogger logger, WhatsAppEvent @event);

    [LoggerMessage(12, LogLevel.Warning, "A webhook of {Length} bytes was refused: Webhooks:MaximumBodySize is {Limit}.")]
    public static partial void WebhookTooLarge(this ILogger logger, int length, int limit);

    [LoggerMessage(13, LogLevel.Warning, "A call in a handler failed: {Error}")]
    public static partial void CallFailed(this ILogger logger, GraphError error);

    [LoggerMessage(14, LogLevel.Warning, "{Event} has no readable timestamp: it is handled, but opens no window.")]
    public static partial void TimestampMissing(this ILogger logger, WhatsAppEvent @event);

    [LoggerMessage(15, LogLevel.Warning, "{Problem}")]
    public static partial void TemplateNotReady(this ILogger logger, string problem);

    [LoggerMessage(16, LogLevel.Warning, "{Problem}")]
    public static partial void TemplateNotLookedUp(this ILogger logger, string problem);

    [LoggerMessage(17, LogLevel.Warning, "The fallback of intent {Intent} of number {Number} could not be sent for a day and is given up.")]
    public static partial void FallbackTooLate(this ILogger logger, IntentId intent, string number);

    [LoggerMessage(
        18,
        LogLevel.Warning,
        "{Events} accepted events are too old for handlers: the oldest is {Days} days old, and after 8 days nothing is called for an event. They are kept in "
        + "the history.")]
    public static partial void EventsTooOld(this ILogger logger, int events, int days);

    [LoggerMessage(
        19,
        LogLevel.Information,
        "Meta's sample arrived, as the button \"Test\" of the app dashboard sends it: the callback works. The sample is of 2017 and of no number of yours; to "
        + "see a handler called, write to the business number from a phone.")]
    public static partial void DashboardSample(this ILogger logger);

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "An event of the business number with the id {PhoneNumberId} was accepted, which no option names: handlers of a number do not see its events, and "
        + "replies to them fail. Add the number to Numbers, or unsubscribe its account from the app. It is told once for each number.")]
    public static partial void NumberUnknown(this ILogger logger, PhoneNumberId phoneNumberId);

    [LoggerMessage(
        27,
        LogLevel.Warning,
        "The clock of this host is more than a minute off: Meta's is {Seconds} seconds ahead of it (behind it, if negative). Windows, alerts and leases go by "
        + "the host's clock; set it right, as by NTP. It is told once.")]
    public static partial void ClockIsOff(this ILogger logger, long seconds);

    [LoggerMessage(
        30,
        LogLevel.Warning,
        "The handler {Handler} goes on after its time (Dispatch.HandlerTimeout): it does not heed its CancellationToken, or blocks its thread. {Runs} of its "
        + "runs do so now; at {Most} it is not called any more until some of them end, and its events are tried again and set aside.")]
    public static partial void HandlerLeftBehind(this ILogger logger, string handler, int runs, int most);

    [LoggerMessage(25, LogLevel.Information, "A reply in a handler cannot go now, and its event comes again: {Outcome}")]
    public static partial void ReplyPostponed(this ILogger logger, SendOutcome outcome);

    [LoggerMessage(
        26,
        LogLevel.Warning,
        "Reply {Intent} of number {Number} says something else than when its event was handled before. It is not sent again: what was sent then stands.")]
    public static partial void ReplyDiffers(this ILogger logger, IntentId intent, string number);
}
