using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>What Meta checks in the button components of a template message.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components, read 10 March 2026.</remarks>
internal sealed class TemplateButtonRules(FieldReader fields)
{
    private const int LongestPayload = 128;
    private const int LongestCoupon = 20;

    public void Check(TemplateShape shape, List<JsonElement> components)
    {
        var given = new HashSet<int>();
        foreach (var component in components)
        {
            var kind = fields.Text(component, "sub_type", FieldReader.AnyLength).ToLowerInvariant();
            var index = fields.OptionalInteger(component, "index", 0, 9, -1);
            fields.Require(index >= 0, GraphError.Missing("index"));
            if (fields.Error is not null)
            {
                return;
            }

            fields.Require(
                index < shape.Buttons.Count && Matches(shape.Buttons[index].Type, kind),
                GraphError.TemplateFormat($"buttons: the template has no button of type '{kind}' at index {index}."));
            fields.Require(given.Add(index), GraphError.BadValue($"Button {index} is given twice."));
            CheckParameter(component, kind);
        }

        for (var i = 0; i < shape.Buttons.Count; i++)
        {
            var button = shape.Buttons[i];
            var needed = button.Dynamic || button.Type is "COPY_CODE" or "OTP" or "MPM";
            fields.Require(!needed || given.Contains(i), GraphError.Missing($"buttons: Button at index {i} of type {button.Type} requires a parameter"));
            fields.Require(
                button.Type is not "URL" || button.Dynamic || !given.Contains(i),
                GraphError.TemplateFormat($"buttons: the URL of button {i} has no variable."));
        }
    }

    private static bool Matches(string type, string kind) => kind switch
    {
        "url" => type is "URL" or "OTP",
        _ => string.Equals(type, kind, StringComparison.OrdinalIgnoreCase),
    };

    private void CheckParameter(JsonElement component, string kind)
    {
        if (!FieldReader.Has(component, "parameters"))
        {
            fields.Require(kind is not ("url" or "copy_code" or "mpm" or "quick_reply"), GraphError.Missing("parameters"));
            return;
        }

        var parameters = fields.Objects(component, "parameters", 1, 2);
        if (parameters.Count == 0)
        {
            return;
        }

        var parameter = parameters[0];
        switch (kind)
        {
            case "url":
                Expect(parameter, "text");
                fields.Text(parameter, "text", FieldReader.AnyLength);
                break;
            case "quick_reply":
                Expect(parameter, "payload");
                fields.Text(parameter, "payload", LongestPayload);
                break;
            case "copy_code":
                Expect(parameter, "coupon_code");
                fields.Text(parameter, "coupon_code", LongestCoupon);
                break;
            case "flow" or "catalog":
                Expect(parameter, "action");
                break;
            case "mpm":
                Expect(parameter, "action");
                CheckProducts(fields.Object(parameter, "action"));
                break;
            default:
                break;
        }
    }

    private void CheckProducts(JsonElement action)
    {
        fields.Text(action, "thumbnail_product_retailer_id", FieldReader.AnyLength);
        new InteractiveActions(fields).CheckProducts(action, section => fields.Objects(section, "product_items", 1, 30).Count);
    }

    private void Expect(JsonElement parameter, string type)
    {
        var given = fields.Text(parameter, "type", FieldReader.AnyLength);
        fields.Require(
            string.Equals(given, type, StringComparison.Ordinal),
            GraphError.TemplateFormat($"buttons: Format mismatch, expected {type.ToUpperInvariant()}, received {given.ToUpperInvariant()}."));
    }
}
