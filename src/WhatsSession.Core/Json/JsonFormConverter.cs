using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Json;

/// <summary>Writes and reads a value that defines its own JSON, such as an outcome, an error or a delivery.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <remarks>Types of this SDK carry it as an attribute; no option is needed. It uses no reflection. Thread-safe.</remarks>
public sealed class JsonFormConverter<T> : JsonConverter<T>
    where T : IJsonForm<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? T.ReadJson(document.RootElement, options)
            : throw new JsonException($"A {typeof(T).Name} is an object in JSON; here is a value of the kind {document.RootElement.ValueKind}.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        T.WriteJson(writer, value, options);
    }
}
