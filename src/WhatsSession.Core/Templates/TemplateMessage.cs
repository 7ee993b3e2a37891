using System.Globalization;

namespace WhatsSession;

/// <summary>A message from a template that Meta approved before. It may be sent at any time and opens no window; the customer's answer to it does.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview">Meta, read November 2025.</see></remarks>
public sealed record TemplateMessage : Message
{
    /// <summary>Makes the message.</summary>
    /// <param name="name">The template's name: 1 to 512 lower-case letters, digits and underscores.</param>
    /// <param name="language">The code of the language it was approved in, such as <c>en_US</c> or <c>de</c>.</param>
    /// <param name="body">The texts for the placeholders of the body, in order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public TemplateMessage(string name, string language, params string[] body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Name = name;
        Language = language;
        Body = body.Length == 0 ? [] : Array.ConvertAll(body, text => (TemplateParameter)new TemplateParameter.Text(text));
    }

    /// <summary>The template's name.</summary>
    public string Name { get; init; }

    /// <summary>The code of its language.</summary>
    public string Language { get; init; }

    /// <summary>The values for the placeholders of the body: all by position, or all by name.</summary>
    public IReadOnlyList<TemplateParameter> Body { get; init; }

    /// <inheritdoc />
    public override string Kind => "template";

    private protected override void Check(ref ViolationList violations)
    {
        violations.Required("template.name", Name, 512);
        if (!string.IsNullOrWhiteSpace(Name) && Name.AsSpan().ContainsAnyExcept(TemplateName.Allowed))
        {
            violations.Add("template.name", "has characters other than lower-case letters, digits and underscores");
        }

        if (Language is not { Length: >= 2 and <= 15 } || Language.AsSpan().ContainsAnyExcept(TemplateName.AllowedInLanguages))
        {
            violations.Add("template.language.code", "is not a language code such as en_US");
        }

        for (var i = 0; i < Body.Count; i++)
        {
            Body[i].Check(ref violations, string.Create(CultureInfo.InvariantCulture, $"template.components[body].parameters[{i}]"));
        }

        if (Body.Any(parameter => parameter.Name is null) && Body.Any(parameter => parameter.Name is not null))
        {
            violations.Add("template.components[body].parameters", "mixes named and positional parameters; a template has one kind");
        }
    }
}
