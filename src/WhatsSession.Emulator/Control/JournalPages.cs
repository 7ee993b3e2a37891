using System.Globalization;
using System.Text.Json;
using System.Xml;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Control;

/// <summary>The journal and the clock over HTTP, for consumers in other processes.</summary>
internal sealed class JournalPages(EventJournal journal, EmulatorClock clock)
{
    public GraphAnswer Answer(GraphRequest request, string route) => (route, request.Method) switch
    {
        ("requests", "GET") => GraphAnswer.Ok(journal.Requests, static (json, r) => WriteRequests(json, r)),
        ("webhooks", "GET") => GraphAnswer.Ok(journal.Webhooks, static (json, w) => WriteWebhooks(json, w)),
        ("tally", "GET") => GraphAnswer.Ok(journal.Tally, static (json, t) => WriteTally(json, t)),
        ("clock", "GET") => Clock(),
        ("clock/advance", "POST") => request.Query("to") is { } to ? AdvanceTo(to) : Advance(request.Query("by")),
        ("clock/frozen", "POST") => Freeze(request.Query("value")),
        _ => GraphError.UnknownPath(request.Path) with { HttpStatus = 404 },
    };

    private GraphAnswer Advance(string? by)
    {
        if (Duration(by) is not { } duration)
        {
            return GraphError.Invalid($"'by' is not a time: give seconds (3600) or an ISO 8601 duration (PT1H), not '{by}'.");
        }

        clock.Advance(duration);
        return Clock();
    }

    private GraphAnswer AdvanceTo(string to)
    {
        if (!DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) || instant < clock.GetUtcNow())
        {
            return GraphError.Invalid($"'to' is not an instant ahead, such as 2026-11-23T10:00:00Z: '{to}'.");
        }

        clock.AdvanceTo(instant);
        return Clock();
    }

    private GraphAnswer Freeze(string? value)
    {
        if (!bool.TryParse(value, out var frozen))
        {
            return GraphError.Invalid($"'value' is true or false, not '{value}'.");
        }

        clock.Frozen = frozen;
        return Clock();
    }

    private static TimeSpan? Duration(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private GraphAnswer Clock() => GraphAnswer.Ok(clock, static (json, clock) =>
    {
        json.WriteStartObject();
        json.WriteString("now", clock.GetUtcNow());
        json.WriteBoolean("frozen", clock.Frozen);
        json.WriteEndObject();
    });

    private static void WriteRequests(Utf8JsonWriter json, IReadOnlyList<LoggedRequest> requests)
    {
        json.WriteStartArray();
        foreach (var request in requests)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", request.Sequence);
            json.WriteString("at", request.At);
            json.WriteString("method", request.Method);
            json.WriteString("path", request.Path);
            json.WriteString("number_id", request.NumberId);
            json.WriteString("to", request.To);
            json.WriteString("type", request.Type);
            json.WriteNumber("status_code", request.StatusCode);
            WriteNumber(json, "error_code", request.ErrorCode);
            json.WriteString("message_id", request.MessageId);
            json.WriteString("json", request.Json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWebhooks(Utf8JsonWriter json, IReadOnlyList<LoggedWebhook> webhooks)
    {
        json.WriteStartArray();
        foreach (var webhook in webhooks)
        {
            json.WriteStartObject();
            json.WriteString("at", webhook.At);
            json.WriteString("kind", webhook.Kind);
            json.WriteString("number_id", webhook.NumberId);
            json.WriteString("message_id", webhook.MessageId);
            WriteNumber(json, "status_code", webhook.StatusCode);
            json.WriteNumber("attempts", webhook.Attempts);
            json.WriteString("json", webhook.Json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTally(Utf8JsonWriter json, EmulatorTally tally)
    {
        json.WriteStartObject();
        json.WriteNumber("requests", tally.Requests);
        json.WriteNumber("accepted", tally.Accepted);
        json.WriteNumber("refused", tally.Refused);
        json.WriteNumber("templates_accepted", tally.TemplatesAccepted);
        json.WriteNumber("inbound_messages", tally.InboundMessages);
        json.WriteNumber("statuses", tally.Statuses);
        json.WriteNumber("webhooks_delivered", tally.WebhooksDelivered);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
