using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>What Meta checks in a template message: that the template may be sent, and that the parameters are those it asks for.</summary>
/// <remarks>
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview and …/templates/components, read 10 March 2026.
/// </remarks>
internal sealed class TemplateRules(MediaRules media, FieldReader fields)
{
    private const int LongestName = 512;
    private const int LongestBody = 1024;
    private const int LongestHeader = 60;
    private const int MostComponents = 100;

    /// <param name="root">The request.</param>
    /// <param name="templates">Where to look for the template.</param>
    /// <param name="accountId">Whose it must be.</param>
    /// <returns>The template, null when it is unknown, and what the customer reads.</returns>
    public (Template? Template, string Text) Check(JsonElement root, TemplateStore templates, string accountId)
    {
        var content = fields.Object(root, "template");
        fields.IsInsideContent = true;
        var name = fields.Text(content, "name", LongestName);
        var language = fields.Object(content, "language");
        var code = fields.Text(language, "code", FieldReader.AnyLength);
        fields.Require(
            fields.OptionalText(language, "policy", FieldReader.AnyLength) is null or "deterministic",
            GraphError.BadValue("'language.policy' must be 'deterministic'."));
        var template = fields.Error is null ? templates.Find(accountId, name, code) : null;
        fields.Require(template is not null, GraphError.TemplateMissing(name, code));
        if (template is null || fields.Error is not null)
        {
            return (null, "");
        }

        CheckStatus(template, name, code);
        var components = FieldReader.Has(content, "components") ? fields.Objects(content, "components", 0, MostComponents) : [];
        var text = CheckComponents(template.Shape, components, LongestBody);
        return (template, text);
    }

    private void CheckStatus(Template template, string name, string language) => fields.Require(
        template.Status is "APPROVED",
        template.Status switch
        {
            "PAUSED" => GraphError.TemplatePaused,
            "DISABLED" => GraphError.TemplateDisabled,
            _ => GraphError.TemplateMissing(name, language),
        });

    /// <returns>The body, filled in.</returns>
    private string CheckComponents(TemplateShape shape, List<JsonElement> components, int longestBody)
    {
        var byType = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        var buttons = new List<JsonElement>();
        foreach (var component in components)
        {
            var type = fields.Text(component, "type", FieldReader.AnyLength);
            if (string.Equals(type, "button", StringComparison.OrdinalIgnoreCase))
            {
                buttons.Add(component);
            }
            else
            {
                fields.Require(Known(type), GraphError.BadValue($"A component of type '{type}' is not known."));
                fields.Require(byType.TryAdd(type, component), GraphError.BadValue($"There are two components of type '{type}'."));
            }
        }

        var values = CheckTexts("body", byType.GetValueOrDefault("body"), shape.BodyVariables, shape.IsNamed);
        CheckHeader(shape, byType.GetValueOrDefault("header"));
        new TemplateButtonRules(fields).Check(shape, buttons);
        CheckOffer(shape, byType.GetValueOrDefault("limited_time_offer"));
        CheckCards(shape, byType.GetValueOrDefault("carousel"));
        var text = TemplateShape.Fill(shape.BodyText, v => values.GetValueOrDefault(v, ""));
        fields.Require(FieldReader.Length(text) <= longestBody, GraphError.TemplateTooLong);
        fields.Require(
            !shape.HasOneTimePassword || values.Values.All(static v => v.Length <= 15),
            GraphError.TemplateText("A one-time password has at most 15 characters."));
        return text;
    }

    private static bool Known(string type) =>
        type.ToLowerInvariant() is "header" or "body" or "footer" or "limited_time_offer" or "carousel" or "order_status"
            or "tap_target_configuration" or "call_permission_request";

    private void CheckHeader(TemplateShape shape, JsonElement header)
    {
        if (shape.HeaderFormat is null or "TEXT")
        {
            var values = CheckTexts("header", header, shape.HeaderVariables, shape.IsNamed);
            fields.Require(
                shape.HeaderText is null || FieldReader.Length(TemplateShape.Fill(shape.HeaderText, v => values.GetValueOrDefault(v, ""))) <= LongestHeader,
                GraphError.TemplateTooLong);
            return;
        }

        var wanted = shape.HeaderFormat.ToLowerInvariant();
        var parameters = ParametersOf(header);
        var given = parameters.Count == 1 ? fields.Text(parameters[0], "type", FieldReader.AnyLength) : $"{parameters.Count} parameters";
        fields.Require(
            string.Equals(given, wanted, StringComparison.OrdinalIgnoreCase),
            GraphError.TemplateFormat($"header: Format mismatch, expected {shape.HeaderFormat}, received {given.ToUpperInvariant()}."));
        if (fields.Error is not null)
        {
            return;
        }

        var content = fields.Object(parameters[0], wanted);
        if (wanted is "image" or "video" or "document" or "gif")
        {
            // An animation is an MP4 file.
            media.Check(content, wanted is "gif" ? "video" : wanted, fields);
        }
        else if (wanted is "location")
        {
            ContentRules.CheckLocation(content, fields);
            fields.Text(content, "name", FieldReader.AnyLength);
            fields.Text(content, "address", FieldReader.AnyLength);
        }
        else if (wanted is "product")
        {
            fields.Text(content, "product_retailer_id", FieldReader.AnyLength);
            fields.Text(content, "catalog_id", FieldReader.AnyLength);
        }
    }

