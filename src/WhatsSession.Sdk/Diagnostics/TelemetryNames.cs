using System.Reflection;

namespace WhatsSession.Diagnostics;

/// <summary>The names under which the SDK tells of itself, and the words it uses as values. docs/telemetry.md lists them; none carries personal data.</summary>
internal static class TelemetryNames
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Source = "WhatsSession";

    public const string Number = "whatssession.number";
    public const string Intent = "whatssession.intent";
    public const string Message = "whatssession.message";
    public const string Outcome = "whatssession.outcome";
    public const string WindowState = "whatssession.window.state";
    public const string Decision = "whatssession.guard.decision";
    public const string Refusal = "whatssession.refusal";
    public const string HeldChange = "whatssession.held.change";
    public const string Event = "whatssession.event";
    public const string Lane = "whatssession.lane";
    public const string Handler = "whatssession.handler";
    public const string DropReason = "whatssession.alert.drop_reason";
    public const string Attempt = "whatssession.attempt";

    // Of OpenTelemetry's conventions.
    public const string MessagingSystem = "messaging.system";
    public const string Operation = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string BatchSize = "messaging.batch.message_count";
    public const string BodySize = "messaging.message.body.size";
    public const string StatusCode = "http.response.status_code";
    public const string ErrorType = "error.type";

    /// <summary>What stands for a business number that the options do not name.</summary>
    public const string OtherNumber = "_OTHER";

    public static string Version { get; } =
        typeof(TelemetryNames).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static string Of(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => "accepted",
        SendOutcome.TemplateSent => "template_sent",
        SendOutcome.WindowClosed => "window_closed",
        SendOutcome.OptedOut => "opted_out",
        SendOutcome.Overtaken => "overtaken",
        SendOutcome.Invalid => "invalid",
        SendOutcome.Throttled => "throttled",
        SendOutcome.Rejected => "rejected",
        _ => "ambiguous",
    };

    /// <summary>What went wrong, from a small set; null when nothing did: that a window is closed is an answer and no error.</summary>
    public static string? ErrorOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Rejected rejected => Of(rejected.Error),
        SendOutcome.Throttled => "rate_limited",
        SendOutcome.Ambiguous => "no_answer",
        SendOutcome.Invalid => "invalid",
        _ => null,
    };

    /// <summary>Meta's code, or the category where there is none.</summary>
    public static string Of(GraphError error) => error.Code != 0
        ? error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : error.Category switch
        {
            GraphErrorCategory.NotReached => "not_reached",
            GraphErrorCategory.Unavailable => "unavailable",
            GraphErrorCategory.RateLimited => "rate_limited",
            _ => "_OTHER",
        };

    /// <summary>The type of an exception; one name for all kinds of cancellation.</summary>
    public static string Of(Exception exception) =>
        exception is OperationCanceledException ? "System.OperationCanceledException" : exception.GetType().FullName ?? exception.GetType().Name;

    public static string Of(WindowState state) => state switch
    {
        WhatsSession.WindowState.NeverOpened => "never_opened",
        WhatsSession.WindowState.Open => "open",
        WhatsSession.WindowState.Closing => "closing",
        WhatsSession.WindowState.Closed => "closed",
        _ => "unknown",
    };

    public static string Of(SendDecision decision) => decision.MaySend ? "send" : Of(decision.Reason);

    public static string Of(WindowClosedReason reason) => reason switch
    {
        WindowClosedReason.Expired => "expired",
        WindowClosedReason.NeverOpened => "never_opened",
        WindowClosedReason.Margin => "margin",
        WindowClosedReason.Denied => "denied",
        WindowClosedReason.Restricted => "restricted",
        _ => "unknown",
    };

    public static string Of(EventLane lane) => lane switch
    {
        EventLane.Live => "live",
        EventLane.Standby => "standby",
        EventLane.Echo => "echo",
        EventLane.History => "history",
        EventLane.Status => "status",
        EventLane.Call => "call",
        EventLane.Account => "account",
        EventLane.Alert => "alert",
        EventLane.Payment => "payment",
        EventLane.Turn => "turn",
        _ => "work",
    };
}
