using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>
/// The placeholders of a template have numbers, or have names: all of them. The addresses of buttons are apart, whose placeholder is always <c>{{1}}</c>.
/// </summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview">Meta, read 10 March 2026.</see></remarks>
internal static class TemplateNames
{
    /// <param name="violations">What is broken so far.</param>
    /// <param name="components">The components.</param>
    /// <param name="format">How the template tells them apart; null, or a word of tomorrow, when it is not known.</param>
    public static void Check(ref ViolationList violations, IReadOnlyList<TemplateComponent> components, TemplateParameterFormat? format)
    {
        var texts = TextsOf(components, "components").ToList();
        bool? told = Is(format, TemplateParameterFormat.Named) ? true : Is(format, TemplateParameterFormat.Positional) ? false : null;
        var isNamed = told ?? texts.SelectMany(text => TemplatePlaceholders.In(text.Text)).Select(IsName).FirstOrDefault();
        foreach (var (path, text) in texts)
        {
            if (TemplatePlaceholders.In(text).Any(name => IsName(name) != isNamed))
            {
                violations.Add(
                    path,
                    told is null ? "mixes placeholders with names and with numbers; a template has one kind"
                    : isNamed ? "has a placeholder with a number; the parameter_format is named"
                    : "has a placeholder with a name; the parameter_format is positional");
            }
        }
    }

    private static bool Is(TemplateParameterFormat? format, TemplateParameterFormat known) =>
        string.Equals(format?.Name, known.Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string placeholder) => !placeholder.All(char.IsAsciiDigit);

    private static IEnumerable<(string Path, string? Text)> TextsOf(IReadOnlyList<TemplateComponent> components, string path) =>
        components.SelectMany(component => component switch
        {
            TemplateComponent.TextHeader header => [(path + "[header].text", header.Text)],
            TemplateComponent.Body body => [(path + "[body].text", body.Text)],
            TemplateComponent.Carousel carousel =>
                carousel.Cards.SelectMany((card, i) => TextsOf(card.Components, FormattableString.Invariant($"{path}[carousel].cards[{i}].components"))),
            _ => (IEnumerable<(string, string?)>)[],
        });
}
