using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Control;

/// <summary>The switches over HTTP: each by its name, times in seconds.</summary>
internal sealed class FaultPages(EmulatorFaults faults)
{
    private static readonly double MostSeconds = TimeSpan.MaxValue.TotalSeconds / 2;
    private static readonly JsonNamingPolicy Snake = JsonNamingPolicy.SnakeCaseLower;

    public GraphAnswer Get() => GraphAnswer.Ok(faults, static (json, f) => Write(json, f));

    public GraphAnswer Clear()
    {
        faults.Clear();
        return Get();
    }

    /// <summary>Sets what is given and leaves the rest; nothing, if anything is wrong.</summary>
    public GraphAnswer Set(JsonElement root, FieldReader fields)
    {
        NamedSettings.Apply(
            root,
            fields,
            Change,
            static name => $"'{name}' is not a switch, or its value is of another kind: GET /_emulator/faults shows them.");
        return fields.Error is { } error ? error : Get();
    }

    public static void Write(Utf8JsonWriter json, EmulatorFaults faults)
    {
        json.WriteStartObject();
        json.WriteBoolean("duplicate_webhooks", faults.DuplicateWebhooks);
        json.WriteBoolean("reorder_webhooks", faults.ReorderWebhooks);
        json.WriteBoolean("hold_webhooks", faults.HoldWebhooks);
        json.WriteNumber("webhook_delay", faults.WebhookDelay.TotalSeconds);
        json.WriteNumber("webhook_batch", faults.WebhookBatch);
        json.WriteBoolean("wrong_signature", faults.WrongSignature);
        json.WriteBoolean("unknown_types", faults.UnknownTypes);
        json.WriteBoolean("unknown_fields", faults.UnknownFields);
        json.WriteNumber("clock_skew", faults.ClockSkew.TotalSeconds);
        json.WriteString("response", Snake.ConvertName(faults.Response.ToString()));
        json.WriteNumber("response_delay", faults.ResponseDelay.TotalSeconds);
        json.WriteEndObject();
    }

    private Action? Change(string name, JsonElement value)
    {
        bool? flag = value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
        double? number = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var given) && Math.Abs(given) < MostSeconds ? given : null;
        return name switch
        {
            "duplicate_webhooks" when flag is { } on => () => faults.DuplicateWebhooks = on,
            "reorder_webhooks" when flag is { } on => () => faults.ReorderWebhooks = on,
            "hold_webhooks" when flag is { } on => () => faults.HoldWebhooks = on,
            "wrong_signature" when flag is { } on => () => faults.WrongSignature = on,
            "unknown_types" when flag is { } on => () => faults.UnknownTypes = on,
            "unknown_fields" when flag is { } on => () => faults.UnknownFields = on,
            "webhook_delay" when number is >= 0 => () => faults.WebhookDelay = TimeSpan.FromSeconds(number.Value),
            "response_delay" when number is >= 0 => () => faults.ResponseDelay = TimeSpan.FromSeconds(number.Value),
            "clock_skew" when number is { } skew && Math.Abs(skew) <= EmulatorFaults.LargestSkew.TotalSeconds =>
                () => faults.ClockSkew = TimeSpan.FromSeconds(number.Value),
            "webhook_batch" when number is >= 1 and <= 1000 => () => faults.WebhookBatch = (int)number.Value,
            "response" when Fault(value) is { } fault => () => faults.Response = fault,
            "fail_next" when value.ValueKind == JsonValueKind.Object && value.TryGetProperty("response", out var next) && Fault(next) is { } fault
                && Whole(value, "times") is { } times =>
                () => faults.FailNext(fault, times),
            "fail_next" when value.ValueKind == JsonValueKind.Object && Whole(value, "code") is { } code && Whole(value, "times") is { } count =>
                () => faults.RefuseNext(code, count),
            _ => null,
        };
    }

    private static int? Whole(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var value) && value >= 0 ? value : null;

    private static ResponseFault? Fault(JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var fault in Enum.GetValues<ResponseFault>())
        {
            if (string.Equals(Snake.ConvertName(fault.ToString()), name, StringComparison.Ordinal))
            {
                return fault;
            }
        }

        return null;
    }
}
