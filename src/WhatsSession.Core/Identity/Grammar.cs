using System.Buffers;

namespace WhatsSession.Identity;

/// <summary>The character classes that Meta's identifiers are made of.</summary>
internal static class Grammar
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private static readonly SearchValues<char> Alphanumerics = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Visible = Range('!', '~');

    public static bool IsDigits(ReadOnlySpan<char> text, int least, int most) =>
        text.Length >= least && text.Length <= most && !text.ContainsAnyExcept(Digits);

    public static bool IsAlphanumeric(ReadOnlySpan<char> text, int least, int most) =>
        text.Length >= least && text.Length <= most && !text.ContainsAnyExcept(Alphanumerics);

    /// <summary>Printable ASCII without spaces: what opaque ids (wamids, group ids, media ids) are made of.</summary>
    public static bool IsToken(ReadOnlySpan<char> text, int most) =>
        text.Length >= 1 && text.Length <= most && !text.ContainsAnyExcept(Visible);

    /// <summary>The characters from one to another. A search for a bare range boxes its ends in the precompiled code of .NET.</summary>
    public static SearchValues<char> Range(char first, char last) =>
        SearchValues.Create([.. Enumerable.Range(first, last - first + 1).Select(static code => (char)code)]);
}
