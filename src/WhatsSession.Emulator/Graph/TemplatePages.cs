using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Graph;

/// <summary>Templates as the API shows them: one, a page of them, two compared.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management, read 10 March 2026.</remarks>
internal static class TemplatePages
{
    private static readonly string[] DefaultFields = ["name", "parameter_format", "components", "language", "status", "category"];
    private static readonly string[] AllFields =
    [
        .. DefaultFields, "id", "rejected_reason", "quality_score", "sub_category", "previous_category", "message_send_ttl_seconds",
    ];

    private static readonly string[] Filters = ["status", "category", "name", "language", "quality_score", "content"];

    public static GraphAnswer One(Template template, string? fields) =>
        Unknown(fields) is { } error ? error : GraphAnswer.Ok((template, fields: FieldsOf(fields)), static (json, s) => Write(json, s.template, s.fields));

    public static GraphAnswer List(IReadOnlyList<Template> all, GraphRequest request)
    {
        if (Unknown(request.Query("fields")) is { } unknown)
        {
            return unknown;
        }

        var found = all.Where(t => Array.TrueForAll(Filters, f => request.Query(f) is not { Length: > 0 } wanted || Matches(t, f, wanted))).ToList();
        var fields = FieldsOf(request.Query("fields"));
        return Paging.Page(found, static t => t.Id, request, (json, t) => Write(json, t, fields), request.Query("summary") is null ? null : WriteSummary);

        void WriteSummary(Utf8JsonWriter json)
        {
            json.WriteStartObject("summary");
            json.WriteNumber("total_count", found.Count);
            json.WriteNumber("message_template_count", all.Count);
            json.WriteNumber("message_template_limit", 250);
            json.WriteEndObject();
        }
    }

    public static void WriteComparison(Utf8JsonWriter json, Template template, Template other)
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("metric", "BLOCK_RATE");
        json.WriteString("type", "RELATIVE");
        json.WriteStartArray("order_by_relative_metric");
        json.WriteStringValue(template.Id);
        json.WriteStringValue(other.Id);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("metric", "MESSAGE_SENDS");
        json.WriteString("type", "NUMBER_VALUES");
        json.WriteStartArray("number_values");
        foreach (var one in (Template[])[template, other])
        {
            json.WriteStartObject();
            json.WriteString("key", one.Id);
            json.WriteNumber("value", Volatile.Read(ref one.Sends.Value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool Matches(Template template, string filter, string wanted) => filter switch
    {
        "status" => string.Equals(template.Status, wanted, StringComparison.OrdinalIgnoreCase),
        "category" => string.Equals(template.Category, wanted, StringComparison.OrdinalIgnoreCase),
        "language" => string.Equals(template.Language, wanted, StringComparison.Ordinal),
        "quality_score" => string.Equals(wanted, "UNKNOWN", StringComparison.OrdinalIgnoreCase),
        "content" => template.Shape.BodyText.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        _ => template.Name.Contains(wanted, StringComparison.Ordinal),
    };

    private static string[] FieldsOf(string? fields) =>
        string.IsNullOrEmpty(fields) ? DefaultFields : fields.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static GraphError? Unknown(string? fields) =>
        Array.Find(FieldsOf(fields), static f => !AllFields.Contains(f, StringComparer.Ordinal)) is { } unknown
            ? GraphError.Invalid($"Tried accessing nonexisting field '{unknown}'.")
            : null;

    private static void Write(Utf8JsonWriter json, Template template, string[] fields)
    {
        json.WriteStartObject();
        foreach (var field in fields)
        {
            switch (field)
            {
                case "name":
                    json.WriteString(field, template.Name);
                    break;
                case "parameter_format":
                    json.WriteString(field, template.Shape.ParameterFormat);
                    break;
                case "components":
                    json.WritePropertyName(field);
                    template.Shape.Components.WriteTo(json);
                    break;
                case "language":
                    json.WriteString(field, template.Language);
                    break;
                case "status":
                    json.WriteString(field, template.Status);
                    break;
                case "category":
                    json.WriteString(field, template.Category);
                    break;
                case "rejected_reason":
                    json.WriteString(field, template.RejectedReason);
                    break;
                case "message_send_ttl_seconds" when template.TtlSeconds is { } ttl:
                    json.WriteNumber(field, ttl);
                    break;
                case "quality_score":
                    json.WriteStartObject(field);
                    json.WriteString("score", "UNKNOWN");
                    json.WriteEndObject();
                    break;
                default:
                    break;
            }
        }

        json.WriteString("id", template.Id);
        json.WriteEndObject();
    }
}
