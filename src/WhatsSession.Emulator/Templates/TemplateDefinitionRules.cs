using System.Text.Json;
using System.Text.RegularExpressions;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Templates;

/// <summary>What Meta checks in the components of a template before it is reviewed.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components, read 10 March 2026.</remarks>
internal static partial class TemplateDefinitionRules
{
    private const int LongestHeader = 60;
    private const int LongestBody = 1024;
    private const int LongestFooter = 60;
    private const int MostButtons = 10;
    private const int LongestLabel = 25;
    private const int LongestUrl = 2000;
    private const int LongestPhone = 20;

    private const int LongestName = 512;
    private const int LongestCardBody = 160;

    public static bool IsName(string name) => name.Length <= LongestName && Name().IsMatch(name);

    /// <summary>Of the form of Meta's codes: <c>en</c>, <c>en_US</c>, <c>fil</c>.</summary>
    public static bool IsLanguage(string language) => Language().IsMatch(language);

    public static void Check(JsonElement components, string category, FieldReader fields) => Check(components, category, fields, isCard: false);

    private static void Check(JsonElement components, string category, FieldReader fields, bool isCard)
    {
        if (components.ValueKind != JsonValueKind.Array)
        {
            fields.Refuse(GraphError.Invalid("Param 'components' must be an array."));
            return;
        }

        var hasBody = false;
        foreach (var component in components.EnumerateArray())
        {
            if (component.ValueKind != JsonValueKind.Object)
            {
                fields.Refuse(GraphError.Invalid("The items of 'components' must be objects."));
                return;
            }

            var type = fields.Text(component, "type", FieldReader.AnyLength).ToUpperInvariant();
            hasBody |= type is "BODY";
            CheckComponent(component, type, category, fields, isCard);
        }

        fields.Require(hasBody || isCard, GraphError.TemplateManagement(2388072, "Message body is missing", "A template needs a component of type BODY."));
    }

    private static void CheckComponent(JsonElement component, string type, string category, FieldReader fields, bool isCard)
    {
        switch (type)
        {
            case not ("HEADER" or "BODY" or "BUTTONS") when isCard:
                fields.Refuse(GraphError.Invalid($"A card has a header, a body and buttons; '{type}' is none of them."));
                break;
            case "HEADER":
                CheckHeader(component, fields);
                break;
            case "BODY" when category is "AUTHENTICATION":
                fields.Absent(component, "text", "the body of an authentication template, which Meta writes");
                break;
            case "BODY":
                CheckBody(fields.Text(component, "text", FieldReader.AnyLength), isCard ? LongestCardBody : LongestBody, fields);
                break;
            case "FOOTER" when category is "AUTHENTICATION":
                fields.OptionalInteger(component, "code_expiration_minutes", 1, 90, 1);
                break;
            case "FOOTER":
                var footer = fields.Text(component, "text", FieldReader.AnyLength);
                CheckLength("The footer", footer, LongestFooter, fields);
                fields.Require(
                    TemplateShape.VariablesOf(footer).Count == 0,
                    GraphError.TemplateManagement(2388073, "Footer format is incorrect", "A footer has no variables."));
                break;
            case "BUTTONS":
                CheckButtons(fields.Objects(component, "buttons", 1, MostButtons), fields);
                break;
            case "CAROUSEL":
                foreach (var card in fields.Objects(component, "cards", 2, 10))
                {
                    fields.Objects(card, "components", 1, MostButtons);
                    if (fields.Error is null)
                    {
                        Check(card.GetProperty("components"), category, fields, isCard: true);
                    }
                }

                break;
            case "LIMITED_TIME_OFFER" or "CALL_PERMISSION_REQUEST" or "ORDER_STATUS" or "TAP_TARGET_CONFIGURATION":
                break;
            default:
                fields.Refuse(GraphError.Invalid(
                    $"Param 'components[].type' must be one of HEADER, BODY, FOOTER, BUTTONS, CAROUSEL, LIMITED_TIME_OFFER; '{type}' is not."));
                break;
        }
    }

