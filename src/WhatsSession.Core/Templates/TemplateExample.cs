namespace WhatsSession;

/// <summary>An example value of a placeholder. Meta's reviewers see it.</summary>
/// <param name="Value">The example.</param>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record TemplateExample(string Value)
{
    /// <summary>The name of the placeholder, for a template with named parameters.</summary>
    /// <value>Null by default: the placeholder is found by position.</value>
    public string? Name { get; init; }

    /// <summary>An example for the next placeholder by position.</summary>
    public static implicit operator TemplateExample(string value) => new(value);

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TemplateExample);
}
