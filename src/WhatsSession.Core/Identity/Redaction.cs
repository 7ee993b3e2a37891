using System.Globalization;
using System.Text.RegularExpressions;

namespace WhatsSession.Identity;

/// <summary>Stand-ins for personal data in texts that may be logged.</summary>
internal static partial class Redaction
{
    /// <summary>32 bits of FNV-1a: enough to follow one id through a log, too little to search for what it stands for among others.</summary>
    public static string Hash(string value)
    {
        var hash = 2166136261u;
        foreach (var c in value)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A value where an id of digits belongs, fit for a message: a short one is quoted; a long one may be a token in the wrong place and is told by its length.
    /// </summary>
    public static string Quote(string? text) =>
        text is { Length: > 20 } || text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? string.Create(CultureInfo.InvariantCulture, $"a value of {text!.Length} characters")
            : $"\"{text}\"";

    /// <summary>
    /// A text of Meta's with what may identify a customer cut to what the identifiers' own forms for logs show. Codes have at most seven digits and stay.
    /// An IP address where a URL has its host stays too: whoever looks for a gateway needs it.
    /// </summary>
    public static string Mask(string text) => Identifiers().Replace(text, match =>
        match.Groups["host"].Success ? match.Value
        : match.Value.StartsWith("wamid.", StringComparison.Ordinal) ? "wamid.*"
        : match.Value.StartsWith("EAA", StringComparison.Ordinal) ? "EAA*"
        : !char.IsAsciiLetter(match.Value[0]) ? $"*{match.Value[^2..]}"
        : $"{match.Value[..3]}*{match.Value[^2..]}");

    [GeneratedRegex(
        @"(?<=://)(?<host>[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?![0-9])|wamid\.[!-~]+|\b[A-Z]{2}\.(?:ENT\.)?(?=[A-Za-z]*[0-9])[A-Za-z0-9]{8,}|EAA[A-Za-z0-9]{8,}"
        + "|[+(]{0,2}[0-9](?:[ ().-]{0,2}[0-9]){7,}",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifiers();
}
