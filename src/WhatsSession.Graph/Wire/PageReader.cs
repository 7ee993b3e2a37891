using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Wire;

/// <summary>Reads answers that are small objects, and pages of lists.</summary>
internal static class PageReader
{
    /// <summary>Reads a page; null when the body is none. What the elements are is the caller's business.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="read">Reads an element that is an object; null for one that says nothing.</param>
    public static GraphPage<T>? Read<T>(ReadOnlySpan<byte> body, JsonReading<T?> read)
        where T : class
    {
        var reader = new Utf8JsonReader(body, JsonText.AnswerOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            List<T>? items = null;
            string? after = null;
            var hasNext = false;
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("data"u8) && reader.TokenType == JsonTokenType.StartArray)
                {
                    items = ReadItems(ref reader, read);
                }
                else if (name.SequenceEqual("paging"u8) && JsonText.EntersObject(ref reader))
                {
                    (after, hasNext) = ReadPaging(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            return items is null ? null : new GraphPage<T>(items, hasNext ? after : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an object; null when the body is none.</summary>
    public static T? ReadObject<T>(ReadOnlySpan<byte> body, JsonReading<T?> read)
        where T : class
    {
        var reader = new Utf8JsonReader(body, JsonText.AnswerOptions);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? read(ref reader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Meta's own answer, to a request of ours: as long as it likes, other than what anybody may post to a webhook.
    private static List<T> ReadItems<T>(ref Utf8JsonReader reader, JsonReading<T?> read)
        where T : class
    {
        var items = new List<T>();
        while (JsonText.NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (read(ref reader) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>Whether there is a next page says its address alone, which is not followed: the cursor is enough.</summary>
    private static (string? After, bool HasNext) ReadPaging(ref Utf8JsonReader reader)
    {
        string? after = null;
        var hasNext = false;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("next"u8))
            {
                hasNext = JsonText.Read(ref reader) is { Length: > 0 };
            }
            else if (name.SequenceEqual("cursors"u8) && JsonText.EntersObject(ref reader))
            {
                while (JsonText.NextProperty(ref reader, out var cursor))
                {
                    if (cursor.SequenceEqual("after"u8))
                    {
                        after = JsonText.Read(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return (after, hasNext);
    }
}
