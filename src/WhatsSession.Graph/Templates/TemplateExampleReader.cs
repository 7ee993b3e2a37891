using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Templates;

/// <summary>
/// Reads the examples of a template where they have one of the documented shapes. Of any other shape they are not read at all, so that nothing is lost:
/// the reader does not move.
/// </summary>
internal static class TemplateExampleReader
{
    public static bool TryReadBody(ref Utf8JsonReader reader, ref IReadOnlyList<TemplateExample> examples)
    {
        var copy = reader;
        if (!TryEnterOnly(ref copy, out var name))
        {
            return false;
        }

        var list = new List<TemplateExample>();
        var isRead = name switch
        {
            "body_text" => copy.TokenType == JsonTokenType.StartArray && copy.Read() && TryReadTexts(ref copy, list) && EndsArray(ref copy),
            "body_text_named_params" => TryReadNamed(ref copy, list),
            _ => false,
        };
        return Accept(ref reader, copy, isRead, list, ref examples);
    }

    public static bool TryReadHeader(ref Utf8JsonReader reader, bool isText, ref IReadOnlyList<TemplateExample> examples, ref IReadOnlyList<string> handles)
    {
        var copy = reader;
        if (!TryEnterOnly(ref copy, out var name))
        {
            return false;
        }

        var list = new List<TemplateExample>();
        var isRead = (name, isText) switch
        {
            ("header_text", true) => TryReadTexts(ref copy, list),
            ("header_text_named_params", true) => TryReadNamed(ref copy, list),
            ("header_handle", false) => TryReadTexts(ref copy, list),
            _ => false,
        };
        if (!Accept(ref reader, copy, isRead, list, ref examples))
        {
            return false;
        }

        handles = isText ? [] : [.. list.Select(example => example.Value)];
        return true;
    }

    /// <summary>The name of the only known property that the object may have.</summary>
    private static bool TryEnterOnly(ref Utf8JsonReader reader, out string name)
    {
        name = "";
        if (reader.TokenType != JsonTokenType.StartObject || !JsonText.NextProperty(ref reader, out var property))
        {
            return false;
        }

        name = property switch
        {
            _ when property.SequenceEqual("body_text"u8) => "body_text",
            _ when property.SequenceEqual("body_text_named_params"u8) => "body_text_named_params",
            _ when property.SequenceEqual("header_text"u8) => "header_text",
            _ when property.SequenceEqual("header_text_named_params"u8) => "header_text_named_params",
            _ when property.SequenceEqual("header_handle"u8) => "header_handle",
            _ => "",
        };
        return true;
    }

    private static bool TryReadTexts(ref Utf8JsonReader reader, List<TemplateExample> examples)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (JsonText.NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.String || examples.Count == JsonText.LongestList)
            {
                return false;
            }

            examples.Add(new TemplateExample(JsonText.Read(ref reader)!));
        }

        return true;
    }

    private static bool TryReadNamed(ref Utf8JsonReader reader, List<TemplateExample> examples)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (JsonText.NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.StartObject || examples.Count == JsonText.LongestList || ReadNamed(ref reader) is not { } example)
            {
                return false;
            }

            examples.Add(example);
        }

        return true;
    }

    private static TemplateExample? ReadNamed(ref Utf8JsonReader reader)
    {
        string? parameter = null, value = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (reader.TokenType == JsonTokenType.String && name.SequenceEqual("param_name"u8))
            {
                parameter = JsonText.Read(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.String && name.SequenceEqual("example"u8))
            {
                value = JsonText.Read(ref reader);
            }
            else
            {
                return null;
            }
        }

        return parameter is null || value is null ? null : new TemplateExample(value) { Name = parameter };
    }

    private static bool EndsArray(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    private static bool Accept(
        ref Utf8JsonReader reader, Utf8JsonReader copy, bool isRead, List<TemplateExample> list, ref IReadOnlyList<TemplateExample> examples)
    {
        if (!isRead || list.Count == 0 || !copy.Read() || copy.TokenType != JsonTokenType.EndObject)
        {
            return false;
        }

        reader = copy;
        examples = list;
        return true;
    }
}
