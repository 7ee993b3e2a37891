using System.Globalization;
using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>Finds what a customer can choose in a message. The messages have passed the checks of the send, so the shapes are known.</summary>
internal static class ReplyChoices
{
    public static IEnumerable<ReplyChoice> Buttons(ReceivedMessage message, Template? sent)
    {
        using var document = JsonDocument.Parse(message.Json);
        return message.Type switch
        {
            "interactive" => [.. ReplyButtons(message, document.RootElement.GetProperty("interactive"))],
            "template" => QuickReplies(message, document.RootElement.GetProperty("template"), sent),
            _ => [],
        };
    }

    public static IEnumerable<ReplyChoice> Rows(ReceivedMessage message, Template? sent)
    {
        if (!string.Equals(message.Type, "interactive", StringComparison.Ordinal))
        {
            return [];
        }

        using var document = JsonDocument.Parse(message.Json);
        var interactive = document.RootElement.GetProperty("interactive");
        return Is(interactive, "list") ? [.. ListRows(message, interactive)] : [];
    }

    private static IEnumerable<ReplyChoice> ReplyButtons(ReceivedMessage message, JsonElement interactive)
    {
        if (!Is(interactive, "button"))
        {
            yield break;
        }

        foreach (var button in interactive.GetProperty("action").GetProperty("buttons").EnumerateArray())
        {
            var reply = button.GetProperty("reply");
            yield return new(message.Id, message.FromNumber, "interactive", "button_reply", reply.GetProperty("id").GetString()!, reply.GetProperty("title").GetString()!, null);
        }
    }

    private static IEnumerable<ReplyChoice> ListRows(ReceivedMessage message, JsonElement interactive)
    {
        foreach (var section in interactive.GetProperty("action").GetProperty("sections").EnumerateArray())
        {
            foreach (var row in section.GetProperty("rows").EnumerateArray())
            {
                yield return new(message.Id, message.FromNumber, "interactive", "list_reply", row.GetProperty("id").GetString()!, row.GetProperty("title").GetString()!, TextOf(row, "description"));
            }
        }
    }

    /// <summary>Labels come from the template, payloads from the request; each stands in for the other where it is missing.</summary>
    private static List<ReplyChoice> QuickReplies(ReceivedMessage message, JsonElement template, Template? sent)
    {
        IReadOnlyList<string> labels = sent?.Shape.QuickReplies ?? [];
        var payloads = new SortedDictionary<int, string>();
        if (FieldReader.Has(template, "components"))
        {
            foreach (var component in template.GetProperty("components").EnumerateArray())
            {
                if (string.Equals(TextOf(component, "sub_type"), "quick_reply", StringComparison.OrdinalIgnoreCase) && PayloadOf(component) is { } payload)
                {
                    payloads[IndexOf(component)] = payload;
                }
            }
        }

        // With as many payloads as labels they pair in order, whatever other buttons the indices count.
        var paired = payloads.Count == labels.Count ? [.. payloads.Values] : Array.Empty<string>();
        var choices = labels.Select((label, i) => Choice(paired.Length > i ? paired[i] : payloads.GetValueOrDefault(i, label), label)).ToList();
        choices.AddRange(payloads.Values.Where(p => !choices.Exists(c => string.Equals(c.Id, p, StringComparison.Ordinal))).Select(p => Choice(p, p)));
        return choices;

        ReplyChoice Choice(string payload, string label) => new(message.Id, message.FromNumber, "button", null, payload, label, null);
    }

    private static string? PayloadOf(JsonElement component) =>
        component.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Array
        && parameters.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
            ? TextOf(first, "payload")
            : null;

    /// <summary>Meta's own examples give the index as text and as a number.</summary>
    private static int IndexOf(JsonElement component)
    {
        if (!component.TryGetProperty("index", out var index))
        {
            return 0;
        }

        return index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out var number) ? number
            : index.ValueKind == JsonValueKind.String && int.TryParse(index.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
            : 0;
    }

    private static bool Is(JsonElement interactive, string type) => string.Equals(interactive.GetProperty("type").GetString(), type, StringComparison.Ordinal);

    private static string? TextOf(JsonElement parent, string name) => parent.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;
}
