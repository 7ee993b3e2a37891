namespace WhatsSession;

/// <summary>The fallback template of a business number.</summary>
public sealed class FallbackOptions
{
    /// <summary>The template's name.</summary>
    /// <value>Null by default: the number has no fallback of its own.</value>
    public string? Template { get; set; }

    /// <summary>The code of the template's language, such as <c>en_US</c>. Required together with <see cref="Template"/>.</summary>
    /// <value>Null by default.</value>
    public string? Language { get; set; }

    /// <summary>
    /// Whether the template has one parameter that takes the text of the refused message. A message without text then has no fallback. See
    /// <see cref="TextFallback"/>.
    /// </summary>
    /// <value>False by default: the template has no parameter.</value>
    public bool WithText { get; set; }

    /// <summary>The name of the parameter that takes the text, for a template with named parameters.</summary>
    /// <value>Null by default: the first by position.</value>
    public string? ParameterName { get; set; }
}