    private static void CheckHeader(JsonElement header, FieldReader fields)
    {
        var format = fields.Text(header, "format", FieldReader.AnyLength).ToUpperInvariant();
        fields.Require(
            format is "TEXT" or "IMAGE" or "VIDEO" or "DOCUMENT" or "LOCATION" or "PRODUCT" or "GIF",
            GraphError.Invalid($"Param 'format' is '{format}': no such header exists."));
        if (format is not "TEXT")
        {
            return;
        }

        var text = fields.Text(header, "text", FieldReader.AnyLength);
        CheckLength("The header", text, LongestHeader, fields);
        fields.Require(
            TemplateShape.VariablesOf(text).Count <= 1,
            GraphError.TemplateManagement(2388047, "Message header format is incorrect", "A header has at most one variable."));
    }

    private static void CheckBody(string text, int most, FieldReader fields)
    {
        CheckLength("The body", text, most, fields);
        fields.Require(
            !EdgeVariable().IsMatch(text),
            GraphError.TemplateManagement(2388299, "Variables cannot be at the start or end", "Put text before the first variable and after the last one."));
        fields.Require(
            !AdjacentVariables().IsMatch(text),
            GraphError.TemplateManagement(2388072, "Message body format is incorrect", "Put text between two variables."));
    }

    private static void CheckButtons(List<JsonElement> buttons, FieldReader fields)
    {
        var types = buttons.ConvertAll(b => fields.Text(b, "type", FieldReader.AnyLength).ToUpperInvariant());
        Most("URL", 2);
        Most("PHONE_NUMBER", 1);
        Most("COPY_CODE", 1);
        Most("OTP", 1);
        var quickReplies = types.Select(static t => t is "QUICK_REPLY").ToList();
        fields.Require(
            !quickReplies.Contains(true) || quickReplies.LastIndexOf(true) - quickReplies.IndexOf(true) + 1 == quickReplies.Count(static q => q),
            GraphError.Invalid("Quick replies and other buttons must not be mixed: group them."));
        foreach (var (button, type) in buttons.Zip(types))
        {
            CheckButton(button, type, fields);
        }

        void Most(string type, int most) => fields.Require(
            types.Count(t => t == type) <= most,
            GraphError.Invalid($"At most {most} buttons of type {type} are allowed."));
    }

    private static void CheckButton(JsonElement button, string type, FieldReader fields)
    {
        fields.OptionalText(button, "text", LongestLabel);
        switch (type)
        {
            case "QUICK_REPLY":
                fields.Text(button, "text", LongestLabel);
                break;
            case "URL":
                fields.Text(button, "text", LongestLabel);
                var url = fields.Text(button, "url", LongestUrl);
                var variables = TemplateShape.VariablesOf(url);
                fields.Require(
                    variables.Count == 0 || (variables.Count == 1 && url.EndsWith("}}", StringComparison.Ordinal)),
                    GraphError.Invalid("A URL has one variable at most, at its end."));
                break;
            case "PHONE_NUMBER":
                fields.Text(button, "text", LongestLabel);
                fields.Text(button, "phone_number", LongestPhone);
                break;
            case "OTP":
                fields.Require(
                    fields.Text(button, "otp_type", FieldReader.AnyLength).ToUpperInvariant() is "COPY_CODE" or "ONE_TAP" or "ZERO_TAP",
                    GraphError.Invalid("Param 'otp_type' must be COPY_CODE, ONE_TAP or ZERO_TAP."));
                break;
            case "COPY_CODE" or "FLOW" or "CATALOG" or "MPM" or "SPM" or "VOICE_CALL" or "APP" or "ORDER_DETAILS" or "REQUEST_CONTACT_INFO":
                break;
            default:
                fields.Refuse(GraphError.Invalid($"A button of type '{type}' does not exist."));
                break;
        }
    }

    private static void CheckLength(string what, string text, int most, FieldReader fields) =>
        fields.Require(
            FieldReader.Length(text) <= most,
            GraphError.TemplateManagement(2388040, "Too many characters", $"{what} has {FieldReader.Length(text)} characters; at most {most} are allowed."));

    [GeneratedRegex(@"^[a-z0-9_]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z]{2,3}(_[A-Z0-9]{2,5})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language();

    [GeneratedRegex(@"^\s*\{\{|\}\}\s*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EdgeVariable();

    [GeneratedRegex(@"\}\}\s*\{\{", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AdjacentVariables();
}
