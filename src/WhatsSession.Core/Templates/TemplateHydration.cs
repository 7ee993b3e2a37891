using System.Globalization;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>The texts of a template with the values of a message in them, which must not become longer than the texts of a template may be (132005).</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components">Meta, read 10 March 2026.</see>
/// </remarks>
internal static class TemplateHydration
{
    public static void CheckHeader(ref ViolationList violations, string path, TemplateParts parts, TemplateHeader? given)
    {
        if (parts.Header is TemplateComponent.TextHeader header && given is TemplateHeader.Text value)
        {
            Check(ref violations, path + ".text", "header", header.Text, TemplateLimits.LongestHeader, _ => value.Value);
        }
    }

    public static void CheckBody(ref ViolationList violations, string path, TemplateParts parts, IReadOnlyList<TemplateParameter> given)
    {
        if (parts.BodyText is { } text)
        {
            Check(ref violations, path, "body", text, parts.LongestBody, ValueOf);
        }

        string? ValueOf(string placeholder) =>
            parts.IsNamed ? given.FirstOrDefault(value => string.Equals(value.Name, placeholder, StringComparison.Ordinal))?.Shown
            : int.TryParse(placeholder, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= given.Count
                ? given[place - 1].Shown
            : null;
    }

    public static void CheckUrl(ref ViolationList violations, string path, TemplateButtonDefinition.Url button, TemplateButtonParameter.Url given) =>
        Check(ref violations, path + ".parameters[0].text", "address", button.Address, TemplateButtonLimits.LongestUrl, _ => given.Suffix);

    private static void Check(ref ViolationList violations, string path, string what, string text, int most, Func<string, string?> valueOf)
    {
        if (TemplatePlaceholders.CountIn(text) > 0 && TemplatePlaceholders.LengthOf(text, valueOf) is var length && length > most)
        {
            violations.Add(
                path,
                string.Create(CultureInfo.InvariantCulture, $"make the {what} of the template {length} characters long; the limit is {most} (132005)"),
                most,
                length);
        }
    }
}
