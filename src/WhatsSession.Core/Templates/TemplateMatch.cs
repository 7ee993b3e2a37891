using System.Globalization;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>Compares a template message with its template, as Meta does when it is sent.</summary>
internal static class TemplateMatch
{
    public static void Check(ref ViolationList violations, TemplateDefinition template, TemplateMessage message)
    {
        CheckIdentity(ref violations, template, message);

        // A list may be asked for without components: then there is nothing to compare with. What a message has as JSON is not looked into.
        if (template.Components.Count == 0 || message.Json is not null)
        {
            return;
        }

        var parts = TemplateParts.Of(template);
        var isForCodes = TemplateParty.IsForCodes(template);
        if (message.OneTimeCode is not null || (isForCodes && parts.BodyText is null))
        {
            CheckCode(ref violations, message, isForCodes);
            return;
        }

        Check(ref violations, "template.components", parts, message.Header, message.Body, message.Buttons);
        CheckOffer(ref violations, parts, message);
        CheckOrder(ref violations, template, message);
        CheckCards(ref violations, parts, message.Cards);
    }

    private static void CheckIdentity(ref ViolationList violations, TemplateDefinition template, TemplateMessage message)
    {
        if (!string.Equals(message.Name, template.Name, StringComparison.Ordinal))
        {
            violations.Add("template.name", "is not the name of this template");
        }

        if (!string.Equals(message.Language, template.Language, StringComparison.Ordinal))
        {
            violations.Add("template.language.code", $"is not {template.Language}, the language of this template (132001)");
        }

        if (template.Status.IsKnownToBlock)
        {
            var code = template.Status == TemplateStatus.Paused ? "132015" : template.Status == TemplateStatus.Disabled ? "132016" : "132001";
            violations.Add("template", $"has the status {template.Status}, in which it cannot be sent ({code})");
        }

        if (message.Marketing is not null && template.Category.Name is { Length: > 0 } && template.Category != TemplateCategory.Marketing)
        {
            violations.Add("template", $"has the category {template.Category}; the Marketing Messages API takes marketing templates only (131055)");
        }
    }

    private static void CheckCode(ref ViolationList violations, TemplateMessage message, bool isForCodes)
    {
        if (!isForCodes)
        {
            violations.Add("template.components", "has a one-time code; the template is not one for authentication");
        }
        else if (message.OneTimeCode is null)
        {
            violations.Add("template.components", "has no one-time code, which the template needs (132000)");
        }
    }

    private static void Check(
        ref ViolationList violations,
        string path,
        TemplateParts parts,
        TemplateHeader? header,
        IReadOnlyList<TemplateParameter> body,
        IReadOnlyList<TemplateButtonParameter> buttons)
    {
        CheckHeader(ref violations, path + "[header].parameters[0]", parts, header);
        TemplateHydration.CheckHeader(ref violations, path + "[header].parameters[0]", parts, header);
        CheckBody(ref violations, path + "[body].parameters", parts, body);
        TemplateHydration.CheckBody(ref violations, path + "[body].parameters", parts, body);
        TemplateButtonMatch.Check(ref violations, path, parts.Buttons, buttons);
    }

    private static void CheckHeader(ref ViolationList violations, string path, TemplateParts parts, TemplateHeader? given)
    {
        var expected = parts.Header switch
        {
            TemplateComponent.MediaHeader media => media.Format,
            TemplateComponent.TextHeader text when TemplatePlaceholders.In(text.Text).Count > 0 => TemplateHeaderFormat.Text,
            _ => default(TemplateHeaderFormat?),
        };
        if (expected is not { } format)
        {
            if (given is not null)
            {
                violations.Add(path, "is given; the header of the template takes no value (132000)");
            }
        }
        else if (given is null)
        {
            violations.Add(path, $"is missing; the header of the template takes {format} (132012)");
        }
        else if (FormatOf(given) != format && IsKnown(format))
        {
            violations.Add(path, $"is {FormatOf(given)}; the header of the template takes {format} (132012)");
        }
        else if (given is TemplateHeader.Text { Name: var name }
            && !string.Equals(name, parts.IsNamed ? parts.HeaderPlaceholder : null, StringComparison.Ordinal))
        {
            violations.Add(
                path + ".parameter_name",
                parts.IsNamed
                    ? $"is not {parts.HeaderPlaceholder}, the placeholder of the header (132012)"
                    : "is given; the placeholders of the template have numbers, not names (132012)");
        }
    }

