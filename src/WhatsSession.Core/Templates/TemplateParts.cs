namespace WhatsSession.Templates;

/// <summary>The components of a template or of a card, sorted by what a message has to say about them.</summary>
internal sealed class TemplateParts
{
    /// <param name="components">The components.</param>
    /// <param name="format">How placeholders are told apart.</param>
    /// <param name="longestBody">The most characters of the body with its values.</param>
    private TemplateParts(IReadOnlyList<TemplateComponent> components, TemplateParameterFormat format, int longestBody)
    {
        Format = format;
        LongestBody = longestBody;
        foreach (var component in components)
        {
            switch (component)
            {
                case TemplateComponent.TextHeader or TemplateComponent.MediaHeader:
                    Header = component;
                    break;
                case TemplateComponent.Body body:
                    BodyText = body.Text;
                    break;
                case TemplateComponent.Buttons buttons:
                    Buttons = buttons.Items;
                    break;
                case TemplateComponent.Carousel carousel:
                    Cards = carousel.Cards;
                    break;
                case TemplateComponent.LimitedTimeOffer offer:
                    Offer = offer;
                    break;
            }
        }

        HeaderPlaceholder = TemplatePlaceholders.In((Header as TemplateComponent.TextHeader)?.Text) is [var first, ..] ? first : null;
        IsNamed = string.IsNullOrEmpty(format.Name)
            ? TemplatePlaceholders.In(BodyText).Append(HeaderPlaceholder ?? "1").Any(name => !name.All(char.IsAsciiDigit))
            : string.Equals(format.Name, TemplateParameterFormat.Named.Name, StringComparison.OrdinalIgnoreCase);
    }

    public TemplateParameterFormat Format { get; }

    public int LongestBody { get; }

    public bool IsNamed { get; }

    public TemplateComponent? Header { get; }

    public string? HeaderPlaceholder { get; }

    public string? BodyText { get; }

    public IReadOnlyList<TemplateButtonDefinition> Buttons { get; } = [];

    public IReadOnlyList<TemplateCardDefinition> Cards { get; } = [];

    public TemplateComponent.LimitedTimeOffer? Offer { get; }

    public static TemplateParts Of(TemplateDefinition template) => new(
        template.Components,
        template.ParameterFormat,
        template.Components.All(component => component is TemplateComponent.Body)
                ? TemplateLimits.LongestBodyAlone
                : TemplateLimits.LongestBodyOf(template.Components));

    public static TemplateParts Of(TemplateCardDefinition card, TemplateParameterFormat format) =>
        new(card.Components, format, TemplateLimits.LongestBodyOfCard);
}
