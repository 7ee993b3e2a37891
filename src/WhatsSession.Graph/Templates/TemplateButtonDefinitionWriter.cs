using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Templates;

/// <summary>Writes the buttons of templates.</summary>
internal static class TemplateButtonDefinitionWriter
{
    public static void Write(Utf8JsonWriter writer, TemplateButtonDefinition button)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, button.Kind);
        writer.WriteOptional("text"u8, button.Text);
        switch (button)
        {
            case TemplateButtonDefinition.Url url:
                writer.WriteString("url"u8, url.Address);
                if (url.Example is { } example)
                {
                    writer.WriteStartArray("example"u8);
                    writer.WriteStringValue(example);
                    writer.WriteEndArray();
                }

                break;
            case TemplateButtonDefinition.PhoneNumber phone:
                writer.WriteString("phone_number"u8, phone.Number);
                break;
            case TemplateButtonDefinition.CopyCode code:
                writer.WriteString("example"u8, code.Example);
                break;
            case TemplateButtonDefinition.OneTimeCode code:
                WriteCode(writer, code);
                break;
            case TemplateButtonDefinition.Flow flow:
                writer.WriteOptional("flow_id"u8, flow.FlowId);
                writer.WriteOptional("flow_name"u8, flow.FlowName);
                writer.WriteOptional("flow_json"u8, flow.FlowJson);
                writer.WriteOptional("flow_action"u8, flow.Action);
                writer.WriteOptional("navigate_screen"u8, flow.Screen);
                break;
        }

        OtherFields.Write(writer, button.OtherFields);
        writer.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter writer, TemplateButtonDefinition.OneTimeCode button)
    {
        writer.WriteString("otp_type"u8, button.Delivery.Name);
        writer.WriteOptional("autofill_text"u8, button.AutofillText);
        writer.WriteOptional("zero_tap_terms_accepted"u8, button.AcceptsZeroTapTerms);
        if (button.Apps.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("supported_apps"u8);
        foreach (var app in button.Apps)
        {
            writer.WriteStartObject();
            writer.WriteString("package_name"u8, app.PackageName);
            writer.WriteString("signature_hash"u8, app.SignatureHash);
            OtherFields.Write(writer, app.OtherFields);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
