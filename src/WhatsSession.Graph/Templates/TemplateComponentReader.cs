using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Templates;

/// <summary>Reads the components of templates. What this version does not know stays with its component.</summary>
internal static class TemplateComponentReader
{
    /// <summary>Reads one object of a list, with the whole text that it is a slice of.</summary>
    public delegate T PartReading<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> body);

    public static IReadOnlyList<TemplateComponent> Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body) => ReadParts(ref reader, body, ReadComponent);

    /// <summary>The objects of an array.</summary>
    public static List<T> ReadParts<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, PartReading<T> read)
    {
        var parts = new List<T>();
        if (JsonText.EntersArray(ref reader))
        {
            while (JsonText.NextElement(ref reader))
            {
                if (reader.TokenType == JsonTokenType.StartObject && parts.Count < JsonText.LongestList)
                {
                    parts.Add(read(ref reader, body));
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return parts;
    }

    /// <summary>A text among the properties of the object that the reader stands on, which does not move; empty when there is none.</summary>
    public static string Peek(Utf8JsonReader reader, ReadOnlySpan<byte> property)
    {
        var found = "";
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual(property) && reader.TokenType == JsonTokenType.String)
            {
                found = JsonText.Read(ref reader) ?? "";
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static TemplateComponent ReadComponent(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var kind = Peek(reader, "type"u8);
        return kind.ToUpperInvariant() switch
        {
            "HEADER" => ReadHeader(ref reader, body, Peek(reader, "format"u8).ToUpperInvariant()),
            "BODY" => ReadBody(ref reader, body),
            "FOOTER" => ReadFooter(ref reader, body),
            "BUTTONS" => ReadButtons(ref reader, body),
            "CAROUSEL" => ReadCarousel(ref reader, body),
            "LIMITED_TIME_OFFER" => ReadOffer(ref reader, body),
            "CALL_PERMISSION_REQUEST" => new TemplateComponent.CallPermissionRequest { OtherFields = ReadOthers(ref reader, body) },
            _ => new TemplateComponent.Raw(kind) { OtherFields = ReadOthers(ref reader, body) },
        };
    }

    private static TemplateComponent ReadHeader(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string format)
    {
        var isText = format is "TEXT" or "";
        var others = default(OtherFields);
        string? text = null;
        IReadOnlyList<TemplateExample> examples = [];
        IReadOnlyList<string> handles = [];
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("text"u8) && isText)
            {
                text = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("example"u8) && TemplateExampleReader.TryReadHeader(ref reader, isText, ref examples, ref handles))
            {
                // Read.
            }
            else if (name.SequenceEqual("type"u8) || name.SequenceEqual("format"u8))
            {
                reader.Skip();
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return isText
            ? new TemplateComponent.TextHeader(text ?? "") { Examples = examples, OtherFields = others.Text }
            : new TemplateComponent.MediaHeader(new TemplateHeaderFormat(format)) { ExampleHandles = handles, OtherFields = others.Text };
    }

    private static TemplateComponent.Body ReadBody(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        string? text = null;
        bool? advice = null;
        IReadOnlyList<TemplateExample> examples = [];
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("text"u8))
            {
                text = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("add_security_recommendation"u8))
            {
                advice = JsonText.ReadBoolean(ref reader);
            }
            else if (name.SequenceEqual("example"u8) && TemplateExampleReader.TryReadBody(ref reader, ref examples))
            {
                // Read.
            }
            else if (name.SequenceEqual("type"u8))
            {
                reader.Skip();
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return new TemplateComponent.Body { Text = text, AddsSecurityAdvice = advice, Examples = examples, OtherFields = others.Text };
    }

    private static TemplateComponent.Footer ReadFooter(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        string? text = null;
        long? minutes = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("text"u8))
            {
                text = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("code_expiration_minutes"u8))
            {
                minutes = JsonText.ReadInt64(ref reader);
            }
            else if (name.SequenceEqual("type"u8))
            {
                reader.Skip();
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return new TemplateComponent.Footer
        {
            Text = text,
            CodeExpirationMinutes = minutes is >= int.MinValue and <= int.MaxValue ? (int)minutes : null,
            OtherFields = others.Text,
        };
    }

    private static TemplateComponent.Buttons ReadButtons(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        var buttons = new List<TemplateButtonDefinition>();
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("buttons"u8) && reader.TokenType == JsonTokenType.StartArray)
            {
                buttons = ReadParts(ref reader, body, TemplateButtonDefinitionReader.Read);
            }
            else if (name.SequenceEqual("type"u8))
            {
                reader.Skip();
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return new TemplateComponent.Buttons([.. buttons]) { OtherFields = others.Text };
    }

    private static TemplateComponent.Carousel ReadCarousel(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        var cards = new List<TemplateCardDefinition>();
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("cards"u8) && reader.TokenType == JsonTokenType.StartArray)
            {
                cards = ReadParts(ref reader, body, ReadCard);
            }
            else if (name.SequenceEqual("type"u8))
            {
                reader.Skip();
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return new TemplateComponent.Carousel([.. cards]) { OtherFields = others.Text };
    }

    private static TemplateCardDefinition ReadCard(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        IReadOnlyList<TemplateComponent> components = [];
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("components"u8))
            {
                components = Read(ref reader, body);
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return new TemplateCardDefinition { Components = components, OtherFields = others.Text };
    }

    private static TemplateComponent.LimitedTimeOffer ReadOffer(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        var offerOthers = default(OtherFields);
        var text = "";
        bool? hasExpiration = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("limited_time_offer"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                while (JsonText.NextProperty(ref reader, out var inner))
                {
                    if (inner.SequenceEqual("text"u8))
                    {
                        text = JsonText.Read(ref reader) ?? "";
                    }
                    else if (inner.SequenceEqual("has_expiration"u8))
                    {
                        hasExpiration = JsonText.ReadBoolean(ref reader);
                    }
                    else
                    {
                        offerOthers.Keep(ref reader, body, inner);
                    }
                }
            }
            else if (name.SequenceEqual("type"u8))
            {
                reader.Skip();
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return new TemplateComponent.LimitedTimeOffer(text) { HasExpiration = hasExpiration, OtherOfferFields = offerOthers.Text, OtherFields = others.Text };
    }

    private static string? ReadOthers(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var others = default(OtherFields);
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("type"u8))
            {
                reader.Skip();
            }
            else
            {
                others.Keep(ref reader, body, name);
            }
        }

        return others.Text;
    }
}
