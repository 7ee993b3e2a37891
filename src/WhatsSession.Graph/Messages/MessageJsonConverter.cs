using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Json;

/// <summary>Writes a message as the object that is sent to the Cloud API: see <see cref="MessageJson"/>.</summary>
/// <typeparam name="T">The type of the property.</typeparam>
/// <remarks>
/// Properties of this SDK have it as an attribute. Put it on your own properties too. Of a message that the API would not accept, such as one with a file that
/// is not uploaded, only the kind is written. A message cannot be read back. It uses no reflection. Thread-safe.
/// </remarks>
public sealed class MessageJsonConverter<T> : JsonConverter<T>
    where T : Message
{
    /// <summary>Not supported: a message can be written but not read.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"A {typeof(T).Name} is written to JSON and not read back.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        byte[] json;
        try
        {
            json = MessageJson.Write(value);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            writer.WriteStartObject();
            writer.WriteString("type", value.Kind);
            writer.WriteEndObject();
            return;
        }

        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
