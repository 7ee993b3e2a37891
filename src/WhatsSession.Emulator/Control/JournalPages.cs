using System.Globalization;
using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Control;

/// <summary>The journal over HTTP, for consumers in other processes.</summary>
internal sealed class JournalPages(EventJournal journal)
{
    private const int Latest = 8;

    public GraphAnswer Answer(GraphRequest request, string route) => (route, request.Method) switch
    {
        ("requests", "GET") => GraphAnswer.Ok(journal.Requests, static (json, r) => WriteRequests(json, r)),
        ("webhooks", "GET") => GraphAnswer.Ok(journal.Webhooks, static (json, w) => WriteWebhooks(json, w)),
        ("tally", "GET") => GraphAnswer.Ok(journal.Tally, static (json, t) => WriteTally(json, t)),
        _ => GraphError.UnknownPath(request.Path) with { HttpStatus = 404 },
    };

    /// <summary>One of them, with its body.</summary>
    public GraphAnswer Find(GraphRequest request, string list, string sequence)
    {
        if (long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            if (list == "requests" && journal.FindRequest(place) is { } made)
            {
                return GraphAnswer.Ok(made, static (json, r) => WriteRequest(json, r, withBody: true));
            }

            if (list == "webhooks" && journal.FindWebhook(place) is { } webhook)
            {
                return GraphAnswer.Ok(webhook, static (json, w) => WriteWebhook(json, w));
            }
        }

        return GraphError.UnknownPath(request.Path) with { HttpStatus = 404 };
    }

    /// <summary>The latest requests, newest first, without their bodies.</summary>
    public void WriteLatest(Utf8JsonWriter json)
    {
        json.WriteStartArray("requests");
        foreach (var request in journal.LatestRequests(Latest))
        {
            WriteRequest(json, request, withBody: false);
        }

        json.WriteEndArray();
    }

    private static void WriteRequests(Utf8JsonWriter json, IReadOnlyList<LoggedRequest> requests)
    {
        json.WriteStartArray();
        foreach (var request in requests)
        {
            WriteRequest(json, request, withBody: true);
        }

        json.WriteEndArray();
    }

    private static void WriteRequest(Utf8JsonWriter json, LoggedRequest request, bool withBody)
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
        json.WriteString("reason", request.Reason);
        json.WriteString("message_id", request.MessageId);
        if (withBody)
        {
            json.WriteString("json", request.Json);
        }

        json.WriteEndObject();
    }

    private static void WriteWebhooks(Utf8JsonWriter json, IReadOnlyList<LoggedWebhook> webhooks)
    {
        json.WriteStartArray();
        foreach (var webhook in webhooks)
        {
            WriteWebhook(json, webhook);
        }

        json.WriteEndArray();
    }

    private static void WriteWebhook(Utf8JsonWriter json, LoggedWebhook webhook)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", webhook.Sequence);
        json.WriteString("at", webhook.At);
        json.WriteString("kind", webhook.Kind);
        json.WriteString("number_id", webhook.NumberId);
        json.WriteString("message_id", webhook.MessageId);
        WriteNumber(json, "status_code", webhook.StatusCode);
        json.WriteNumber("attempts", webhook.Attempts);
        json.WriteString("json", webhook.Json);
        json.WriteEndObject();
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
