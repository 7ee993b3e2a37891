using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>What <see cref="EmulatorOptions"/> sets at the start, over HTTP: each by its name, times in seconds.</summary>
internal sealed class OptionPages(MetaSide meta)
{
    private const double LongestTime = 366 * 86_400;

    public GraphAnswer Get() => GraphAnswer.Ok(meta, static (json, m) =>
    {
        json.WriteStartObject();
        json.WriteString("refusal_mode", m.RefusalMode.ToString().ToLowerInvariant());
        json.WriteNumber("sent_after", m.Courier.SentAfter.TotalSeconds);
        json.WriteNumber("delivered_after", m.Courier.DeliveredAfter.TotalSeconds);
        json.WriteBoolean("customers_read_at_once", m.Courier.ReadAtOnce);
        json.WriteBoolean("rate_limits", m.RateLimits);
        WriteNumber(json, "messaging_limit", m.Limit.Customers);
        json.WriteBoolean("direct_send", m.DirectSend);
        json.WriteBoolean("reactions_open_window", m.ReactionsOpenWindow);
        WriteNumber(json, "templates_approved_after", m.Templates.ApprovedAfter?.TotalSeconds);
        json.WriteEndObject();
    });

    /// <summary>Sets what is given and leaves the rest; nothing, if anything is wrong.</summary>
    public GraphAnswer Set(JsonElement root, FieldReader fields)
    {
        NamedSettings.Apply(root, fields, Change, static name => $"'{name}' is not an option, or its value is of another kind: GET /_emulator/options shows them.");
        return fields.Error is { } error ? error : Get();
    }

    private Action? Change(string name, JsonElement value)
    {
        bool? flag = value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
        TimeSpan? time = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= LongestTime ? TimeSpan.FromSeconds(seconds) : null;
        int? count = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) && whole >= 1 ? whole : null;
        var isNull = value.ValueKind == JsonValueKind.Null;
        return name switch
        {
            "refusal_mode" when Mode(value) is { } mode => () => meta.RefusalMode = mode,
            "sent_after" when time is { } after => () => meta.Courier.SentAfter = after,
            "delivered_after" when time is { } after => () => meta.Courier.DeliveredAfter = after,
            "customers_read_at_once" when flag is { } on => () => meta.Courier.ReadAtOnce = on,
            "rate_limits" when flag is { } on => () => meta.RateLimits = on,
            "messaging_limit" when count is not null || isNull => () => meta.Limit.Customers = count,
            "direct_send" when flag is { } on => () => meta.DirectSend = on,
            "reactions_open_window" when flag is { } on => () => meta.ReactionsOpenWindow = on,
            "templates_approved_after" when time is not null || isNull => () => meta.Templates.ApprovedAfter = time,
            _ => null,
        };
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