    private static void CheckBody(ref ViolationList violations, string path, TemplateParts parts, IReadOnlyList<TemplateParameter> given)
    {
        var placeholders = TemplatePlaceholders.In(parts.BodyText);
        if (given.Count != placeholders.Count)
        {
            violations.Add(
                path,
                string.Create(CultureInfo.InvariantCulture, $"are {given.Count}; the body of the template takes {placeholders.Count} (132000)"),
                placeholders.Count,
                given.Count);
        }

        var missing = placeholders.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < given.Count; i++)
        {
            var name = given[i].Name;
            if (parts.IsNamed ? name is null || !missing.Remove(name) : name is not null)
            {
                violations.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{path}[{i}].parameter_name"),
                    !parts.IsNamed ? "is given; the placeholders of the template have numbers, not names (132012)"
                    : placeholders.Count == 0 ? "names a placeholder; the body of the template has none (132012)"
                    : $"is not, or not once, one of the placeholders of the template: {string.Join(", ", placeholders)} (132012)");
            }
        }

        if (parts.IsNamed && missing.Count > 0)
        {
            violations.Add(path, $"lack {string.Join(", ", placeholders.Where(missing.Contains))} (132000)");
        }
    }

    private static void CheckOffer(ref ViolationList violations, TemplateParts parts, TemplateMessage message)
    {
        const string Path = "template.components[limited_time_offer]";
        if (parts.Offer is null && message.OfferEnds is not null)
        {
            violations.Add(Path, "is given; the template has no offer that ends (132000)");
        }
        else if (parts.Offer is { HasExpiration: not false } && message.OfferEnds is null)
        {
            violations.Add(Path, "is missing; the template needs the end of the offer (132000)");
        }
    }

    private static void CheckOrder(ref ViolationList violations, TemplateDefinition template, TemplateMessage message)
    {
        const string Path = "template.components[order_status]";
        var isExpected = TemplateParty.IsForOrders(template);
        if (isExpected && message.OrderUpdate is null)
        {
            violations.Add(Path, "is missing; the template needs the state of an order (132000)");
        }
        else if (!isExpected && template.SubCategory is not null && message.OrderUpdate is not null)
        {
            violations.Add(Path, "is given; the template is not one for the state of an order (132000)");
        }
    }

    private static void CheckCards(ref ViolationList violations, TemplateParts parts, IReadOnlyList<TemplateCard> given)
    {
        const string Path = "template.components[carousel].cards";
        if (parts.Cards.Count == 0)
        {
            if (given.Count > 0)
            {
                violations.Add(Path, "are given; the template has no cards (132012)");
            }

            return;
        }

        var cards = parts.Cards.Select(card => TemplateParts.Of(card, parts.Format)).ToList();
        var isOfProducts = cards[0].Header is TemplateComponent.MediaHeader { Format: var format } && format == TemplateHeaderFormat.Product;
        if (isOfProducts ? given.Count is < 2 or > 10 : given.Count != cards.Count)
        {
            violations.Count(Path, given.Count, isOfProducts ? 2 : cards.Count, isOfProducts ? 10 : cards.Count, "cards");
        }

        for (var i = 0; i < given.Count && (isOfProducts || i < cards.Count); i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}].components");
            Check(ref violations, path, cards[Math.Min(i, cards.Count - 1)], given[i].Header, given[i].Body, given[i].Buttons);
        }
    }

    private static TemplateHeaderFormat FormatOf(TemplateHeader header) => header switch
    {
        TemplateHeader.Text => TemplateHeaderFormat.Text,
        TemplateHeader.Image => TemplateHeaderFormat.Image,
        TemplateHeader.Video => TemplateHeaderFormat.Video,
        TemplateHeader.Gif => TemplateHeaderFormat.Gif,
        TemplateHeader.Document => TemplateHeaderFormat.Document,
        TemplateHeader.Location => TemplateHeaderFormat.Location,
        TemplateHeader.Product => TemplateHeaderFormat.Product,
        _ => default,
    };

    private static bool IsKnown(TemplateHeaderFormat format) =>
        format == TemplateHeaderFormat.Text || format == TemplateHeaderFormat.Image || format == TemplateHeaderFormat.Video
        || format == TemplateHeaderFormat.Gif
        || format == TemplateHeaderFormat.Document || format == TemplateHeaderFormat.Location || format == TemplateHeaderFormat.Product;
}
