using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WhatsSession.Messages;

namespace WhatsSession.Wire;

/// <summary>The fields that several kinds of message share, written without allocation.</summary>
internal static class JsonFields
{
    // Like the writer, and unlike the default, it does not put U+FFFD in the place of half a character.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Enough for any number: sign, digits, point.
    private const int LongestNumber = 32;

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

    /// <summary>A number as a JSON string, as Meta's examples have it for coordinates and the index of a button.</summary>
    public static void WriteText<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, T value, string format = "")
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        if (!value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "The number is too long.");
        }

        writer.WriteString(name, text[..length]);
    }

    public static void WriteLocation(this Utf8JsonWriter writer, double latitude, double longitude, string? name, string? address)
    {
        // Not the default format, which would write 1E-05.
        const string Degrees = "0.###############";
        writer.WriteText("latitude"u8, latitude, Degrees);
        writer.WriteText("longitude"u8, longitude, Degrees);
        writer.WriteOptional("name"u8, name);
        writer.WriteOptional("address"u8, address);
    }

    /// <summary>A property whose value is the text of a JSON object.</summary>
    /// <exception cref="ArgumentException"><paramref name="json"/> is not one.</exception>
    public static void WriteJsonObject(this Utf8JsonWriter writer, string name, string json)
    {
        ThrowIfNoObject(json, name);
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>The content of a message as its own JSON: an object, but of contacts an array.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void WriteContent(this Utf8JsonWriter writer, RawMessage raw)
    {
        ThrowIfInvalid(raw);
        writer.WritePropertyName(raw.Kind);
        writer.WriteRawValue(raw.Json, skipInputValidation: true);
    }

    /// <summary>Refuses a message with JSON in it that is not an object, before anything is stored or written.</summary>
    /// <exception cref="ArgumentException">It has such JSON.</exception>
    public static void ThrowIfInvalid(Message? message)
    {
        switch (message)
        {
            case DirectSendMessage direct:
                ThrowIfInvalid(direct.Content);
                break;
            case RawMessage { Kind: "contacts" } contacts:
                ThrowIfNot(JsonTokenType.StartArray, contacts.Json, contacts.Kind, isEmptyAllowed: false);
                break;
            case RawMessage raw:
                ThrowIfNoObject(raw.Json, raw.Kind);
                break;
            case FlowMessage { Action: FlowAction.Navigate { Data: { } data } }:
                ThrowIfNoObject(data, "data", isEmptyAllowed: false);
                break;
            case OrderDetailsMessage order:
                ThrowIfInvalid(order.Details);
                break;
            case TemplateMessage template:
                TemplateWriter.ThrowIfInvalid(template);
                break;
        }
    }

    public static void ThrowIfInvalid(OrderDetails details)
    {
        foreach (var setting in details.PaymentSettings)
        {
            if (setting is PaymentSetting.Raw raw)
            {
                ThrowIfNoObject(raw.Json, raw.Type);
            }
        }
    }

    public static void ThrowIfNoObject(string json, string name, bool isEmptyAllowed = true) => ThrowIfNot(JsonTokenType.StartObject, json, name, isEmptyAllowed);

    private static void ThrowIfNot(JsonTokenType kind, string json, string name, bool isEmptyAllowed)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            if (!TryEncode(json, bytes, out var length) || !IsOne(kind, bytes.AsSpan(0, length), isEmptyAllowed))
            {
                throw new ArgumentException($"The JSON of \"{name}\" is not {(kind == JsonTokenType.StartArray ? "an array with an element" : isEmptyAllowed ? "an object" : "an object with a property")}; give the text of one.", nameof(json));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private static bool TryEncode(string json, Span<byte> bytes, out int length)
    {
        try
        {
            return Strict.TryGetBytes(json, bytes, out length);
        }
        catch (EncoderFallbackException)
        {
            length = 0;
            return false;
        }
    }

    private static bool IsOne(JsonTokenType kind, ReadOnlySpan<byte> json, bool isEmptyAllowed)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != kind || !reader.Read() || (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && !isEmptyAllowed))
            {
                return false;
            }

            while (reader.Read())
            {
                // To the end: text behind the value is an error of the reader.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
