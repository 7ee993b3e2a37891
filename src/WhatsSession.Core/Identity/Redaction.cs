using System.Globalization;
using System.Text.RegularExpressions;

namespace WhatsSession;

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

    /// <summary>A value that is not personal, fit to be quoted on one line: at most 40 characters, none of them a control character.</summary>
    public static string Quote(string? text) => string.Concat((text ?? "").Take(40).Select(c => char.IsControl(c) ? '?' : c)) + (text is { Length: > 40 } ? "…" : "");

    /// <summary>A text of Meta's with what may identify a customer cut to what the identifiers' own forms for logs show. Codes have at most seven digits and stay.</summary>
    public static string Mask(string text) => Identifiers().Replace(text, match =>
        match.Value.StartsWith("wamid.", StringComparison.Ordinal) ? "wamid.*"
        : char.IsAsciiDigit(match.Value[0]) ? $"*{match.Value[^2..]}"
        : $"{match.Value[..3]}*{match.Value[^2..]}");

    [GeneratedRegex(@"wamid\.[!-~]+|\b[A-Z]{2}\.(?:ENT\.)?(?=[A-Za-z]*[0-9])[A-Za-z0-9]{8,}|[0-9]{8,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifiers();
}