    /// <returns>The values by the names of their variables; positional ones are named by their place.</returns>
    private Dictionary<string, string> CheckTexts(string where, JsonElement component, IReadOnlyList<string> variables, bool named)
    {
        var parameters = ParametersOf(component);
        fields.Require(parameters.Count == variables.Count, GraphError.TemplateParameters(where, parameters.Count, variables.Count));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parameters.Count && fields.Error is null; i++)
        {
            var name = named ? fields.OptionalText(parameters[i], "parameter_name", FieldReader.AnyLength) : variables[i];
            var value = ReadText(parameters[i], where);
            fields.Require(
                name is not null && variables.Contains(name, StringComparer.Ordinal) && values.TryAdd(name, value),
                GraphError.TemplateFormat(
                    $"{where}: every parameter needs a 'parameter_name' of the template, each once; it has {string.Join(", ", variables)}."));
        }

        return values;
    }

    private string ReadText(JsonElement parameter, string where)
    {
        var type = fields.Text(parameter, "type", FieldReader.AnyLength);
        fields.Require(
            type is "text" or "currency" or "date_time",
            GraphError.TemplateFormat($"{where}: Format mismatch, expected TEXT, received {type.ToUpperInvariant()}."));
        if (fields.Error is not null)
        {
            return "";
        }

        var text = type is "text"
            ? fields.Text(parameter, "text", FieldReader.AnyLength)
            : fields.Text(fields.Object(parameter, type), "fallback_value", FieldReader.AnyLength);
        fields.Require(
            text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0 && !text.Contains("     ", StringComparison.Ordinal),
            GraphError.TemplateText("A parameter takes no new lines, no tabs and no more than four spaces in a row."));
        return text;
    }

    private void CheckOffer(TemplateShape shape, JsonElement component)
    {
        var parameters = ParametersOf(component);
        fields.Require(
            parameters.Count == (shape.HasLimitedTimeOffer ? 1 : 0),
            GraphError.TemplateParameters("limited_time_offer", parameters.Count, shape.HasLimitedTimeOffer ? 1 : 0));
        if (fields.Error is null && shape.HasLimitedTimeOffer)
        {
            var offer = fields.Object(parameters[0], "limited_time_offer");
            fields.Require(offer, "expiration_time_ms");
            fields.Require(
                fields.Error is not null || offer.GetProperty("expiration_time_ms").ValueKind == JsonValueKind.Number,
                GraphError.BadValue("'expiration_time_ms' must be a number of milliseconds."));
        }
    }

    private void CheckCards(TemplateShape shape, JsonElement carousel)
    {
        if (shape.Cards.Count == 0)
        {
            fields.Require(carousel.ValueKind == JsonValueKind.Undefined, GraphError.TemplateFormat("carousel: the template has no cards."));
            return;
        }

        var cards = carousel.ValueKind == JsonValueKind.Object ? fields.Objects(carousel, "cards", 0, 10) : [];
        var isProduct = shape.Cards[0].HeaderFormat is "PRODUCT";
        fields.Require(
            isProduct ? cards.Count >= 2 : cards.Count == shape.Cards.Count,
            GraphError.TemplateParameters("carousel cards", cards.Count, shape.Cards.Count));
        for (var i = 0; i < cards.Count && fields.Error is null; i++)
        {
            fields.Require(cards[i], "card_index");
            fields.Require(fields.OptionalInteger(cards[i], "card_index", 0, 9, i) == i, GraphError.BadValue("'card_index' must count from 0."));
            CheckComponents(shape.Cards[Math.Min(i, shape.Cards.Count - 1)], fields.Objects(cards[i], "components", 0, MostComponents), longestBody: 160);
        }
    }

    private List<JsonElement> ParametersOf(JsonElement component) =>
        FieldReader.Has(component, "parameters") ? fields.Objects(component, "parameters", 0, FieldReader.AnyLength) : [];
}
