using System.Text.Json;
using WhatsSession.Emulator.Acting;
using WhatsSession.Emulator.Customers;

namespace WhatsSession.Emulator.Control;

/// <summary>A chat as the customer's phone shows it.</summary>
internal static class ChatPage
{
    public static void Write(Utf8JsonWriter json, Person customer, EmulatedNumber number, DateTimeOffset now)
    {
        var pair = customer.FindPair(number);
        json.WriteStartObject();
        json.WriteString("phone", customer.Phone);
        json.WriteString("name", customer.Name);
        json.WriteBoolean("window_open", pair?.Closes is { } closes && now < closes);
        json.WriteBoolean("blocked", pair is { Blocked: true });
        json.WriteBoolean("stopped_marketing", pair is { StoppedMarketing: true });
        json.WriteStartArray("messages");
        foreach (var message in customer.Handset.Chat)
        {
            if (message is OutboundMessage outbound && outbound.Number == number && outbound.Group is null)
            {
                WriteOutbound(json, outbound);
            }
            else if (message is InboundMessage inbound && inbound.Number == number && inbound.Group is null)
            {
                json.WriteStartObject();
                json.WriteString("from", "customer");
                json.WriteString("at", inbound.At);
                json.WriteBoolean("read", inbound.Read);
                json.WritePropertyName("message");
                json.WriteRawValue(inbound.Element, skipInputValidation: true);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOutbound(Utf8JsonWriter json, OutboundMessage message)
    {
        json.WriteStartObject();
        json.WriteString("from", "business");
        json.WriteString("id", message.Id);
        json.WriteString("at", message.Arrival!.At);
        json.WriteString("type", message.Type);
        json.WriteString("text", message.Text);
        if (message.Template is { } template)
        {
            json.WriteStartObject("template");
            json.WriteString("name", template.Name);
            json.WriteString("language", template.Language);
            json.WritePropertyName("components");
            template.Shape.Components.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteStartArray("choices");
        foreach (var choice in ReplyChoices.Buttons(message.Arrival, message.Template))
        {
            WriteChoice(json, "taps", choice);
        }

        foreach (var choice in ReplyChoices.Rows(message.Arrival, message.Template))
        {
            WriteChoice(json, "picks", choice);
        }

        json.WriteEndArray();
        json.WritePropertyName("message");
        json.WriteRawValue(message.Json.Span);
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, string action, ReplyChoice choice)
    {
        json.WriteStartObject();
        json.WriteString("action", action);
        json.WriteString("id", choice.Id);
        json.WriteString("title", choice.Title);
        json.WriteString("description", choice.Description);
        json.WriteBoolean("in_card", choice.InCard);
        json.WriteEndObject();
    }
}
