using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Sending;

namespace WhatsSession.Emulator.Control;

/// <summary>What the page shows beside the chat: clock, numbers, switches, and how the webhooks fare.</summary>
internal sealed class StatePage(EmulatorClock clock, NumberDirectory numbers, SendingSettings settings, EmulatorFaults faults, WebhookPages webhooks)
{
    public GraphAnswer Get() => GraphAnswer.Ok(this, static (json, page) => page.Write(json));

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("now", clock.GetUtcNow());
        json.WriteBoolean("frozen", clock.Frozen);
        json.WriteString("refusal_mode", settings.RefusalMode.ToString().ToLowerInvariant());
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
        webhooks.Write(json);
        json.WriteEndObject();
    }
}
