using System.Globalization;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>Compares the values of buttons with the buttons of the template.</summary>
internal static class TemplateButtonMatch
{
    public static void Check(
        ref ViolationList violations, string path, IReadOnlyList<TemplateButtonDefinition> buttons, IReadOnlyList<TemplateButtonParameter> given)
    {
        foreach (var value in given)
        {
            if (value.Index < 0 || value.Index >= buttons.Count)
            {
                violations.Add(
                    PathOf(path, value.Index),
                    string.Create(CultureInfo.InvariantCulture, $"is given; the template has {buttons.Count} buttons (132012)"),
                    buttons.Count,
                    value.Index);
            }
            else if (!Takes(buttons[value.Index], value))
            {
                violations.Add(
                    PathOf(path, value.Index),
                    $"is a value for {value}; the button of the template is "
                    + $"{buttons[value.Index].Kind}{(buttons[value.Index] is TemplateButtonDefinition.Url ? " without a placeholder" : "")} (132012)");
            }
            else if (buttons[value.Index] is TemplateButtonDefinition.Url url && value is TemplateButtonParameter.Url suffix)
            {
                TemplateHydration.CheckUrl(ref violations, PathOf(path, value.Index), url, suffix);
            }
        }

        for (var i = 0; i < buttons.Count; i++)
        {
            if (Needs(buttons[i]) && !given.Any(value => value.Index == i))
            {
                violations.Add(PathOf(path, i), $"is missing; the button of the template is {buttons[i].Kind} and needs a value (131008)");
            }
        }
    }

    private static string PathOf(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[button {index}]");

    private static bool Takes(TemplateButtonDefinition button, TemplateButtonParameter value) => button switch
    {
        TemplateButtonDefinition.Url url => value is TemplateButtonParameter.Url && IsDynamic(url),
        TemplateButtonDefinition.OneTimeCode => value is TemplateButtonParameter.Url,
        TemplateButtonDefinition.QuickReply => value is TemplateButtonParameter.QuickReply,
        TemplateButtonDefinition.CopyCode => value is TemplateButtonParameter.CopyCode,
        TemplateButtonDefinition.Flow => value is TemplateButtonParameter.Flow,
        TemplateButtonDefinition.Catalog => value is TemplateButtonParameter.Catalog,
        TemplateButtonDefinition.Products => value is TemplateButtonParameter.Products,
        TemplateButtonDefinition.VoiceCall => value is TemplateButtonParameter.VoiceCall,
        TemplateButtonDefinition.OrderDetails => value is TemplateButtonParameter.OrderToPay,
        TemplateButtonDefinition.Raw => true,
        _ => false,
    };

    private static bool Needs(TemplateButtonDefinition button) => button
        is TemplateButtonDefinition.OneTimeCode or TemplateButtonDefinition.CopyCode
        or TemplateButtonDefinition.Products or TemplateButtonDefinition.OrderDetails
        || (button is TemplateButtonDefinition.Url url && IsDynamic(url));

    private static bool IsDynamic(TemplateButtonDefinition.Url url) => TemplatePlaceholders.In(url.Address).Count > 0;
}
