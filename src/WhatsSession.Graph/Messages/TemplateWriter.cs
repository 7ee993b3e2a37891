using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Writes template messages.</summary>
internal static class TemplateWriter
{
    public static void Write(Utf8JsonWriter writer, TemplateMessage message)
    {
        if (message.Json is { } json)
        {
            writer.WriteJsonObject("template", json);
        }
        else
        {
            WriteTemplate(writer, message);
        }

        if (message.Marketing is { } marketing)
        {
            writer.WriteOptional("product_policy"u8, marketing.IsStrict is { } isStrict ? isStrict ? "STRICT" : "CLOUD_API_FALLBACK" : null);
            writer.WriteOptional("message_activity_sharing"u8, marketing.SharesActivity);
        }
    }

    /// <exception cref="ArgumentException">It has JSON in it that is not an object.</exception>
    public static void ThrowIfInvalid(TemplateMessage message)
    {
        if (message.Json is { } json)
        {
            JsonFields.ThrowIfNoObject(json, "template");
        }

        TemplateButtonWriter.ThrowIfInvalid(message.Buttons);
        for (var i = 0; i < message.Cards.Count; i++)
        {
            TemplateButtonWriter.ThrowIfInvalid(message.Cards[i].Buttons);
        }
    }

    private static void WriteTemplate(Utf8JsonWriter writer, TemplateMessage message)
    {
        writer.WriteStartObject("template"u8);
        writer.WriteString("name"u8, message.Name);
        writer.WriteStartObject("language"u8);
        writer.WriteString("code"u8, message.Language);
        writer.WriteOptional("policy"u8, message.NamesLanguagePolicy ? "deterministic" : null);
        writer.WriteEndObject();
        if (HasComponents(message))
        {
            writer.WriteStartArray("components"u8);
            WriteComponents(writer, message);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static bool HasComponents(TemplateMessage message) =>
        message.Header is not null || message.Body.Count > 0 || message.Buttons.Count > 0 || message.OneTimeCode is not null
        || message.OfferEnds is not null || message.OrderUpdate is not null || message.Cards.Count > 0 || message.TapTargets.Count > 0;

    private static void WriteComponents(Utf8JsonWriter writer, TemplateMessage message)
    {
        WriteHeader(writer, message.Header);
        WriteBody(writer, message.Body);
        if (message.OneTimeCode is { } code)
        {
            WriteCode(writer, code);
        }

        if (message.OfferEnds is { } ends)
        {
            WriteStart(writer, "limited_time_offer"u8);
            writer.WriteStartObject("limited_time_offer"u8);
            writer.WriteNumber("expiration_time_ms"u8, ends.ToUnixTimeMilliseconds());
            writer.WriteEndObject();
            WriteEnd(writer);
        }

        if (message.OrderUpdate is { } update)
        {
            WriteStart(writer, "order_status"u8);
            OrderWriter.Write(writer, "order_status"u8, update);
            WriteEnd(writer);
        }

        if (message.TapTargets.Count > 0)
        {
            WriteTapTargets(writer, message.TapTargets);
        }

        if (message.Cards.Count > 0)
        {
            WriteCards(writer, message.Cards);
        }

        TemplateButtonWriter.Write(writer, message.Buttons);
    }

    private static void WriteHeader(Utf8JsonWriter writer, TemplateHeader? header)
    {
        if (header is null)
        {
            return;
        }

        WriteComponentStart(writer, "header"u8);
        writer.WriteStartObject();
        switch (header)
        {
            case TemplateHeader.Text text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Value);
                writer.WriteOptional("parameter_name"u8, text.Name);
                break;
            case TemplateHeader.Image image:
                writer.WriteString("type"u8, "image"u8);
                MediaWriter.Write(writer, "image"u8, image.Source);
                break;
            case TemplateHeader.Video video:
                writer.WriteString("type"u8, "video"u8);
                MediaWriter.Write(writer, "video"u8, video.Source);
                break;
            case TemplateHeader.Gif gif:
                writer.WriteString("type"u8, "gif"u8);
                MediaWriter.Write(writer, "gif"u8, gif.Source);
                break;
            case TemplateHeader.Document document:
                writer.WriteString("type"u8, "document"u8);
                MediaWriter.Write(writer, "document"u8, document.Source, fileName: document.FileName);
                break;
            case TemplateHeader.Location location:
                writer.WriteString("type"u8, "location"u8);
                writer.WriteStartObject("location"u8);
                writer.WriteLocation(location.Latitude, location.Longitude, location.Name, location.Address);
                writer.WriteEndObject();
                break;
            case TemplateHeader.Product product:
                writer.WriteString("type"u8, "product"u8);
                writer.WriteStartObject("product"u8);
                writer.WriteString("product_retailer_id"u8, product.ProductRetailerId);
                writer.WriteString("catalog_id"u8, product.CatalogId);
                writer.WriteEndObject();
                break;
            default:
                throw new NotSupportedException($"{header.GetType().Name} has no wire form.");
        }

        WriteEnd(writer);
    }

    private static void WriteBody(Utf8JsonWriter writer, IReadOnlyList<TemplateParameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        WriteComponentStart(writer, "body"u8);
        for (var i = 0; i < parameters.Count; i++)
        {
            WriteParameter(writer, parameters[i]);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, TemplateParameter parameter)
    {
        writer.WriteStartObject();
        switch (parameter)
        {
            case TemplateParameter.Text text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Value);
                break;
            case TemplateParameter.Currency currency:
                writer.WriteString("type"u8, "currency"u8);
                writer.WriteStartObject("currency"u8);
                writer.WriteString("fallback_value"u8, currency.Fallback);
                writer.WriteString("code"u8, currency.Code);
                writer.WriteNumber("amount_1000"u8, currency.Thousandths);
                writer.WriteEndObject();
                break;
            case TemplateParameter.DateAndTime moment:
                writer.WriteString("type"u8, "date_time"u8);
                writer.WriteStartObject("date_time"u8);
                writer.WriteString("fallback_value"u8, moment.Value);
                writer.WriteEndObject();
                break;
            default:
                throw new NotSupportedException($"{parameter.GetType().Name} has no wire form.");
        }

        writer.WriteOptional("parameter_name"u8, parameter.Name);
        writer.WriteEndObject();
    }

    /// <summary>Authentication templates want the code twice: in the body and in the button, whatever the button does with it.</summary>
    private static void WriteCode(Utf8JsonWriter writer, string code)
    {
        WriteStart(writer, "body"u8, "text"u8);
        writer.WriteString("text"u8, code);
        WriteEnd(writer);
        TemplateButtonWriter.WriteUrl(writer, index: 0, code);
    }

    private static void WriteTapTargets(Utf8JsonWriter writer, IReadOnlyList<TapTarget> targets)
    {
        WriteStart(writer, "tap_target_configuration"u8);
        writer.WriteStartArray("tap_target_configuration"u8);
        for (var i = 0; i < targets.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, targets[i].Url?.OriginalString);
            writer.WriteString("title"u8, targets[i].Title);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteEnd(writer);
    }

    private static void WriteCards(Utf8JsonWriter writer, IReadOnlyList<TemplateCard> cards)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "carousel"u8);
        writer.WriteStartArray("cards"u8);
        for (var i = 0; i < cards.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("card_index"u8, i);
            writer.WriteStartArray("components"u8);
            WriteHeader(writer, cards[i].Header);
            WriteBody(writer, cards[i].Body);
            TemplateButtonWriter.Write(writer, cards[i].Buttons);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteComponentStart(Utf8JsonWriter writer, ReadOnlySpan<byte> type)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteStartArray("parameters"u8);
    }

    /// <summary>A component with one parameter, which mostly is of the same type.</summary>
    private static void WriteStart(Utf8JsonWriter writer, ReadOnlySpan<byte> component, ReadOnlySpan<byte> parameter = default)
    {
        WriteComponentStart(writer, component);
        writer.WriteStartObject();
        writer.WriteString("type"u8, parameter.IsEmpty ? component : parameter);
    }

    private static void WriteEnd(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
