using System.Text.Json;

namespace WhatsSession;

/// <summary>Reads JSON that the SDK itself wrote into a store: absent where it had nothing to say.</summary>
internal static class StoredJson
{
    public static JsonElement? Find(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    public static string? FindText(this JsonElement parent, string name) => parent.Find(name)?.GetString();

    public static int? FindNumber(this JsonElement parent, string name) => parent.Find(name)?.GetInt32();
}
