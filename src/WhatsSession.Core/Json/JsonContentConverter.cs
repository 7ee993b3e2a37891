using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace WhatsSession.Json;

/// <summary>Writes bytes that contain JSON, such as a part of a webhook, as that JSON. Other bytes are written as base64, and no bytes as null.</summary>
/// <remarks>
/// Properties of this SDK have it as an attribute. Only an object or an array counts as JSON, so that a string is always base64 when it is read back. It never
/// throws because of the content of the bytes. It uses no reflection. Thread-safe.
/// </remarks>
public sealed class JsonContentConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    // The depth that a reader of the whole document allows: what is deeper would make it unreadable.
    private const int MaximumDepth = 64;

    /// <inheritdoc />
    public override bool HandleNull => true;

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String when reader.TryGetBytesFromBase64(out var bytes):
                return bytes;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                using (var document = JsonDocument.ParseValue(ref reader))
                {
                    return System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetRawText());
                }

            default:
                throw new JsonException("Content is an object, an array, or a string in base64.");
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else if (IsJson(value.Span, MaximumDepth - writer.CurrentDepth))
        {
            writer.WriteRawValue(value.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteBase64StringValue(value.Span);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> content, int depth)
    {
        if (depth < 1 || !Utf8.IsValid(content))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = depth });
            var isTree = reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            while (isTree && reader.Read())
            {
                // To the end: a fault behind the value is one too.
            }

            return isTree;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
