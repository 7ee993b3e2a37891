using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Writes the values of the buttons of a template or a card, each a component of its own.</summary>
internal static class TemplateButtonWriter
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<TemplateButtonParameter> buttons)
    {
        for (var i = 0; i < buttons.Count; i++)
        {
            Write(writer, buttons[i]);
        }
    }

    public static void WriteUrl(Utf8JsonWriter writer, int index, string suffix)
    {
        WriteButtonStart(writer, "url"u8, index);
        WriteParameter(writer, "text"u8, "text"u8, suffix);
        WriteButtonEnd(writer);
    }

    /// <exception cref="ArgumentException">One has JSON in it that is not an object.</exception>
    public static void ThrowIfInvalid(IReadOnlyList<TemplateButtonParameter> buttons)
    {
        for (var i = 0; i < buttons.Count; i++)
        {
            switch (buttons[i])
            {
                case TemplateButtonParameter.Flow { Data: { } data }:
                    JsonFields.ThrowIfNoObject(data, "flow_action_data");
                    break;
                case TemplateButtonParameter.OrderToPay order:
                    MessageChecks.ThrowIfInvalid(order.Details);
                    break;
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, TemplateButtonParameter button)
    {
        switch (button)
        {
            case TemplateButtonParameter.Url url:
                WriteUrl(writer, button.Index, url.Suffix);
                break;
            case TemplateButtonParameter.QuickReply reply:
                WriteButtonStart(writer, "quick_reply"u8, button.Index);
                WriteParameter(writer, "payload"u8, "payload"u8, reply.Payload);
                WriteButtonEnd(writer);
                break;
            case TemplateButtonParameter.CopyCode coupon:
                WriteButtonStart(writer, "copy_code"u8, button.Index);
                WriteParameter(writer, "coupon_code"u8, "coupon_code"u8, coupon.Code);
                WriteButtonEnd(writer);
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

        WriteButtonEnd(writer);
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
        WriteButtonEnd(writer);
    }

    private static void WriteButtonStart(Utf8JsonWriter writer, ReadOnlySpan<byte> kind, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "button"u8);
        writer.WriteString("sub_type"u8, kind);
        writer.WriteText("index"u8, index);
        writer.WriteStartArray("parameters"u8);
    }

    private static void WriteButtonEnd(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
