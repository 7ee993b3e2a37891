using System.Globalization;

namespace WhatsSession.Options;

/// <summary>What cannot be right about a token or a secret, told without showing it.</summary>
internal static class SecretText
{
    private const string Bearer = "Bearer ";

    /// <summary>What is wrong with a value that Meta gave out: visible characters of ASCII and nothing else.</summary>
    /// <param name="value">The value; null when it is not set.</param>
    /// <param name="what">What to set it to, such as "an access token of Meta".</param>
    /// <returns>What follows its key in a sentence, without the full stop; null when nothing is wrong.</returns>
    public static string? ProblemOfMetas(string? value, string what) =>
        ProblemOfAny(value, what)
        ?? (value!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? "begins with \"Bearer \"; give the token alone"
            : value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? "has quotation marks around it; take them out"
            : Place(value, static character => character is < '!' or > '~'));

    /// <summary>What is wrong with a value that the user made up: nobody types white space around it, or what cannot be seen, on purpose.</summary>
    /// <inheritdoc cref="ProblemOfMetas" />
    public static string? ProblemOfUsers(string? value, string what) =>
        ProblemOfAny(value, what)
        ?? Place(value!, IsInvisible)
        ?? (char.IsWhiteSpace(value![0]) || char.IsWhiteSpace(value[^1])
            ? FormattableString.Invariant($"has {value.Length} characters, and white space around them; take the white space out")
            : null);

    /// <summary>Whether a value was taken over from an example.</summary>
    public static bool IsPlaceholder(string value) => value is "…" or "..." || value is ['<', .., '>'];

    /// <summary>What is said of a placeholder. It is no secret.</summary>
    public static string PlaceholderOf(string value, string what) => $"is \"{value}\", the placeholder of an example; set it to {what}";

    private static string? ProblemOfAny(string? value, string what) => value switch
    {
        null => $"is missing; set it to {what}",
        "" => $"is empty; set it to {what}",
        _ when IsPlaceholder(value) => PlaceholderOf(value, what),
        _ => null,
    };

    private static string? Place(string value, Predicate<char> isWrong)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (isWrong(value[i]))
            {
                return FormattableString.Invariant($"has {value.Length} characters, and character {i + 1} is {NameOf(value[i])} (U+{(int)value[i]:X4}); ")
                    + "take that out, or copy the value anew";
            }
        }

        return null;
    }

    private static string NameOf(char character) => character switch
    {
        ' ' or '\u00A0' => "a space",
        '\n' or '\r' => "a line break",
        '\t' => "a tab",
        _ when IsInvisible(character) => "one that cannot be seen",
        _ => "one that Meta does not use here",
    };

    private static bool IsInvisible(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
