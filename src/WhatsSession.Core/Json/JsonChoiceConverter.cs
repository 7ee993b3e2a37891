using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Json;

/// <summary>
/// Writes a closed choice, such as <see cref="MediaSource"/>, as its actual case: the <c>kind</c> in camel case, then the properties of the case.
/// </summary>
/// <typeparam name="T">The choice.</typeparam>
/// <remarks>
/// Types of this SDK have it as an attribute; no option is needed. It uses no reflection: with generated code it writes only the kind, unless the
/// application's context has the type of the case. If a choice has a kind of its own, that one is written. It cannot be read back. Thread-safe.
/// </remarks>
public sealed class JsonChoiceConverter<T> : JsonConverter<T>
    where T : class
{
    private const string Kind = "kind";

    /// <summary>Not supported: a choice can be written but not read.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"A {typeof(T).Name} is written to JSON and not read back.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        var type = value.GetType();
        writer.WriteStartObject();
        if (!options.TryGetTypeInfo(type, out var form))
        {
            writer.WriteString(Kind, KindOf(type));
        }
        else
        {
            var fields = JsonSerializer.SerializeToElement(value, form);
            if (!fields.TryGetProperty(JsonFields.NameOf("Kind", options), out _))
            {
                writer.WriteString(Kind, KindOf(type));
            }

            foreach (var field in fields.EnumerateObject())
            {
                field.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static string KindOf(Type type) => JsonNamingPolicy.CamelCase.ConvertName(type.Name);
}
