using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Templates;

/// <summary>Writes the components of templates.</summary>
internal static class TemplateComponentWriter
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<TemplateComponent> components)
    {
        writer.WriteStartArray("components"u8);
        foreach (var component in components)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, component.Kind);
            WriteContent(writer, component);
            OtherFields.Write(writer, component.OtherFields);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteContent(Utf8JsonWriter writer, TemplateComponent component)
    {
        switch (component)
        {
            case TemplateComponent.TextHeader header:
                writer.WriteString("format"u8, "TEXT"u8);
                writer.WriteString("text"u8, header.Text);
                WriteHeaderExamples(writer, header.Examples);
                break;
            case TemplateComponent.MediaHeader header:
                writer.WriteString("format"u8, header.Format.Name);
                WriteHandles(writer, header.ExampleHandles);
                break;
            case TemplateComponent.Body body:
                writer.WriteOptional("text"u8, body.Text);
                writer.WriteOptional("add_security_recommendation"u8, body.AddsSecurityAdvice);
                WriteBodyExamples(writer, body.Examples);
                break;
            case TemplateComponent.Footer footer:
                writer.WriteOptional("text"u8, footer.Text);
                writer.WriteOptional("code_expiration_minutes"u8, footer.CodeExpirationMinutes);
                break;
            case TemplateComponent.Buttons buttons:
                writer.WriteStartArray("buttons"u8);
                foreach (var button in buttons.Items)
                {
                    TemplateButtonDefinitionWriter.Write(writer, button);
                }

                writer.WriteEndArray();
                break;
            case TemplateComponent.Carousel carousel:
                WriteCards(writer, carousel.Cards);
                break;
            case TemplateComponent.LimitedTimeOffer offer:
                writer.WriteStartObject("limited_time_offer"u8);
                writer.WriteString("text"u8, offer.Text);
                writer.WriteOptional("has_expiration"u8, offer.HasExpiration);
                OtherFields.Write(writer, offer.OtherOfferFields);
                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteCards(Utf8JsonWriter writer, IReadOnlyList<TemplateCardDefinition> cards)
    {
        writer.WriteStartArray("cards"u8);
        foreach (var card in cards)
        {
            writer.WriteStartObject();
            Write(writer, card.Components);
            OtherFields.Write(writer, card.OtherFields);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteHandles(Utf8JsonWriter writer, IReadOnlyList<string> handles)
    {
        if (handles.Count > 0)
        {
            writer.WriteStartObject("example"u8);
            WriteTexts(writer, "header_handle"u8, handles);
            writer.WriteEndObject();
        }
    }

    private static void WriteHeaderExamples(Utf8JsonWriter writer, IReadOnlyList<TemplateExample> examples)
    {
        if (examples.Count > 0)
        {
            writer.WriteStartObject("example"u8);
            if (AreNamed(examples))
            {
                WriteNamed(writer, "header_text_named_params"u8, examples);
            }
            else
            {
                WriteTexts(writer, "header_text"u8, [.. examples.Select(example => example.Value)]);
            }

            writer.WriteEndObject();
        }
    }

    /// <summary>Meta takes several sets of examples; one is enough, and is an array in an array.</summary>
    private static void WriteBodyExamples(Utf8JsonWriter writer, IReadOnlyList<TemplateExample> examples)
    {
        if (examples.Count > 0)
        {
            writer.WriteStartObject("example"u8);
            if (AreNamed(examples))
            {
                WriteNamed(writer, "body_text_named_params"u8, examples);
            }
            else
            {
                writer.WriteStartArray("body_text"u8);
                writer.WriteStartArray();
                foreach (var example in examples)
                {
                    writer.WriteStringValue(example.Value);
                }

                writer.WriteEndArray();
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }
    }

    private static bool AreNamed(IReadOnlyList<TemplateExample> examples) => examples.Any(example => example.Name is not null);

    private static void WriteNamed(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<TemplateExample> examples)
    {
        writer.WriteStartArray(name);
        foreach (var example in examples)
        {
            writer.WriteStartObject();
            writer.WriteOptional("param_name"u8, example.Name);
            writer.WriteString("example"u8, example.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
