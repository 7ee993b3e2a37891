using System.Text.RegularExpressions;
using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>What the text of a template's header must not have, beside its length.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components">Meta, read 10 March 2026.</see>
/// </remarks>
internal static partial class TemplateHeaderText
{
    public static void Check(ref ViolationList violations, string path, string text)
    {
        if (TemplatePlaceholders.CountIn(text) is > 1 and var count)
        {
            violations.Add(path, "has more than one placeholder (2388047)", 1, count);
        }

        if (text.AsSpan().ContainsAny('\n', '\r'))
        {
            violations.Add(path, "has a line break (2388047)");
        }

        if (Emoji().IsMatch(text))
        {
            violations.Add(path, "has an emoji (2388047)");
        }

        if (Markup().IsMatch(text))
        {
            violations.Add(path, "has markup, such as *bold* (2388047)");
        }
    }

    // What is drawn as an emoji by itself, or because a selector or a key cap follows. Symbols that are text by themselves, such as a check mark,
    // are left to Meta.
    [GeneratedRegex(
        @"[\uFE0F\u20E3\u231A\u231B\u23E9-\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615\u2648-\u2653\u267F\u2693\u26A1\u26AA\u26AB\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD" +
        @"\u2705\u270A\u270B\u2728\u274C\u274E\u2753-\u2755\u2757\u2795-\u2797\u27B0\u27BF\u2B1B\u2B1C\u2B50\u2B55]" +
        @"|\uD83C[\uDC04\uDCCF\uDD8E\uDD91-\uDD9A\uDDE6-\uDDFF\uDE01\uDE1A\uDE2F\uDE32-\uDE36\uDE38-\uDE3A\uDE50\uDE51\uDF00-\uDFFF]|\uD83D[\uDC00-\uDE4F\uDE80-\uDEFF\uDFE0-\uDFEB]|\uD83E[\uDD0C-\uDDFF\uDE70-\uDEFF]",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Emoji();

    // A word, or several, between two marks; one mark alone is a character as any other, and so is one within a word.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}])(?<mark>[*_~])(?=\S)[^*_~\r\n]+(?<=\S)\k<mark>(?![\p{L}\p{N}])|`",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Markup();
}
