using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Json;

/// <summary>Writes a closed choice, such as where a medium comes from, as the case that it is: its <c>kind</c> in camel case, then what the case has.</summary>
/// <typeparam name="T">The choice.</typeparam>
/// <remarks>
/// Types of this SDK carry it as an attribute; no option is needed. It uses no reflection: with generated code it writes the kind alone,
/// unless the application's context has the type of the case. A choice that names its own kind keeps that. It is not read back. Thread-safe.
/// </remarks>
public sealed class JsonChoiceConverter<T> : JsonConverter<T>
    where T : class
{
    private const string Kind = "kind";

    /// <summary>Not supported: a choice is made, not read.</summary>
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
