using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Writes interactive messages.</summary>
internal static class InteractiveWriter
{
    public static void Write(Utf8JsonWriter writer, InteractiveMessage message)
    {
        writer.WriteStartObject("interactive"u8);
        writer.WriteString("type"u8, message.InteractiveKind);
        HeaderWriter.Write(writer, message);
        WriteText(writer, "body"u8, message.Body);
        WriteText(writer, "footer"u8, message.Footer);
        writer.WriteStartObject("action"u8);
        WriteAction(writer, message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Sections of products, in messages and in templates.</summary>
    public static void WriteSections(Utf8JsonWriter writer, IReadOnlyList<ProductSection> sections)
    {
        writer.WriteStartArray("sections"u8);
        for (var i = 0; i < sections.Count; i++)
        {
            var section = sections[i];
            writer.WriteStartObject();
            writer.WriteOptional("title"u8, section.Title);
            writer.WriteStartArray("product_items"u8);
            for (var j = 0; j < section.ProductRetailerIds.Count; j++)
            {
                writer.WriteStartObject();
                writer.WriteString("product_retailer_id"u8, section.ProductRetailerIds[j]);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAction(Utf8JsonWriter writer, InteractiveMessage message)
    {
        switch (message)
        {
            case ReplyButtonsMessage buttons:
                WriteButtons(writer, "reply"u8, buttons.Buttons);
                break;
            case ListMessage list:
                WriteSections(writer, list);
                break;
            case CtaUrlMessage url:
                WriteUrl(writer, url.Button, url.Url);
                break;
            case LocationRequestMessage:
                writer.WriteString("name"u8, "send_location"u8);
                break;
            case AddressMessage address:
                WriteAddress(writer, address);
                break;
            case FlowMessage flow:
                WriteFlow(writer, flow);
                break;
            case ProductMessage product:
                WriteProduct(writer, product.CatalogId, product.ProductRetailerId);
                break;
            case ProductListMessage products:
                writer.WriteString("catalog_id"u8, products.CatalogId);
                WriteSections(writer, products.Sections);
                break;
            case CatalogMessage catalog:
                writer.WriteString("name"u8, "catalog_message"u8);
                if (catalog.ThumbnailProductRetailerId is { } thumbnail)
                {
                    writer.WriteStartObject("parameters"u8);
                    writer.WriteString("thumbnail_product_retailer_id"u8, thumbnail);
                    writer.WriteEndObject();
                }

                break;
            case MediaCarouselMessage carousel:
                WriteCards(writer, carousel);
                break;
            case ProductCarouselMessage carousel:
                WriteCards(writer, carousel);
                break;
            case CallPermissionRequestMessage:
                writer.WriteString("name"u8, "call_permission_request"u8);
                break;
            case VoiceCallMessage call:
                writer.WriteString("name"u8, "voice_call"u8);
                writer.WriteStartObject("parameters"u8);
                writer.WriteString("display_text"u8, call.Button);
                writer.WriteOptional("ttl_minutes"u8, call.TtlMinutes);
                writer.WriteOptional("payload"u8, call.Payload);
                writer.WriteEndObject();
                break;
            case ContactInfoRequestMessage:
                writer.WriteString("name"u8, "request_contact_info"u8);
                break;
            case OrderDetailsMessage order:
                writer.WriteString("name"u8, "review_and_pay"u8);
                OrderWriter.Write(writer, "parameters"u8, order.Details);
                break;
            case OrderStatusMessage status:
                writer.WriteString("name"u8, "review_order"u8);
                OrderWriter.Write(writer, "parameters"u8, status.Update);
                break;
            default:
                throw new NotSupportedException($"{message.GetType().Name} has no wire form.");
        }
    }

    private static void WriteButtons(Utf8JsonWriter writer, ReadOnlySpan<byte> kind, IReadOnlyList<ReplyButton> buttons)
    {
        writer.WriteStartArray("buttons"u8);
        for (var i = 0; i < buttons.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, kind);
            writer.WriteStartObject(kind);
            writer.WriteString("id"u8, buttons[i].Id);
            writer.WriteString("title"u8, buttons[i].Title);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSections(Utf8JsonWriter writer, ListMessage message)
    {
        writer.WriteString("button"u8, message.Button);
        writer.WriteStartArray("sections"u8);
        for (var i = 0; i < message.Sections.Count; i++)
        {
            var section = message.Sections[i];
            writer.WriteStartObject();
            writer.WriteOptional("title"u8, section.Title);
            writer.WriteStartArray("rows"u8);
            for (var j = 0; j < section.Rows.Count; j++)
            {
                var row = section.Rows[j];
                writer.WriteStartObject();
                writer.WriteString("id"u8, row.Id);
                writer.WriteString("title"u8, row.Title);
                writer.WriteOptional("description"u8, row.Description);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteUrl(Utf8JsonWriter writer, string button, Uri url)
    {
        writer.WriteString("name"u8, "cta_url"u8);
        writer.WriteStartObject("parameters"u8);
        writer.WriteString("display_text"u8, button);
        writer.WriteString("url"u8, url?.OriginalString);
        writer.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter writer, AddressMessage message)
    {
        writer.WriteString("name"u8, "address_message"u8);
        writer.WriteStartObject("parameters"u8);
        writer.WriteString("country"u8, message.Country);
        WriteFields(writer, "values"u8, message.Values);
        if (message.SavedAddresses.Count > 0)
        {
            writer.WriteStartArray("saved_addresses"u8);
            foreach (var address in message.SavedAddresses)
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, address.Id);
                WriteFields(writer, "value"u8, address.Values);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        WriteFields(writer, "validation_errors"u8, message.ValidationErrors);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (field, value) in fields)
        {
            writer.WriteString(field, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteFlow(Utf8JsonWriter writer, FlowMessage message)
    {
        writer.WriteString("name"u8, "flow"u8);
        writer.WriteStartObject("parameters"u8);
        writer.WriteString("flow_message_version"u8, "3"u8);
        writer.WriteOptional("flow_id"u8, message.FlowId);
        writer.WriteOptional("flow_name"u8, message.FlowName);
        writer.WriteOptional("mode"u8, message.IsDraft ? "draft" : null);
        writer.WriteString("flow_cta"u8, message.Button);
        writer.WriteOptional("flow_token"u8, message.Token);
        switch (message.Action)
        {
            case FlowAction.Navigate navigate:
                writer.WriteString("flow_action"u8, "navigate"u8);
                writer.WriteStartObject("flow_action_payload"u8);
                writer.WriteString("screen"u8, navigate.Screen);
                if (navigate.Data is { } data)
                {
                    writer.WriteJsonObject("data", data);
                }

                writer.WriteEndObject();
                break;
            case FlowAction.DataExchange:
                writer.WriteString("flow_action"u8, "data_exchange"u8);
                break;
            default:
                throw new NotSupportedException($"{message.Action.GetType().Name} has no wire form.");
        }

        writer.WriteEndObject();
    }

    private static void WriteProduct(Utf8JsonWriter writer, string catalogId, string productRetailerId)
    {
        writer.WriteString("catalog_id"u8, catalogId);
        writer.WriteString("product_retailer_id"u8, productRetailerId);
    }

    private static void WriteCards(Utf8JsonWriter writer, MediaCarouselMessage message)
    {
        writer.WriteStartArray("cards"u8);
        for (var i = 0; i < message.Cards.Count; i++)
        {
            var card = message.Cards[i];
            writer.WriteStartObject();
            writer.WriteNumber("card_index"u8, i);
            writer.WriteString("type"u8, "cta_url"u8); // Meta's word for a card with a medium, whatever its buttons.
            HeaderWriter.Write(writer, card.Header);
            WriteText(writer, "body"u8, card.Body);
            writer.WriteStartObject("action"u8);
            switch (card.Action)
            {
                case CardAction.OpenUrl url:
                    WriteUrl(writer, url.Button, url.Url);
                    break;
                case CardAction.QuickReplies replies:
                    WriteButtons(writer, "quick_reply"u8, replies.Buttons);
                    break;
                default:
                    throw new NotSupportedException($"{card.Action.GetType().Name} has no wire form.");
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCards(Utf8JsonWriter writer, ProductCarouselMessage message)
    {
        writer.WriteStartArray("cards"u8);
        for (var i = 0; i < message.ProductRetailerIds.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("card_index"u8, i);
            writer.WriteString("type"u8, "product"u8);
            writer.WriteStartObject("action"u8);
            WriteProduct(writer, message.CatalogId, message.ProductRetailerIds[i]);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteStartObject(name);
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
        }
    }
}
