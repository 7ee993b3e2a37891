using System.Text.RegularExpressions;

namespace WhatsSession.Docs;

/// <summary>The page on a bot that does not answer names log lines, codes and answers that there are.</summary>
public sealed partial class TroublePageTests
{
    private const int Patience = 10_000;

    private static readonly string Text = Page.Of("docs/my-bot-does-not-answer.md").Text;

    [Fact]
    public void LogLines_OfThePage_AreLogged()
    {
        var logged = Directory.GetFiles(Path.Combine(Page.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => Path.GetFileName(path).Contains("Log", StringComparison.Ordinal))
            .SelectMany(static path => Logged().Matches(File.ReadAllText(path)))
            .Select(static match => $"`{match.Groups["name"].Value}` ({match.Groups["id"].Value})")
            .ToHashSet(StringComparer.Ordinal);

        Named().Matches(Text).Select(static match => match.Value).Should().HaveCountGreaterThan(10).And.OnlyContain(line => logged.Contains(line));
    }

    [Fact]
    public void Codes_OfThePage_AreKnown() =>
        Code().Matches(Text).Select(static match => int.Parse(match.Value))
            .Should().HaveCountGreaterThan(5).And.OnlyContain(code => GraphErrorCodes.CategoryOf(code) != GraphErrorCategory.Unknown);

    [Fact]
    public void Messages_OfThePage_AreThrown()
    {
        var source = string.Concat(Directory.GetFiles(Path.Combine(Page.Root, "src/WhatsSession.AspNetCore"), "*.cs").Select(File.ReadAllText));

        Thrown().Matches(Text).Select(static match => match.Groups["message"].Value).Should().HaveCountGreaterThan(1)
            .And.OnlyContain(message => source.Contains(message, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"LoggerMessage\(\s*(EventId = )?(?<id>\d+),.*?public static partial void (?<name>\w+)\(", RegexOptions.Singleline | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Logged();

    [GeneratedRegex(@"`\w+` \(\d+\)", RegexOptions.None, Patience)]
    private static partial Regex Named();

    // What stands before it, such as the key, differs.
    [GeneratedRegex(@"`(… )?(?<message>[^`|…]*MapWhatsApp [^`]*)`", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Thrown();

    // "131047" and "with 190" are Meta's; numbers of two or three digits elsewhere are answers over HTTP and ids of log lines.
    [GeneratedRegex(@"\b(1\d{5}|(?<=with )\d{2,3})\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Code();
}
