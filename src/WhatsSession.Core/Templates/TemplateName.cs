using System.Buffers;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>The grammar of a template's name and language.</summary>
internal static class TemplateName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly SearchValues<char> AllowedInLanguages = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public static void Check(ref ViolationList violations, string path, string? name)
    {
        violations.Required(path, name, 512);
        if (!string.IsNullOrWhiteSpace(name) && name.AsSpan().ContainsAnyExcept(Allowed))
        {
            violations.Add(path, "has characters other than lower-case letters, digits and underscores");
        }
    }

    public static void CheckLanguage(ref ViolationList violations, string path, string? language)
    {
        if (language is not { Length: >= 2 and <= 15 } || language.AsSpan().ContainsAnyExcept(AllowedInLanguages))
        {
            violations.Add(path, "is not a language code such as en_US");
        }
    }
}
