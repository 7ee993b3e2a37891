using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhatsSession.Wire;

/// <summary>Writes fields that several requests share, without allocation, and checks texts that have to be JSON.</summary>
internal static class JsonFields
{
    // The relaxed encoder writes UTF-8 as it is instead of \uXXXX: the body goes to an API, never into a page.
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

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

    /// <summary>Refuses a text that is not one JSON value, whatever its kind.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void ThrowIfNoJson(string json, [CallerArgumentExpression(nameof(json))] string name = "")
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            if (!TryEncode(json, bytes, out var length) || !IsOne(kind: null, bytes.AsSpan(0, length), isEmptyAllowed: true))
            {
                throw new ArgumentException("The text is not JSON.", name);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    public static void ThrowIfNoObject(string json, string name, bool isEmptyAllowed = true) =>
        ThrowIfNot(JsonTokenType.StartObject, json, name, isEmptyAllowed);

    public static void ThrowIfNot(JsonTokenType kind, string json, string name, bool isEmptyAllowed)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            if (!TryEncode(json, bytes, out var length) || !IsOne(kind, bytes.AsSpan(0, length), isEmptyAllowed))
            {
                var wanted = kind == JsonTokenType.StartArray ? "an array with an element" : isEmptyAllowed ? "an object" : "an object with a property";
                throw new ArgumentException($"The JSON of \"{name}\" is not {wanted}; give the text of one.", nameof(json));
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

    private static bool IsOne(JsonTokenType? kind, ReadOnlySpan<byte> json, bool isEmptyAllowed)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || (kind is not null && reader.TokenType != kind))
            {
                return false;
            }

            if (reader.Read() && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && !isEmptyAllowed)
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
