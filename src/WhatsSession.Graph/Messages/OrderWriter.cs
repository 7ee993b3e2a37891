using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Writes orders and their states, in messages and in templates.</summary>
internal static class OrderWriter
{
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, OrderDetails details)
    {
        writer.WriteStartObject(name);
        writer.WriteString("reference_id"u8, details.ReferenceId);
        writer.WriteString("type"u8, details.IsPhysical ? "physical-goods"u8 : "digital-goods"u8);
        writer.WriteString("payment_type"u8, details.PaymentType);
        writer.WriteOptional("payment_configuration"u8, details.PaymentConfiguration);
        if (details.PaymentSettings.Count > 0)
        {
            writer.WriteStartArray("payment_settings"u8);
            for (var i = 0; i < details.PaymentSettings.Count; i++)
            {
                Write(writer, details.PaymentSettings[i]);
            }

            writer.WriteEndArray();
        }

        writer.WriteString("currency"u8, details.Currency);
        Write(writer, "total_amount"u8, details.Total);
        writer.WriteStartObject("order"u8);
        writer.WriteString("status"u8, details.Status.Name);
        writer.WriteStartArray("items"u8);
        for (var i = 0; i < details.Items.Count; i++)
        {
            Write(writer, details.Items[i]);
        }

        writer.WriteEndArray();
        Write(writer, "subtotal"u8, details.Subtotal);
        Write(writer, "tax"u8, details.Tax.Amount, details.Tax.Description);
        if (details.Shipping is { } shipping)
        {
            Write(writer, "shipping"u8, shipping.Amount, shipping.Description);
        }

        if (details.Discount is { } discount)
        {
            Write(writer, "discount"u8, discount.Amount, discount.Description);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, OrderUpdate update)
    {
        writer.WriteStartObject(name);
        writer.WriteString("reference_id"u8, update.ReferenceId);
        writer.WriteStartObject("order"u8);
        writer.WriteString("status"u8, update.Status.Name);
        writer.WriteOptional("description"u8, update.Description);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, OrderLine line)
    {
        writer.WriteStartObject();
        writer.WriteString("retailer_id"u8, line.RetailerId);
        writer.WriteString("name"u8, line.Name);
        Write(writer, "amount"u8, line.Amount);
        if (line.SaleAmount is { } sale)
        {
            Write(writer, "sale_amount"u8, sale);
        }

        writer.WriteNumber("quantity"u8, line.Quantity);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, OrderAmount amount, string? description = null)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("value"u8, amount.Hundredths);
        writer.WriteNumber("offset"u8, 100);
        writer.WriteOptional("description"u8, description);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PaymentSetting setting)
    {
        writer.WriteStartObject();
        switch (setting)
        {
            case PaymentSetting.PaymentLink link:
                writer.WriteString("type"u8, "payment_link"u8);
                writer.WriteStartObject("payment_link"u8);
                writer.WriteString("uri"u8, link.Url?.OriginalString);
                writer.WriteEndObject();
                break;
            case PaymentSetting.Raw raw:
                writer.WriteString("type"u8, raw.Type);
                writer.WriteJsonObject(raw.Type, raw.Json);
                break;
            default:
                throw new NotSupportedException($"{setting.GetType().Name} has no wire form.");
        }

        writer.WriteEndObject();
    }
}
