using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Control;

/// <summary>The journal over HTTP, for consumers in other processes.</summary>
internal sealed class JournalPages(EventJournal journal)
{
    public GraphAnswer Answer(GraphRequest request, string route) => (route, request.Method) switch
    {
        ("requests", "GET") => GraphAnswer.Ok(journal.Requests, static (json, r) => WriteRequests(json, r)),
        ("webhooks", "GET") => GraphAnswer.Ok(journal.Webhooks, static (json, w) => WriteWebhooks(json, w)),
        ("tally", "GET") => GraphAnswer.Ok(journal.Tally, static (json, t) => WriteTally(json, t)),
        _ => GraphError.UnknownPath(request.Path) with { HttpStatus = 404 },
    };

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
