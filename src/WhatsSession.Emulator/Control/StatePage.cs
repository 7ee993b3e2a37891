using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>What the page shows beside the chat: clock, numbers, switches, and how the webhooks fare.</summary>
internal static class StatePage
{
    private const int LatestWebhooks = 8;

    public static void Write(Utf8JsonWriter json, MetaSide meta)
    {
        json.WriteStartObject();
        json.WriteString("now", meta.Clock.GetUtcNow());
        json.WriteBoolean("frozen", meta.Clock.Frozen);
        json.WriteString("refusal_mode", meta.RefusalMode.ToString().ToLowerInvariant());
        json.WriteStartArray("numbers");
        foreach (var number in meta.Numbers)
        {
            json.WriteStartObject();
            json.WriteString("id", number.Id);
            json.WriteString("display_phone_number", number.DisplayPhoneNumber);
            json.WriteString("verified_name", number.VerifiedName);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("faults");
        FaultPages.Write(json, meta.Faults);
        json.WriteStartObject("webhooks");
        json.WriteBoolean("connected", meta.Pump.Routes.App is not null);
        json.WriteString("url", (meta.Pump.Routes.App as HttpTarget)?.Url.AbsoluteUri);
        json.WriteNumber("held", meta.Pump.Held);
        json.WriteStartArray("latest");
        foreach (var webhook in meta.Journal.LatestWebhooks(LatestWebhooks))
        {
            json.WriteStartObject();
            json.WriteString("at", webhook.At);
            json.WriteString("kind", webhook.Kind);
            json.WriteNumber("attempts", webhook.Attempts);
            if (webhook.StatusCode is { } status)
            {
                json.WriteNumber("status_code", status);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
