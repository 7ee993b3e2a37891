using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Json;

/// <summary>Writes and reads an id, or a word of Meta's, as one string. It also works for the keys of a dictionary.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <remarks>
/// Types of this SDK have it as an attribute; no option is needed. It uses no reflection. Thread-safe. A string that is not valid throws a
/// <see cref="JsonException"/>. It names the type but not the string, which may be personal data.
/// </remarks>
public sealed class JsonTextConverter<T> : JsonConverter<T>
    where T : struct, IJsonText<T>
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Parse(reader.GetString()),
        JsonTokenType.Null => Parse(text: null),
        _ => throw new JsonException($"A {typeof(T).Name} is a string in JSON; here is a token of the kind {reader.TokenType}."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(T.ToJson(value));
    }

    /// <inheritdoc />
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(T.ToJson(value) ?? "");
    }

    private static T Parse(string? text) => T.FromJson(text)
        ?? throw new JsonException(
            text is null ? $"A {typeof(T).Name} cannot be null." : $"The string of {text.Length} characters is not a {typeof(T).Name}.");
}
