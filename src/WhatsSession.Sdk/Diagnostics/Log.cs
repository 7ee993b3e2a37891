using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Shared;
using WhatsSession.Storage;

namespace WhatsSession.Diagnostics;

/// <summary>
/// Everything the SDK logs. No personal data: conversations and messages appear by hash, sends by intent id. Each line is a sentence or more, and each warning
/// says what to do. docs/logging.md lists them all, which a test holds; an id stays what it is. A line whose level is an argument is a warning once in a while:
/// its level is that of <see cref="RecurringWarnings"/>.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The guard refused session message {Intent} of number {Number} ({Reason}); its outcome tells the remedies.")]
    public static partial void SessionMessageRefused(this ILogger logger, IntentId intent, string number, string reason);

    [LoggerMessage(EventId = 2, Message = "Message {Intent} of number {Number} was not accepted: {Reason}")]
    public static partial void MessageNotAccepted(this ILogger logger, LogLevel level, IntentId intent, string number, string reason);

    [LoggerMessage(
        3,
        LogLevel.Error,
        "The store is unavailable, and the exception says why; until it is back, sends go by WhatsSession:Guard:StoreUnavailable, and webhooks are answered "
        + "with 503.")]
    public static partial void StoreUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4, Message = "A webhook was refused: {Reason}")]
    public static partial void WebhookRefused(this ILogger logger, LogLevel level, string reason);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "A signed webhook of {Length} bytes could not be read to its end and is kept in quarantine: {Reason}. Look at runtime.Quarantine, and replay it when "
        + "a newer version can read it.")]
    public static partial void WebhookQuarantined(this ILogger logger, int length, string reason);

    [LoggerMessage(
        6,
        LogLevel.Error,
        "A webhook was not kept, events {Events}, and Meta was told to send it again, which it does for up to 7 days; the exception says what is wrong with "
        + "the store.")]
    public static partial void WebhookNotKept(this ILogger logger, Exception exception, int events);

    [LoggerMessage(
        7,
        LogLevel.Error,
        "The handler {Handler} failed on {Event} in try {Attempt} of at most {Most}; the exception says where. The event comes again, until a line says that "
        + "it is parked.")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string handler, WhatsAppEvent @event, int attempt, int most);

    [LoggerMessage(
        8,
        LogLevel.Error,
        "{Event} is parked after {Attempts} tries, and the conversation goes on without it: {Reason} Look at runtime.Parked, and replay or discard it.")]
    public static partial void EventParked(this ILogger logger, StoredEvent @event, int attempts, string reason);

    [LoggerMessage(9, LogLevel.Warning, "A reply in a handler was refused: {Outcome}")]
    public static partial void ReplyRefused(this ILogger logger, string outcome);

    [LoggerMessage(
        10,
        LogLevel.Error,
        "The dispatch of events met an error and goes on; the exception says what is wrong, mostly with the store, and the event comes again.")]
    public static partial void DispatchFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 11,
        Message = "A timestamp of {Event} lies in the future and was clamped; if that goes on, set the clock of this host, as by NTP.")]
    public static partial void TimestampClamped(this ILogger logger, LogLevel level, WhatsAppEvent @event);

    [LoggerMessage(
        EventId = 12,
        Message = "A webhook of {Length} bytes was refused: WhatsSession:Webhooks:MaximumBodySize is {Limit}. Raise it if this came from Meta.")]
    public static partial void WebhookTooLarge(this ILogger logger, LogLevel level, int length, int limit);

    [LoggerMessage(13, LogLevel.Warning, "A call in a handler, such as a mark as read, failed: {Error}. {Advice}")]
    public static partial void CallFailed(this ILogger logger, string error, string advice);

    [LoggerMessage(EventId = 14, Message = "{Event} has no readable timestamp: it is handled, but opens no window, so answer it with a template.")]
    public static partial void TimestampMissing(this ILogger logger, LogLevel level, WhatsAppEvent @event);

    [LoggerMessage(15, LogLevel.Warning, "{Problem} See it in WhatsApp Manager, or name another template in WhatsSession:Numbers.")]
    public static partial void TemplateNotReady(this ILogger logger, string problem);

    [LoggerMessage(16, LogLevel.Warning, "{Problem} Sends go on, and Meta's answer alone tells then whether the template fits.")]
    public static partial void TemplateNotLookedUp(this ILogger logger, string problem);

    [LoggerMessage(
        17,
        LogLevel.Warning,
        "The fallback of intent {Intent} of number {Number} could not be sent for a day and is given up; the customer has nothing of the message, so send it "
        + "again if it still matters.")]
    public static partial void FallbackTooLate(this ILogger logger, IntentId intent, string number);

    [LoggerMessage(
        EventId = 18,
        Message = "{Events} accepted events are too old for handlers: the oldest is {Days} days old, and after 8 days nothing is called for an event. "
            + "They are kept in the history.")]
    public static partial void EventsTooOld(this ILogger logger, LogLevel level, int events, int days);

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
        + "replies to them fail. Add it to WhatsSession:Numbers, or unsubscribe its account from the app. It is told once for each number.")]
    public static partial void NumberUnknown(this ILogger logger, PhoneNumberId phoneNumberId);

    [LoggerMessage(25, LogLevel.Information, "A reply in a handler cannot go now, and its event comes again: {Outcome}")]
    public static partial void ReplyPostponed(this ILogger logger, string outcome);

    [LoggerMessage(
        26,
        LogLevel.Warning,
        "Reply {Intent} of number {Number} says something else than when its event was handled before. It is not sent again: what was sent then stands. Let "
        + "the handler decide by the event alone, or give the reply an idempotency key.")]
    public static partial void ReplyDiffers(this ILogger logger, IntentId intent, string number);

    [LoggerMessage(
        27,
        LogLevel.Warning,
        "The clock of this host is more than a minute off: Meta's is {Seconds} seconds ahead of it (behind it, if negative). Windows, alerts and leases go by "
        + "the host's clock; set it right, as by NTP. It is told once.")]
    public static partial void ClockIsOff(this ILogger logger, long seconds);

    [LoggerMessage(
        30,
        LogLevel.Warning,
        "The handler {Handler} goes on after its time (WhatsSession:Dispatch:HandlerTimeout): it does not heed its CancellationToken, or blocks its thread. "
        + "{Runs} of its runs do so now; at {Most} it is not called any more until some of them end, and its events are tried again and set aside.")]
    public static partial void HandlerLeftBehind(this ILogger logger, string handler, int runs, int most);

    [LoggerMessage(
        40,
        LogLevel.Information,
        "WhatsSession {Version} is started. Numbers: {Numbers}. Store: {Store}. Handlers: {Handlers}. Guard: {Guard}. Graph API: {Graph}. Webhooks: "
        + "{Webhooks}.")]
    public static partial void Started(
        this ILogger logger, string version, string numbers, string store, string handlers, string guard, string graph, string webhooks);

    [LoggerMessage(41, LogLevel.Debug, "A webhook was accepted: events {Events} ({Lanes}), known before {Repeated}, too old for handlers {TooOld}.")]
    public static partial void WebhookAccepted(this ILogger logger, int events, string lanes, int repeated, int tooOld);

    [LoggerMessage(42, LogLevel.Debug, "The handler {Handler} handled {Event} in {Milliseconds} ms, try {Attempt}.")]
    public static partial void EventHandled(this ILogger logger, string handler, WhatsAppEvent @event, long milliseconds, int attempt);

    [LoggerMessage(43, LogLevel.Debug, "No handler takes {Event}.")]
    public static partial void EventNotHandled(this ILogger logger, object @event);

    [LoggerMessage(57, LogLevel.Debug, "{Event} no longer holds and is dropped: {Reason}.")]
    public static partial void AlertDropped(this ILogger logger, WhatsAppEvent @event, string reason);

    [LoggerMessage(44, LogLevel.Debug, "The send of a {Kind} message of number {Number} ended (intent {Intent}): {Outcome}")]
    public static partial void MessageSent(this ILogger logger, string kind, string number, IntentId intent, string outcome);

    [LoggerMessage(45, LogLevel.Debug, "Message {Intent} of number {Number} was not accepted and is sent again in {Delay}: {Reason}")]
    public static partial void SendRetried(this ILogger logger, IntentId intent, string number, TimeSpan delay, string reason);

    [LoggerMessage(46, LogLevel.Debug, "Message {Intent} of number {Number} is held until the customer writes, and at the latest until {Until}.")]
    public static partial void MessageHeld(this ILogger logger, IntentId intent, string number, Instant until);

    [LoggerMessage(47, LogLevel.Debug, "The work {Event} cannot be done now and comes again at {Until}.")]
    public static partial void WorkPostponed(this ILogger logger, WhatsAppEvent @event, Instant until);

    [LoggerMessage(48, LogLevel.Debug, "The store failed and is asked again in {Delay}.")]
    public static partial void StoreAskedAgain(this ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(49, LogLevel.Information, "The store answers again, and events are dispatched.")]
    public static partial void StoreIsBack(this ILogger logger);

    [LoggerMessage(
        50,
        LogLevel.Warning,
        "WhatsSession:Numbers:{Number}:PhoneNumberId is {PhoneNumberId}, which is short for Meta's id of a number and may be the phone number itself; then "
        + "sends fail with code 100, so compare it with the \"Phone number ID\" on the API Setup page of the Meta app.")]
    public static partial void NumberMayBePhone(this ILogger logger, string number, PhoneNumberId phoneNumberId);

    [LoggerMessage(EventId = 53, Message = "Message {Intent} of number {Number} was not accepted and comes again by itself: {Reason}")]
    public static partial void MessageComesAgain(this ILogger logger, LogLevel level, IntentId intent, string number, string reason);

    [LoggerMessage(51, LogLevel.Information, "Meta verified the webhook address: the token matched.")]
    public static partial void AddressVerified(this ILogger logger);

    [LoggerMessage(EventId = 52, Message = "A verification of the webhook address was refused: {Reason}")]
    public static partial void VerificationRefused(this ILogger logger, LogLevel level, string reason);

    [LoggerMessage(70, LogLevel.Debug, "Run {Run} of the sequence {Sequence} started.")]
    public static partial void SequenceStarted(this ILogger logger, string sequence, IntentId run);

    [LoggerMessage(71, LogLevel.Debug, "Run {Run} of the sequence {Sequence} ended: {State}.")]
    public static partial void SequenceEnded(this ILogger logger, string sequence, IntentId run, SequenceState state);

    [LoggerMessage(
        72,
        LogLevel.Information,
        "Step {Step} of the sequence {Sequence} was not sent, or it is not known whether it was, and run {Run} goes on without it: {Reason}")]
    public static partial void SequenceStepNotSent(this ILogger logger, int step, string sequence, IntentId run, string reason);
}
