using WhatsSession.Options;

namespace WhatsSession.TemplateCatalog;

/// <summary>A template that the options name as the fallback of a business number, and what keeps it from being one.</summary>
/// <param name="Number">The business number.</param>
/// <param name="Sample">A message as it would go out.</param>
internal sealed record FallbackTemplate(NumberSettings Number, TemplateMessage Sample)
{
    private string Name => $"The fallback template \"{Sample.Name}\" ({Sample.Language}) of number \"{Number.Name}\"";

    /// <summary>The fallback of a number; null when it has none.</summary>
    public static FallbackTemplate? Of(NumberSettings number) =>
        (number.Fallback ?? number.TextFallback?.For(new TextMessage("text"))) is { } sample ? new FallbackTemplate(number, sample) : null;

    /// <summary>What is wrong with it, in a sentence; null when nothing is.</summary>
    /// <param name="languages">The template in all the languages that the account has it in.</param>
    public string? ProblemIn(IReadOnlyList<TemplateDefinition> languages)
    {
        if (languages.Count == 0)
        {
            return $"{Name} is missing in the account.";
        }

        if (languages.FirstOrDefault(template => KnownTemplates.IsSame(template.Language, Sample.Language)) is not { } template)
        {
            return $"{Name} does not exist in this language; there is "
                + $"{string.Join(", ", languages.Select(other => other.Language).Order(StringComparer.Ordinal))}.";
        }

        if (template.Status != TemplateStatus.Approved)
        {
            return template.Status == TemplateStatus.Paused
                ? $"{Name} is paused by Meta for its quality."
                : $"{Name} is not approved: its status is {template.Status}.";
        }

        if (template.Check(Sample) is { Count: > 0 } violations)
        {
            return $"{Name} does not go with what is sent: {string.Join("; ", violations)}.";
        }

        return template.PreviousCategory is { } previous && previous != template.Category && previous.Name is { Length: > 0 }
            ? $"{Name} was moved by Meta from {previous} to {template.Category}, which changes its price."
            : null;
    }

    /// <summary>That Meta could not be asked.</summary>
    public string NotLookedUp(string why) => $"{Name} could not be looked up: {why}.";
}
