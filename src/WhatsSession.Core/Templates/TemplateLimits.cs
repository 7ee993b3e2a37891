using System.Globalization;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>What Meta limits in the components of a template.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components">Meta, read 10 March 2026.</see>
/// How many placeholders a body of a given length may have (2388293) Meta does not say.
/// </remarks>
internal static class TemplateLimits
{
    public const int LongestHeader = 60;
    public const int LongestBody = 1024;
    public const int LongestBodyOfOffer = 600;
    public const int LongestBodyOfCard = 160;

    /// <summary>The body of a message whose template has nothing else. Not confirmed by Meta's documents.</summary>
    public const int LongestBodyAlone = 32_768;

    private const int LongestFooter = 60;
    private const int LongestOffer = 16;

    /// <param name="violations">What is broken so far.</param>
    /// <param name="seconds">The time; null when it is not given.</param>
    /// <param name="category">The category; null when it is not known.</param>
    public static void CheckTtl(ref ViolationList violations, int? seconds, TemplateCategory? category)
    {
        if (seconds is not { } value || (value == -1 && category != TemplateCategory.Marketing))
        {
            return;
        }

        if (category is null)
        {
            violations.Between("message_send_ttl_seconds", value, 30, 2_592_000, " s");
        }
        else if (category == TemplateCategory.Authentication)
        {
            violations.Between("message_send_ttl_seconds", value, 30, 900, " s");
        }
        else if (category == TemplateCategory.Utility)
        {
            violations.Between("message_send_ttl_seconds", value, 30, 43_200, " s");
        }
        else if (category == TemplateCategory.Marketing)
        {
            violations.Between("message_send_ttl_seconds", value, 43_200, 2_592_000, " s");
        }
    }

    /// <summary>The most characters for the body among these components.</summary>
    public static int LongestBodyOf(IReadOnlyList<TemplateComponent> components) =>
        IsOffer(components) ? LongestBodyOfOffer
        : components.OfType<TemplateComponent.Buttons>().Any(buttons => buttons.Items.Any(button => button is TemplateButtonDefinition.Product))
            ? LongestBodyOfCard
        : LongestBody;

    /// <param name="violations">What is broken so far.</param>
    /// <param name="components">The components.</param>
    /// <param name="category">The category; null when it is not known.</param>
    public static void Check(ref ViolationList violations, IReadOnlyList<TemplateComponent> components, TemplateCategory? category)
    {
        var isForCodes = category == TemplateCategory.Authentication;
        CheckKinds(ref violations, "components", components);
        if (!components.Any(component => component is TemplateComponent.Body))
        {
            violations.Add("components", "has no body, which every template needs");
        }

        var isOffer = IsOffer(components);
        foreach (var component in components)
        {
            switch (component)
            {
                case TemplateComponent.Body body when isForCodes:
                    MetasOwn(ref violations, "components[body].text", body.Text);
                    break;
                case TemplateComponent.Body { Text: null } when category is null:
                    break;
                case TemplateComponent.Body body:
                    CheckBody(ref violations, "components[body].text", body.Text, LongestBodyOf(components));
                    break;
                case TemplateComponent.Footer footer:
                    CheckFooter(ref violations, footer, isForCodes);
                    break;
                case TemplateComponent.LimitedTimeOffer offer:
                    violations.Required("components[limited_time_offer].limited_time_offer.text", offer.Text, LongestOffer);
                    break;
                case TemplateComponent.Carousel carousel:
                    CheckCards(ref violations, carousel.Cards);
                    break;
                default:
                    CheckPart(ref violations, "components", component, isOffer);
                    break;
            }
        }
    }

    private static bool IsOffer(IReadOnlyList<TemplateComponent> components) => components.Any(component => component is TemplateComponent.LimitedTimeOffer);

    /// <summary>What a template and a card have alike.</summary>
    private static void CheckPart(ref ViolationList violations, string path, TemplateComponent component, bool isOffer)
    {
        switch (component)
        {
            case TemplateComponent.TextHeader header:
                violations.Required(path + "[header].text", header.Text, LongestHeader);
                TemplateHeaderText.Check(ref violations, path + "[header].text", header.Text ?? "");
                break;
            case TemplateComponent.MediaHeader header:
                violations.Required(path + "[header].format", header.Format.Name);
                break;
            case TemplateComponent.Buttons buttons:
                TemplateButtonLimits.Check(ref violations, path + "[buttons].buttons", buttons.Items, isOffer);
                break;
        }
    }

    private static void CheckKinds(ref ViolationList violations, string path, IReadOnlyList<TemplateComponent> components)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var component in components)
        {
            if (!seen.Add(component.Kind))
            {
                violations.Add($"{path}[{component.Kind.ToLowerInvariant()}]", "is there twice");
            }
        }
    }

    private static void CheckBody(ref ViolationList violations, string path, string? text, int most)
    {
        violations.Required(path, text, most);
        if (text is null)
        {
            return;
        }

        if (TemplatePlaceholders.AreAtAnEdge(text))
        {
            violations.Add(path, "starts or ends with a placeholder (2388299)");
        }

        if (TemplatePlaceholders.AreAdjacent(text))
        {
            violations.Add(path, "has two placeholders with nothing between them (2388072)");
        }
    }

    private static void CheckFooter(ref ViolationList violations, TemplateComponent.Footer footer, bool isForCodes)
    {
        const string Path = "components[footer]";
        if (isForCodes)
        {
            MetasOwn(ref violations, Path + ".text", footer.Text);
        }
        else if (footer.CodeExpirationMinutes is null)
        {
            violations.Required(Path + ".text", footer.Text, LongestFooter);
        }

        if (footer.CodeExpirationMinutes is { } minutes)
        {
            violations.Between(Path + ".code_expiration_minutes", minutes, 1, 90, " minutes");
        }

        if (TemplatePlaceholders.In(footer.Text).Count > 0)
        {
            violations.Add(Path + ".text", "has a placeholder (2388073)");
        }
    }

    private static void MetasOwn(ref ViolationList violations, string path, string? text)
    {
        if (text is not null)
        {
            violations.Add(path, "is given; Meta writes the texts of authentication templates");
        }
    }

    private static void CheckCards(ref ViolationList violations, IReadOnlyList<TemplateCardDefinition> cards)
    {
        const string Path = "components[carousel].cards";
        var isOfProducts = cards.Count > 0
            && cards[0].Components.OfType<TemplateComponent.MediaHeader>().Any(header => header.Format == TemplateHeaderFormat.Product);
        violations.Count(Path, cards.Count, 2, isOfProducts ? 2 : 10, "cards");
        for (var i = 0; i < cards.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}].components");
            CheckKinds(ref violations, path, cards[i].Components);
            if (!cards[i].Components.Any(component => component is TemplateComponent.MediaHeader))
            {
                violations.Add(path, "has no header of an image, a video or a product");
            }

            foreach (var component in cards[i].Components)
            {
                if (component is TemplateComponent.Body body)
                {
                    CheckBody(ref violations, path + "[body].text", body.Text, LongestBodyOfCard);
                }
                else
                {
                    CheckPart(ref violations, path, component, isOffer: false);
                }
            }
        }
    }
}
