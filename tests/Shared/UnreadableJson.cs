using System.Text.Json.Nodes;

namespace WhatsSession.Tests;

/// <summary>Finds what a serializer writes of a type that it does not know: empty objects, the insides of NodaTime, JSON in base64.</summary>
internal static class UnreadableJson
{
    private static readonly string[] Insides = ["bclCompatibleTicks", "calendar", "nanosecondOfDay", "totalNanoseconds", "isValid"];

    /// <summary>The places, each with what is wrong.</summary>
    public static IEnumerable<string> In(JsonNode? json) => json switch
    {
        JsonObject { Count: 0 } => [$"{json.GetPath()} is empty"],
        JsonObject fields => fields.SelectMany(field =>
            Insides.Contains(field.Key, StringComparer.OrdinalIgnoreCase) ? [$"{json.GetPath()}.{field.Key}"] : In(field.Value)),
        JsonArray items => items.SelectMany(In),
        JsonValue value when value.TryGetValue<string>(out var text) && IsJsonInBase64(text) => [$"{json.GetPath()} is base64"],
        _ => [],
    };

    private static bool IsJsonInBase64(string text)
    {
        var bytes = new byte[text.Length];
        return text.Length >= 4 && Convert.TryFromBase64String(text, bytes, out var length) && length > 1
            && (bytes[0], bytes[length - 1]) is ((byte)'{', (byte)'}') or ((byte)'[', (byte)']');
    }
}
