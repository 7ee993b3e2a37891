using System.Text.RegularExpressions;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>The placeholders in the texts of templates.</summary>
internal static partial class TemplatePlaceholders
{
    /// <summary>The names or numbers in a text, each once, in order.</summary>
    public static IReadOnlyList<string> In(string? text) =>
        text is null || !text.Contains("{{", StringComparison.Ordinal)
            ? []
            : [.. Placeholder().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>How often there is one in a text, the same ones counted too.</summary>
    public static int CountIn(string? text) => text is null || !text.Contains("{{", StringComparison.Ordinal) ? 0 : Placeholder().Count(text);

    /// <summary>The length of a text with values in place of its placeholders; one without a value counts nothing.</summary>
    public static int LengthOf(string text, Func<string, string?> valueOf) =>
        TextLength.Of(text) + Placeholder().Matches(text).Sum(match => TextLength.Of(valueOf(match.Groups["name"].Value) ?? "") - match.Length);

    /// <summary>Whether a text starts or ends with a placeholder.</summary>
    public static bool AreAtAnEdge(string text) => Edge().IsMatch(text);

    /// <summary>Whether two placeholders have nothing between them.</summary>
    public static bool AreAdjacent(string text) => Adjacent().IsMatch(text);

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]+)\s*\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\s*\{\{|\}\}\s*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Edge();

    [GeneratedRegex(@"\}\}\s*\{\{", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Adjacent();
}
