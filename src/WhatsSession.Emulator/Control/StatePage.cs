using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Sending;

namespace WhatsSession.Emulator.Control;

/// <summary>What the page shows beside the chat: clock, numbers, switches, and how requests and webhooks fare.</summary>
internal sealed class StatePage(EmulatorClock clock, NumberDirectory numbers, SendingSettings settings, EmulatorFaults faults)
{
    public required WebhookPages Webhooks { get; init; }

    public required JournalPages Journal { get; init; }

    public GraphAnswer Get() => GraphAnswer.Ok(this, static (json, page) => page.Write(json));

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("now", clock.GetUtcNow());
        json.WriteBoolean("frozen", clock.Frozen);
        json.WriteString("refusal_mode", settings.RefusalMode.ToString().ToLowerInvariant());
        json.WriteBoolean("rate_limits", settings.RateLimits);
        json.WriteStartArray("numbers");
        foreach (var number in numbers.All)
        {
            json.WriteStartObject();
            json.WriteString("id", number.Id);
            json.WriteString("display_phone_number", number.DisplayPhoneNumber);
            json.WriteString("verified_name", number.VerifiedName);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("faults");
        FaultPages.Write(json, faults);
        Journal.WriteLatest(json);
        Webhooks.Write(json);
        json.WriteEndObject();
    }
}
