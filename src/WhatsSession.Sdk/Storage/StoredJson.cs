using System.Text.Json;

namespace WhatsSession.Storage;

/// <summary>Writes JSON into a store and reads it back: what there is nothing to say of is absent.</summary>
internal static class StoredJson
{
    public static JsonElement? Find(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    public static string? FindText(this JsonElement parent, string name) => parent.Find(name)?.GetString();

    public static int? FindNumber(this JsonElement parent, string name) => parent.Find(name)?.GetInt32();

    public static long FindInt64(this JsonElement parent, string name) => parent.Find(name)?.GetInt64() ?? 0;

    public static void WriteOptional(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }
}
