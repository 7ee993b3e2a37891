using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Templates;

/// <summary>Writes the requests that create and change templates.</summary>
internal static class TemplateRequestWriter
{
    public static void Write(Utf8JsonWriter writer, TemplateDraft draft)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, draft.Name);
        writer.WriteString("language"u8, draft.Language);
        writer.WriteString("category"u8, draft.Category.Name);
        writer.WriteOptional("parameter_format"u8, draft.ParameterFormat?.Name.ToLowerInvariant());
        writer.WriteOptional("message_send_ttl_seconds"u8, draft.MessageSendTtlSeconds);
        writer.WriteOptional("cta_url_link_tracking_opted_out"u8, draft.OptsOutOfLinkTracking);
        writer.WriteOptional("library_template_name"u8, draft.LibraryTemplateName);
        if (draft.Components.Count > 0)
        {
            TemplateComponentWriter.Write(writer, draft.Components);
        }

        OtherFields.Write(writer, draft.OtherFields);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, TemplateEdit edit)
    {
        writer.WriteStartObject();
        writer.WriteOptional("category"u8, edit.Category?.Name);
        writer.WriteOptional("message_send_ttl_seconds"u8, edit.MessageSendTtlSeconds);
        if (edit.Components is { } components)
        {
            TemplateComponentWriter.Write(writer, components);
        }

        writer.WriteEndObject();
    }
}
