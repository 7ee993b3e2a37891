using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>A template to create.</summary>
/// <remarks>
/// Immutable. Equality is by value, but the list of components compares by reference.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management">Meta, read 10 March 2026.</see>
/// </remarks>
public sealed record TemplateDraft
{
    /// <summary>Makes a draft.</summary>
    /// <param name="name">1 to 512 lower-case letters, digits and underscores. The name of a deleted template cannot be used for 30 days.</param>
    /// <param name="language">The code of the language, such as <c>en_US</c> or <c>de</c>. Each language is a separate template with the same name.</param>
    /// <param name="category">The category. Meta may reject the template if it belongs in another category.</param>
    /// <param name="components">The header, the body, the footer, the buttons, the cards.</param>
    /// <exception cref="ArgumentException"><paramref name="components"/> is null or has a null in it.</exception>
    public TemplateDraft(string name, string language, TemplateCategory category, params TemplateComponent[] components)
    {
        Name = name;
        Language = language;
        Category = category;
        Components = CopiedList.Of(components);
    }

    /// <summary>The name.</summary>
    public string Name { get; init; }

    /// <summary>The code of the language.</summary>
    public string Language { get; init; }

    /// <summary>The category.</summary>
    public TemplateCategory Category { get; init; }

    /// <summary>The header, the body, the footer, the buttons, the cards.</summary>
    public IReadOnlyList<TemplateComponent> Components { get; init => field = CopiedList.Checked(value); }

    /// <summary>Whether placeholders have numbers or names.</summary>
    /// <value>Null by default: by position.</value>
    public TemplateParameterFormat? ParameterFormat { get; init; }

    /// <summary>
    /// For how many seconds Meta tries to deliver a message: authentication 30 to 900, utility 30 to 43,200,
    /// marketing 43,200 to 2,592,000 (Marketing Messages API only); -1 is 30 days, not for marketing.
    /// </summary>
    /// <value>Null by default: authentication 10 minutes, the others 30 days.</value>
    public int? MessageSendTtlSeconds { get; init; }

    /// <summary>Whether Meta does not track taps on buttons that open web pages (<c>cta_url_link_tracking_opted_out</c>).</summary>
    /// <value>Null by default: Meta tracks them.</value>
    public bool? OptsOutOfLinkTracking { get; init; }

    /// <summary>The template of Meta's library from which this one is made. The draft then needs no components.</summary>
    /// <value>Null by default.</value>
    public string? LibraryTemplateName { get; init; }

    /// <summary>
    /// Further fields of the request, as the text of one JSON object, such as <c>library_template_button_inputs</c>.
    /// One that is not an object makes the request throw <see cref="ArgumentException"/>.
    /// </summary>
    /// <value>Null by default: there are none.</value>
    public string? OtherFields { get; init; }

    /// <summary>Checks the draft against the limits of the platform.</summary>
    /// <returns>Every rule that the draft breaks; empty when the template can be created. Meta reviews it after that.</returns>
    public IReadOnlyList<Violation> Check()
    {
        var violations = default(ViolationList);
        TemplateName.Check(ref violations, "name", Name);
        TemplateName.CheckLanguage(ref violations, "language", Language);
        violations.Required("category", Category.Name);
        TemplateLimits.CheckTtl(ref violations, MessageSendTtlSeconds, Category);
        if (LibraryTemplateName is null || Components.Count > 0)
        {
            TemplateLimits.Check(ref violations, Components, Category);
            TemplateNames.Check(ref violations, Components, ParameterFormat ?? TemplateParameterFormat.Positional);
        }

        return violations.ToList();
    }

    /// <summary>The name and the language.</summary>
    public override string ToString() => $"{Name} ({Language})";
}
