using System.Text.Json;
using WhatsSession.Emulator.Accounts;
using WhatsSession.Emulator.Acting;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Sending;

namespace WhatsSession.Emulator.Control;

/// <summary>What <c>EmulatorOptions</c> sets at the start, over HTTP: each by its name, times in seconds.</summary>
internal sealed class OptionPages(SendingSettings settings, Courier courier, MessagingLimit limit, TemplateReview review, CustomerSettings customers)
{
    private const double LongestTime = 366 * 86_400;

    public GraphAnswer Get() => GraphAnswer.Ok(this, static (json, page) => page.Write(json));

    /// <summary>Sets what is given and leaves the rest; nothing, if anything is wrong.</summary>
    public GraphAnswer Set(JsonElement root, FieldReader fields)
    {
        NamedSettings.Apply(
            root,
            fields,
            Change,
            static name => $"'{name}' is not an option, or its value is of another kind: GET /_emulator/options shows them.");
        return fields.Error is { } error ? error : Get();
    }

    private Action? Change(string name, JsonElement value)
    {
        bool? flag = value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
        var isNumber = value.ValueKind == JsonValueKind.Number;
        TimeSpan? time = isNumber && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= LongestTime ? TimeSpan.FromSeconds(seconds) : null;
        int? count = isNumber && value.TryGetInt32(out var whole) && whole >= 1 ? whole : null;
        var isNull = value.ValueKind == JsonValueKind.Null;
        return name switch
        {
            "refusal_mode" when Mode(value) is { } mode => () => settings.RefusalMode = mode,
            "sent_after" when time is { } after => () => courier.SentAfter = after,
            "delivered_after" when time is { } after => () => courier.DeliveredAfter = after,
            "customers_read_at_once" when flag is { } on => () => courier.ReadAtOnce = on,
            "rate_limits" when flag is { } on => () => settings.RateLimits = on,
            "messaging_limit" when count is not null || isNull => () => limit.Customers = count,
            "direct_send" when flag is { } on => () => settings.DirectSend = on,
            "reactions_open_window" when flag is { } on => () => customers.ReactionsOpenWindow = on,
            "newer_call_events" when flag is { } on => () => customers.NewerCallEvents = on,
            "free_entry_point" when time >= SendingSettings.ShortestFreeEntry && time <= SendingSettings.LongestFreeEntry =>
                () => settings.FreeEntryPoint = time.Value,
            "free_service_messages" when isNumber && value.TryGetInt32(out var free) && free >= 0 => () => settings.FreeServiceMessages = free,
            "payment_exempt" when flag is { } on => () => settings.PaymentExempt = on,
            "templates_approved_after" when time is not null || isNull => () => review.ApprovedAfter = time,
            _ => null,
        };
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("refusal_mode", settings.RefusalMode.ToString().ToLowerInvariant());
        json.WriteNumber("sent_after", courier.SentAfter.TotalSeconds);
        json.WriteNumber("delivered_after", courier.DeliveredAfter.TotalSeconds);
        json.WriteBoolean("customers_read_at_once", courier.ReadAtOnce);
        json.WriteBoolean("rate_limits", settings.RateLimits);
        WriteNumber(json, "messaging_limit", limit.Customers);
        json.WriteBoolean("direct_send", settings.DirectSend);
        json.WriteBoolean("reactions_open_window", customers.ReactionsOpenWindow);
        json.WriteBoolean("newer_call_events", customers.NewerCallEvents);
        json.WriteNumber("free_entry_point", settings.FreeEntryPoint.TotalSeconds);
        json.WriteNumber("free_service_messages", settings.FreeServiceMessages);
        json.WriteBoolean("payment_exempt", settings.PaymentExempt);
        WriteNumber(json, "templates_approved_after", review.ApprovedAfter?.TotalSeconds);
        json.WriteEndObject();
    }

    private static RefusalMode? Mode(JsonElement value)
    {
        foreach (var mode in Enum.GetValues<RefusalMode>())
        {
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(mode.ToString().ToLowerInvariant()))
            {
                return mode;
            }
        }

        return null;
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
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
