using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WhatsSession.Shared;

/// <summary>Reads scalars as webhooks really carry them: numbers as strings and the reverse, broken UTF-8, lone surrogates. Never throws for content.</summary>
internal static class JsonText
{
    /// <summary>The options for webhooks: of any depth, at one bit for each level. What reads them never follows nesting on the stack.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>The options for answers of the Graph API: templates are read on the stack, card within card.</summary>
    public static readonly JsonReaderOptions AnswerOptions = new() { MaxDepth = 512 };

    /// <summary>The longest name of a property that is known, in characters.</summary>
    public const int LongestName = 64;

    /// <summary>The most elements of a list inside an event. Meta's longest has 1,024; hostile ones would cost many times their size.</summary>
    public const int LongestList = 1024;

    private const int LongestId = 1024;

    private const int LongestUrl = 8192;

    private const int LongestEscape = 6;

    // A name with escapes, which Meta never sends, made readable.
    [ThreadStatic]
    private static byte[]? _name;

    /// <summary>The value that the reader stands on as text; null for null, objects and arrays, which are skipped.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.PropertyName:
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

    /// <summary>The text of a JSON string, given what stands between its quotes.</summary>
    public static string Decode(ReadOnlySpan<byte> content) => content.Contains((byte)'\\') ? Unescape(content) : Encoding.UTF8.GetString(content);

    /// <summary>The value as text where it is an id: null when it is longer than any id.</summary>
    public static string? ReadId(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number && reader.ValueSpan.Length > LongestId)
        {
            return null;
        }

        return Read(ref reader);
    }

    /// <summary>The value as an address; null when it is none.</summary>
    public static Uri? ReadUrl(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > LongestUrl ? null
        : Uri.TryCreate(Read(ref reader), UriKind.Absolute, out var url) ? url
        : null;

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

    /// <summary>The value as a number, written as a number or as a string; null when it is neither.</summary>
    public static double? ReadDouble(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            return double.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
        }

        reader.Skip();
        return null;
    }

    /// <summary>The value as an exact number, written as a number or as a string; null when it is neither.</summary>
    public static decimal? ReadDecimal(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            return decimal.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        reader.Skip();
        return null;
    }

    /// <summary>The value as true or false, written as such or as a string; false when it is neither.</summary>
    public static bool ReadBoolean(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return ReadId(ref reader) == "true"; // The reader's own comparison throws for a lone surrogate.
        }

        reader.Skip();
        return reader.TokenType == JsonTokenType.True;
    }

    /// <summary>Reads the objects of an array; anything else in it, and anything that is no array, is skipped.</summary>
    public static IReadOnlyList<T> ReadList<T>(ref Utf8JsonReader reader, JsonReading<T> read)
    {
        if (!EntersArray(ref reader))
        {
            return [];
        }

        var list = new List<T>();
        while (NextElement(ref reader))
        {
            if (reader.TokenType == JsonTokenType.StartObject && list.Count < LongestList)
            {
                list.Add(read(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return list;
    }

    /// <summary>Reads the scalars of an array as text; anything that is no array is skipped.</summary>
    public static IReadOnlyList<string> ReadTexts(ref Utf8JsonReader reader)
    {
        if (!EntersArray(ref reader))
        {
            return [];
        }

        var list = new List<string>();
        while (NextElement(ref reader))
        {
            if (list.Count >= LongestList)
            {
                reader.Skip();
            }
            else if (Read(ref reader) is { } text)
            {
                list.Add(text);
            }
        }

        return list;
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

        name = reader.ValueIsEscaped ? UnescapeName(reader.ValueSpan) : reader.ValueSpan;
        reader.Read();
        return true;
    }

    /// <summary>As <see cref="NextProperty"/>, with the name as characters, which a switch takes: for everything but the hot path.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="room">Where the name is written: <see cref="LongestName"/> characters.</param>
    /// <param name="length">The length of the name; 0 when it is longer than any that is known.</param>
    public static bool NextName(ref Utf8JsonReader reader, scoped Span<char> room, out int length)
    {
        length = 0;
        if (!NextProperty(ref reader, out var name))
        {
            return false;
        }

        length = name.Length <= room.Length ? Encoding.UTF8.GetChars(name, room) : 0;
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

    private static ReadOnlySpan<byte> UnescapeName(ReadOnlySpan<byte> escaped)
    {
        if (escaped.Length > LongestEscape * LongestName)
        {
            return default;
        }

        Span<char> chars = stackalloc char[LongestEscape * LongestName];
        var used = Unescape(escaped, chars);
        var name = _name ??= new byte[3 * LongestEscape * LongestName];
        return name.AsSpan(0, Encoding.UTF8.GetBytes(chars[..used], name));
    }

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var chars = ArrayPool<char>.Shared.Rent(escaped.Length);
        var text = new string(chars, 0, Unescape(escaped, chars));
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }

    /// <returns>The number of characters written: never more than there are bytes.</returns>
    private static int Unescape(ReadOnlySpan<byte> escaped, Span<char> chars)
    {
        var used = 0;
        while (escaped.IndexOf((byte)'\\') is var at and >= 0)
        {
            used += Encoding.UTF8.GetChars(escaped[..at], chars[used..]);
            var escape = escaped[at + 1];
            if (escape == (byte)'u')
            {
                _ = ushort.TryParse(escaped.Slice(at + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit);
                chars[used++] = (char)unit;
                escaped = escaped[(at + 6)..];
            }
            else
            {
                chars[used++] = escape switch
                {
                    (byte)'n' => '\n',
                    (byte)'r' => '\r',
                    (byte)'t' => '\t',
                    (byte)'b' => '\b',
                    (byte)'f' => '\f',
                    _ => (char)escape,
                };
                escaped = escaped[(at + 2)..];
            }
        }

        used += Encoding.UTF8.GetChars(escaped, chars[used..]);
        ReplaceLoneSurrogates(chars[..used]);
        return used;
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
