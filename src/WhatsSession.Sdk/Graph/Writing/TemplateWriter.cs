using System.Text.Json;

namespace WhatsSession;

/// <summary>Writes template messages.</summary>
internal static class TemplateWriter
{
    public static void Write(Utf8JsonWriter writer, TemplateMessage message)
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

    /// <exception cref="ArgumentException">It has JSON in it that is not an object.</exception>
    public static void ThrowIfInvalid(TemplateMessage message)
    {
        ThrowIfInvalid(message.Buttons);
        for (var i = 0; i < message.Cards.Count; i++)
        {
            ThrowIfInvalid(message.Cards[i].Buttons);
        }
    }

    private static void ThrowIfInvalid(IReadOnlyList<TemplateButtonParameter> buttons)
    {
        for (var i = 0; i < buttons.Count; i++)
        {
            switch (buttons[i])
            {
                case TemplateButtonParameter.Flow { Data: { } data }:
                    JsonFields.ThrowIfNoObject(data, "flow_action_data");
                    break;
                case TemplateButtonParameter.OrderToPay order:
                    JsonFields.ThrowIfInvalid(order.Details);
                    break;
            }
        }
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

        WriteButtons(writer, message.Buttons);
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
        WriteButtonStart(writer, "url"u8, index: 0);
        WriteParameter(writer, "text"u8, "text"u8, code);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTapTargets(Utf8JsonWriter writer, IReadOnlyList<TapTarget> targets)
    {
        WriteStart(writer, "tap_target_configuration"u8);
        writer.WriteStartArray("tap_target_configuration"u8);
        for (var i = 0; i < targets.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, targets[i].Url.OriginalString);
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
            WriteButtons(writer, cards[i].Buttons);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter writer, IReadOnlyList<TemplateButtonParameter> buttons)
    {
        for (var i = 0; i < buttons.Count; i++)
        {
            WriteButton(writer, buttons[i]);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static void WriteButton(Utf8JsonWriter writer, TemplateButtonParameter button)
    {
        switch (button)
        {
            case TemplateButtonParameter.Url url:
                WriteButtonStart(writer, "url"u8, button.Index);
                WriteParameter(writer, "text"u8, "text"u8, url.Suffix);
                break;
            case TemplateButtonParameter.QuickReply reply:
                WriteButtonStart(writer, "quick_reply"u8, button.Index);
                WriteParameter(writer, "payload"u8, "payload"u8, reply.Payload);
                break;
            case TemplateButtonParameter.CopyCode coupon:
                WriteButtonStart(writer, "copy_code"u8, button.Index);
                WriteParameter(writer, "coupon_code"u8, "coupon_code"u8, coupon.Code);
                break;
            case TemplateButtonParameter.Flow flow:
                WriteActionStart(writer, "flow"u8, button.Index);
                writer.WriteOptional("flow_token"u8, flow.Token);
                if (flow.Data is { } data)
                {
                    writer.WriteJsonObject("flow_action_data", data);
                }

                WriteActionEnd(writer);
                break;
            case TemplateButtonParameter.Catalog catalog:
                WriteActionStart(writer, "CATALOG"u8, button.Index); // In capitals in Meta's own examples.
                writer.WriteOptional("thumbnail_product_retailer_id"u8, catalog.ThumbnailProductRetailerId);
                WriteActionEnd(writer);
                break;
            case TemplateButtonParameter.Products products:
                WriteActionStart(writer, "mpm"u8, button.Index);
                writer.WriteString("thumbnail_product_retailer_id"u8, products.ThumbnailProductRetailerId);
                InteractiveWriter.WriteSections(writer, products.Sections);
                WriteActionEnd(writer);
                break;
            case TemplateButtonParameter.VoiceCall call:
                WriteCall(writer, call);
                break;
            case TemplateButtonParameter.OrderToPay order:
                WriteActionStart(writer, "order_details"u8, button.Index);
                OrderWriter.Write(writer, "order_details"u8, order.Details);
                WriteActionEnd(writer);
                break;
            default:
                throw new NotSupportedException($"{button.GetType().Name} has no wire form.");
        }
    }

    private static void WriteCall(Utf8JsonWriter writer, TemplateButtonParameter.VoiceCall call)
    {
        WriteButtonStart(writer, "voice_call"u8, call.Index);
        if (call.TtlMinutes is { } minutes)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "ttl_minutes"u8);
            writer.WriteNumber("ttl_minutes"u8, minutes);
            writer.WriteEndObject();
        }

        if (call.Payload is { } payload)
        {
            WriteParameter(writer, "payload"u8, "payload"u8, payload);
        }
    }

    private static void WriteParameter(Utf8JsonWriter writer, ReadOnlySpan<byte> type, ReadOnlySpan<byte> name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static void WriteActionStart(Utf8JsonWriter writer, ReadOnlySpan<byte> kind, int index)
    {
        WriteButtonStart(writer, kind, index);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "action"u8);
        writer.WriteStartObject("action"u8);
    }

    private static void WriteActionEnd(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteButtonStart(Utf8JsonWriter writer, ReadOnlySpan<byte> kind, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "button"u8);
        writer.WriteString("sub_type"u8, kind);
        writer.WriteText("index"u8, index);
        writer.WriteStartArray("parameters"u8);
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
