using System.Globalization;
using System.Text.Json;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Acting;

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
        var action = interactive.GetProperty("action");
        var inCards = Is(interactive, "carousel");
        var parts = inCards ? action.GetProperty("cards").EnumerateArray().Select(static c => c.GetProperty("action"))
            : Is(interactive, "button") ? [action]
            : Enumerable.Empty<JsonElement>();
        foreach (var button in parts.SelectMany(static p => TemplateShape.ObjectsOf(p, "buttons")))
        {
            // In a card's button the reply is called by the button's type.
            var reply = button.GetProperty(button.TryGetProperty("reply", out _) ? "reply" : "quick_reply");
            var (id, title) = (reply.GetProperty("id").GetString()!, reply.GetProperty("title").GetString()!);
            yield return new(message.Id, message.FromNumber, "interactive", "button_reply", id, title, null) { InCard = inCards };
        }
    }

    private static IEnumerable<ReplyChoice> ListRows(ReceivedMessage message, JsonElement interactive)
    {
        foreach (var section in interactive.GetProperty("action").GetProperty("sections").EnumerateArray())
        {
            foreach (var row in section.GetProperty("rows").EnumerateArray())
            {
                var (id, title) = (row.GetProperty("id").GetString()!, row.GetProperty("title").GetString()!);
                yield return new(message.Id, message.FromNumber, "interactive", "list_reply", id, title, TextOf(row, "description"));
            }
        }
    }

    /// <summary>The quick replies of a template and of its cards.</summary>
    private static List<ReplyChoice> QuickReplies(ReceivedMessage message, JsonElement template, Template? sent)
    {
        var choices = new List<ReplyChoice>();
        if (sent is null)
        {
            return choices;
        }

        var components = TemplateShape.ObjectsOf(template, "components").ToList();
        Add(sent.Shape, components, inCard: false);
        var carousel = components.Find(static c => string.Equals(TextOf(c, "type"), "carousel", StringComparison.OrdinalIgnoreCase));
        foreach (var (card, index) in TemplateShape.ObjectsOf(carousel, "cards").Select(static (c, i) => (c, i)))
        {
            // Of product cards the template has one, which stands for all.
            Add(sent.Shape.Cards[Math.Min(index, sent.Shape.Cards.Count - 1)], TemplateShape.ObjectsOf(card, "components"), inCard: true);
        }

        return choices;

        void Add(TemplateShape shape, IEnumerable<JsonElement> parts, bool inCard)
        {
            foreach (var (payload, label) in QuickRepliesOf(shape, parts))
            {
                choices.Add(new(message.Id, message.FromNumber, "button", null, payload, label, null) { InCard = inCard });
            }
        }
    }

    /// <summary>
    /// Labels come from the template, payloads from the request, by the button's place among all buttons; a label stands in for a payload that is missing.
    /// </summary>
    private static IEnumerable<(string Payload, string Label)> QuickRepliesOf(TemplateShape shape, IEnumerable<JsonElement> components)
    {
        var payloads = new Dictionary<int, string>();
        foreach (var component in components)
        {
            if (string.Equals(TextOf(component, "sub_type"), "quick_reply", StringComparison.OrdinalIgnoreCase) && PayloadOf(component) is { } payload)
            {
                payloads[IndexOf(component)] = payload;
            }
        }

        return shape.Buttons.Select(static (button, i) => (button, i))
            .Where(static b => b.button.Type is "QUICK_REPLY")
            .Select(b => (payloads.GetValueOrDefault(b.i, b.button.Text), b.button.Text));
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

    private static string? TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;
}
