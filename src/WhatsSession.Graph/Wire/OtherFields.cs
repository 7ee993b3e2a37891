using System.Text;
using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Wire;

/// <summary>The fields of an object that this version does not know, kept as the text of a JSON object of their own.</summary>
internal struct OtherFields
{
    private StringBuilder? _json;

    /// <summary>The text; null when there are none.</summary>
    public readonly string? Text => _json is null ? null : _json + "}";

    /// <summary>Writes the fields of a text into the object that is being written.</summary>
    /// <exception cref="ArgumentException">The text is not a JSON object.</exception>
    public static void Write(Utf8JsonWriter writer, string? json)
    {
        if (json is null)
        {
            return;
        }

        JsonFields.ThrowIfNoObject(json, nameof(OtherFields));
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            writer.WritePropertyName(JsonText.Read(ref reader)!);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            writer.WriteRawValue(bytes.AsSpan(start, (int)reader.BytesConsumed - start), skipInputValidation: true);
        }
    }

    /// <summary>Keeps the property whose value the reader stands on, and leaves the reader on its end.</summary>
    public void Keep(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> body, scoped ReadOnlySpan<byte> name)
    {
        var key = JsonEncodedText.Encode(Encoding.UTF8.GetString(name), JsonFields.WriterOptions.Encoder);
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        _json = _json is null ? new StringBuilder("{") : _json.Append(',');
        _json.Append('"').Append(key.ToString()).Append("\":").Append(Encoding.UTF8.GetString(body[start..(int)reader.BytesConsumed]));
    }
}
