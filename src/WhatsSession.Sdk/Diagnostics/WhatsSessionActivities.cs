using System.Diagnostics;

namespace WhatsSession.Diagnostics;

/// <summary>The spans of the SDK: a send, the acceptance of a webhook, the call of a handler. Nothing is made while nobody listens.</summary>
internal static class WhatsSessionActivities
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source, TelemetryNames.Version);

    public static bool HasListeners => Source.HasListeners();

    public static Activity? StartSend(string number, Message message, IntentId intent)
    {
        var span = Start("send", "send", ActivityKind.Producer, number);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryNames.Number, number);
            span.SetTag(TelemetryNames.Message, message.Kind);
            span.SetTag(TelemetryNames.Intent, intent.ToString());
        }

        return span;
    }

    /// <summary>Notes on the send that is under way how the window stood for it.</summary>
    public static void NoteWindow(WindowState state)
    {
        if (Activity.Current is { IsAllDataRequested: true } span && span.Source == Source)
        {
            span.SetTag(TelemetryNames.WindowState, TelemetryNames.Of(state));
        }
    }

    public static void EndSend(Activity? span, SendOutcome outcome)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryNames.Outcome, TelemetryNames.Of(outcome));
            Fail(span, TelemetryNames.ErrorOf(outcome));
        }
    }

    public static Activity? StartAccept(int bodySize)
    {
        var span = Start("accept", "receive", ActivityKind.Internal, "webhook");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryNames.BodySize, bodySize);
        }

        return span;
    }

    public static void EndAccept(Activity? span, int statusCode, int events)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryNames.StatusCode, statusCode);
            span.SetTag(TelemetryNames.BatchSize, events);
            Fail(span, statusCode == 200 ? null : statusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public static Activity? StartHandler(string handler, WhatsAppEvent received, string? number, int attempt)
    {
        var span = Start("process", "process", ActivityKind.Consumer, handler);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryNames.Handler, handler);
            span.SetTag(TelemetryNames.Event, received.GetType().Name);
            span.SetTag(TelemetryNames.Attempt, attempt);
            if (number is not null)
            {
                span.SetTag(TelemetryNames.Number, number);
            }
        }

        return span;
    }

    /// <summary>Notes the type of the exception. Its text may be anybody's and is left out.</summary>
    public static void Fail(Activity? span, Exception exception)
    {
        if (span is not null)
        {
            Fail(span, TelemetryNames.Of(exception));
        }
    }

    private static void Fail(Activity span, string? error)
    {
        if (error is not null)
        {
            span.SetTag(TelemetryNames.ErrorType, error);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static Activity? Start(string operation, string operationType, ActivityKind kind, string target)
    {
        var span = Source.HasListeners() ? Source.StartActivity($"{operation} {target}", kind) : null;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(TelemetryNames.MessagingSystem, "whatsapp");
            span.SetTag(TelemetryNames.Operation, operation);
            span.SetTag(TelemetryNames.OperationType, operationType);
        }

        return span;
    }
}
