using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>What Meta checks in a template message.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview, read 10 March 2026.</remarks>
internal static class TemplateRules
{
    private const int LongestName = 512;
    private const int MostComponents = 100;

    /// <returns>The template, null when it is unknown, and what the customer reads: its name, with the body parameters if it has any.</returns>
    public static (EmulatedTemplate? Template, string Text) Check(JsonElement root, IReadOnlyList<EmulatedTemplate> known, FieldReader fields)
    {
        var content = fields.Object(root, "template");
        var name = fields.Text(content, "name", LongestName);
        var language = fields.Text(fields.Object(content, "language"), "code", FieldReader.AnyLength);
        var template = known.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal) && string.Equals(t.Language, language, StringComparison.Ordinal));
        if (template is null)
        {
            fields.Refuse(GraphError.TemplateMissing(name, language));
            return (null, "");
        }

        var parameters = ReadBody(content, fields);
        fields.Require(parameters.Count == template.BodyParameters, GraphError.TemplateParameters(parameters.Count, template.BodyParameters));
        return (template, parameters.Count == 0 ? name : $"{name}({string.Join(", ", parameters)})");
    }

    private static List<string> ReadBody(JsonElement content, FieldReader fields)
    {
        var texts = new List<string>();
        if (!FieldReader.Has(content, "components"))
        {
            return texts;
        }

        foreach (var component in fields.Objects(content, "components", 0, MostComponents))
        {
            var type = fields.Text(component, "type", FieldReader.AnyLength);
            if (string.Equals(type, "body", StringComparison.OrdinalIgnoreCase) && FieldReader.Has(component, "parameters"))
            {
                texts.AddRange(fields.Objects(component, "parameters", 0, FieldReader.AnyLength).Select(p => ReadParameter(p, fields)));
            }
        }

        return texts;
    }

    private static string ReadParameter(JsonElement parameter, FieldReader fields)
    {
        var type = fields.Text(parameter, "type", FieldReader.AnyLength);
        fields.Require(type is "text" or "currency" or "date_time", GraphError.BadValue($"A body parameter of type '{type}' is not allowed."));
        var text = type is "text"
            ? fields.Text(parameter, "text", FieldReader.AnyLength)
            : fields.Text(fields.Object(parameter, type), "fallback_value", FieldReader.AnyLength);
        fields.Require(
            text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0 && !text.Contains("     ", StringComparison.Ordinal),
            GraphError.TemplateText("A parameter takes no new lines, no tabs and no more than four spaces in a row."));
        return text;
    }
}
