using System.Text.Json;

namespace WhatsSession.Time;

/// <summary>What an emulator says of its clock.</summary>
/// <param name="UtcTicks">The present moment.</param>
/// <param name="IsFrozen">Whether it stands still.</param>
/// <param name="Change">How often it jumped, was stopped or let run.</param>
internal readonly record struct ClockReading(long UtcTicks, bool IsFrozen, long Change)
{
    /// <summary>Reads an answer of <c>GET /_emulator/clock</c>; null when it is none.</summary>
    public static ClockReading? Parse(Stream json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("now", out var now) && now.ValueKind == JsonValueKind.String && now.TryGetDateTimeOffset(out var instant)
                && root.TryGetProperty("frozen", out var frozen) && frozen.ValueKind is JsonValueKind.True or JsonValueKind.False
                && root.TryGetProperty("change", out var change) && change.ValueKind == JsonValueKind.Number && change.TryGetInt64(out var number)
                    ? new(instant.UtcTicks, frozen.GetBoolean(), number)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
