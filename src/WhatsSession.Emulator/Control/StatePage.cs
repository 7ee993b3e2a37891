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
        var app = meta.Pump.Routes.App;
        json.WriteBoolean("connected", app is not null);
        WriteTarget(json, app as HttpTarget);
        json.WriteStartArray("overrides");
        foreach (var (id, target) in meta.Pump.Routes.Overrides)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            WriteTarget(json, target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("held", meta.Pump.Held);
        json.WriteNumber("waiting", meta.Pump.Waiting);
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

    private static void WriteTarget(Utf8JsonWriter json, HttpTarget? target)
    {
        json.WriteString("url", target?.Url.AbsoluteUri);
        if (target?.IsVerified is { } verified)
        {
            json.WriteBoolean("verified", verified);
        }
        else
        {
            json.WriteNull("verified");
        }
    }
}
