using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WhatsSession;

/// <summary>Reads scalars as webhooks really carry them: numbers as strings and the reverse, broken UTF-8, lone surrogates. Never throws for content.</summary>
internal static class JsonText
{
    /// <summary>The options for every payload: deep nesting is refused by the reader, not by the stack.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <summary>The name of the property that the reader stands on.</summary>
    public static ReadOnlySpan<byte> Name(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Unescape(reader.ValueSpan)) : reader.ValueSpan;

    /// <summary>The value that the reader stands on as text; null for null, objects and arrays, which are skipped.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.Number:
                return Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>The value as text where few different values are expected: each is kept once.</summary>
    public static string? ReadInterned(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.ValueIsEscaped ? Utf8Interner.Get(reader.ValueSpan) : Read(ref reader);

    /// <summary>The value as a whole number, written as a number or as a string; null when it is neither.</summary>
    public static long? ReadInt64(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            if (reader.ValueIsEscaped)
            {
                return long.TryParse(Unescape(reader.ValueSpan), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var escaped) ? escaped : null;
            }

            return long.TryParse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        reader.Skip();
        return null;
    }

    /// <summary>The value as true or false, written as such or as a string; false when it is neither.</summary>
    public static bool ReadBoolean(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueTextEquals("true"u8);
        }

        reader.Skip();
        return reader.TokenType == JsonTokenType.True;
    }

    /// <summary>Moves into the object that the reader stands on. Anything else is skipped.</summary>
    public static bool EntersObject(ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartObject);

    /// <summary>Moves into the array that the reader stands on. Anything else is skipped.</summary>
    public static bool EntersArray(ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartArray);

    /// <summary>Moves to the next property's name and then leaves the reader on its value; false at the end of the object.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            name = default;
            return false;
        }

        name = Name(ref reader);
        reader.Read();
        return true;
    }

    /// <summary>Moves to the next element; false at the end of the array.</summary>
    public static bool NextElement(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    private static bool Enters(ref Utf8JsonReader reader, JsonTokenType start)
    {
        if (reader.TokenType == start)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var chars = ArrayPool<char>.Shared.Rent(escaped.Length);
        var used = 0;
        while (escaped.IndexOf((byte)'\\') is var at and >= 0)
        {
            used += Encoding.UTF8.GetChars(escaped[..at], chars.AsSpan(used));
            var escape = escaped[at + 1];
            if (escape == (byte)'u')
            {
                _ = ushort.TryParse(escaped.Slice(at + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit);
                chars[used++] = (char)unit;
                escaped = escaped[(at + 6)..];
            }
            else
            {
                chars[used++] = escape switch { (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', (byte)'b' => '\b', (byte)'f' => '\f', _ => (char)escape };
                escaped = escaped[(at + 2)..];
            }
        }

        used += Encoding.UTF8.GetChars(escaped, chars.AsSpan(used));
        ReplaceLoneSurrogates(chars.AsSpan(0, used));
        var text = new string(chars, 0, used);
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }

    private static void ReplaceLoneSurrogates(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else
            {
                text[i] = '�';
            }
        }
    }
}
