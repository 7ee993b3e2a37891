using System.Globalization;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>What Meta limits in the buttons of a template.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components">Meta, read 10 March 2026.</see>
/// </remarks>
internal static class TemplateButtonLimits
{
    public const int LongestUrl = 2000;

    private const int LongestLabel = 25;
    private const int LongestPhone = 20;
    private const int LongestCoupon = 20;
    private const int LongestCouponOfOffer = 15;

    public static void Check(ref ViolationList violations, string path, IReadOnlyList<TemplateButtonDefinition> buttons, bool isOffer)
    {
        violations.Count(path, buttons.Count, 1, 10, "buttons");
        AtMost<TemplateButtonDefinition.Url>(ref violations, path, buttons, 2, "that open web pages");
        AtMost<TemplateButtonDefinition.PhoneNumber>(ref violations, path, buttons, 1, "that dial a number");
        AtMost<TemplateButtonDefinition.CopyCode>(ref violations, path, buttons, 1, "that copy a code");
        if (HasScatteredReplies(buttons))
        {
            violations.Add(path, "mixes quick replies with other buttons; put them together");
        }

        for (var i = 0; i < buttons.Count; i++)
        {
            CheckButton(ref violations, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), buttons[i], isOffer);
        }
    }

    private static void CheckButton(ref ViolationList violations, string path, TemplateButtonDefinition button, bool isOffer)
    {
        if (button is TemplateButtonDefinition.QuickReply or TemplateButtonDefinition.Url or TemplateButtonDefinition.PhoneNumber)
        {
            violations.Required(path + ".text", button.Text, LongestLabel);
        }
        else
        {
            violations.Optional(path + ".text", button.Text, LongestLabel);
        }

        switch (button)
        {
            case TemplateButtonDefinition.Url url:
                violations.Required(path + ".url", url.Address, LongestUrl);
                var placeholders = TemplatePlaceholders.CountIn(url.Address);
                if (placeholders > 1 || (placeholders == 1 && !url.Address.EndsWith("}}", StringComparison.Ordinal)))
                {
                    violations.Add(path + ".url", "has a placeholder elsewhere than at its end, or more than one");
                }

                break;
            case TemplateButtonDefinition.PhoneNumber phone:
                violations.Required(path + ".phone_number", phone.Number, LongestPhone);
                break;
            case TemplateButtonDefinition.CopyCode code:
                violations.Required(path + ".example", code.Example, isOffer ? LongestCouponOfOffer : LongestCoupon);
                break;
            case TemplateButtonDefinition.OneTimeCode code:
                violations.Required(path + ".otp_type", code.Delivery.Name);
                violations.Optional(path + ".autofill_text", code.AutofillText, LongestLabel);
                break;
            case TemplateButtonDefinition.Flow flow:
                violations.Count(
                    path,
                    (flow.FlowId is null ? 0 : 1) + (flow.FlowName is null ? 0 : 1) + (flow.FlowJson is null ? 0 : 1),
                    1,
                    1,
                    "of flow_id, flow_name and flow_json");
                break;
        }
    }

    private static void AtMost<T>(ref ViolationList violations, string path, IReadOnlyList<TemplateButtonDefinition> buttons, int most, string what)
    {
        var count = buttons.OfType<T>().Count();
        if (count > most)
        {
            violations.Add(path, string.Create(CultureInfo.InvariantCulture, $"has {count} buttons {what}; at most {most} are allowed"), most, count);
        }
    }

    private static bool HasScatteredReplies(IReadOnlyList<TemplateButtonDefinition> buttons)
    {
        var places = Enumerable.Range(0, buttons.Count).Where(i => buttons[i] is TemplateButtonDefinition.QuickReply).ToList();
        return places.Count > 0 && places[^1] - places[0] >= places.Count;
    }
}
