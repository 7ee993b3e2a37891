namespace WhatsSession;

/// <summary>A value for one placeholder of a template.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public abstract record TemplateParameter
{
    private TemplateParameter()
    {
    }

    /// <summary>The name of the placeholder, for a template with named parameters.</summary>
    /// <value>Null by default: the placeholder is found by position.</value>
    public string? Name { get; init; }

    /// <summary>A text for the next placeholder by position.</summary>
    public static implicit operator TemplateParameter(string value) => new Text(value);

    /// <summary>The kind, without content.</summary>
    public sealed override string ToString() => GetType().Name;

    internal abstract void Check(ref ViolationList violations, string path);

    /// <summary>A text.</summary>
    /// <param name="Value">At least one character, without line breaks, tabs and runs of more than four spaces.</param>
    public sealed record Text(string Value) : TemplateParameter
    {
        internal override void Check(ref ViolationList violations, string path)
        {
            if (string.IsNullOrEmpty(Value))
            {
                violations.Add(path + ".text", "is empty; a text is required", limit: 1, actual: 0);
            }
            else if (Value.AsSpan().ContainsAny('\n', '\r', '\t') || Value.Contains("     ", StringComparison.Ordinal))
            {
                violations.Add(path + ".text", "has a line break, a tab or more than four spaces in a row, which Meta refuses in a parameter (132018)");
            }
        }
    }
}
