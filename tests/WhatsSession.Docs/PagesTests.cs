using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace WhatsSession.Docs;

/// <summary>What holds of every page: its links lead somewhere, the map has it, and its samples compile.</summary>
public sealed partial class PagesTests
{
    private const int Patience = 10_000;

    /// <summary>Pages with a test class of their own, which compiles their samples, and runs those on behaviour.</summary>
    private static readonly string[] Elsewhere =
    [
        "README.md", "docs/aws-lambda.md", "docs/azure-functions.md", "docs/erasure.md", "docs/media.md", "docs/qr-codes.md", "docs/raw-requests.md", "docs/receiving.md",
        "docs/sending.md", "docs/session-messages.md", "docs/stores.md", "docs/templates.md", "docs/testing.md", "docs/turns.md",
    ];

    public static TheoryData<string> All => [.. Page.Names];

    public static TheoryData<string> Compiled => [.. Page.Names.Where(static name => Page.Of(name).Samples.Count > 0).Except(Elsewhere, StringComparer.Ordinal)];

    /// <summary>A sample that imports is a program or a file of its own; one that declares types stands beside it; the rest are statements.</summary>
    [Theory]
    [MemberData(nameof(Compiled))]
    public void Samples_OfAPage_Compile(string page)
    {
        var samples = Page.Of(page).Samples;
        var files = samples.Where(static sample => sample.StartsWith("using ", StringComparison.Ordinal)).ToList();
        var types = samples.Except(files).Where(static sample => TypeDeclaration().IsMatch(sample)).ToList();
        var statements = samples.Except(files).Except(types).Select(static (sample, i) => $"public async Task Sample{i}Async()\n{{\nawait Task.Yield();\n{sample}\n}}\n").ToList();
        var programs = files.Where(static file => file.Contains("Builder(args)", StringComparison.Ordinal)).ToList();
        var shared = files.Except(programs).Concat(types.Select(static type => Usings + type)).ToList();

        foreach (var program in programs)
        {
            Snippets.Compile(OutputKind.ConsoleApplication, [program, .. shared]).Should().NotBeEmpty();
        }

        Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, [Beginning + string.Concat(statements) + "}", .. shared]).Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Links_OfAPage_LeadSomewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Page.Root, page))!;

        foreach (var link in Link().Matches(Page.Of(page).Text).Select(static match => match.Groups["to"].Value).Where(static link => !link.StartsWith("http", StringComparison.Ordinal)))
        {
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? Path.Combine(Page.Root, page) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            (File.Exists(target) || Directory.Exists(target)).Should().BeTrue("{0} links to {1}", page, link);
            if (parts.Length == 2)
            {
                Anchors(File.ReadAllText(target)).Should().Contain(parts[1], "{0} links to {1}", page, link);
            }
        }
    }

    [Fact]
    public void Map_OfTheDocuments_HasEveryPage()
    {
        var linked = Link().Matches(Page.Of("docs/README.md").Text).Select(static match => "docs/" + match.Groups["to"].Value).ToList();

        Page.Names.Except(linked, StringComparer.Ordinal).Should().BeEquivalentTo("docs/README.md", "README.md");
    }

    [Fact]
    public void Readme_LeadsToTheMap() => Page.Of("README.md").Text.Contains("(docs/README.md)", StringComparison.Ordinal).Should().BeTrue();

    /// <summary>What GitHub makes of a heading.</summary>
    private static IEnumerable<string> Anchors(string text)
    {
        foreach (var heading in text.Split('\n').Where(static line => line.StartsWith('#')))
        {
            var anchor = new StringBuilder();
            foreach (var letter in heading.TrimStart('#').Trim().ToLowerInvariant())
            {
                _ = letter == ' ' ? anchor.Append('-') : char.IsLetterOrDigit(letter) || letter is '-' or '_' ? anchor.Append(letter) : anchor;
            }

            yield return anchor.ToString();
        }
    }

    private const string Usings = """
        using System.Text.Json.Serialization;
        using NodaTime;
        using WhatsSession;
        using WhatsSession.Json;

        """;

    // What the pages take for granted.
    private const string Beginning = """
        using Microsoft.Extensions.AI;
        using NodaTime;
        using WhatsSession;
        using WhatsSession.Emulator;

        public sealed class Page(
            WebApplication app, WebApplicationBuilder builder, IConfiguration section, WhatsSessionRuntime runtime, IWhatsSession whatsApp, Conversation conversation, SendOutcome outcome,
            IAsyncEnumerable<(CustomerId, Instant)> messages, IChatClient model, byte[] body, string signature, string token, ILogger logger, Received<TextReceived> m)
        {
            private readonly CancellationToken ct = default;

            public object[] Used => [app, builder, section, runtime, whatsApp, conversation, outcome, messages, model, body, signature, token, logger, m, ct];

        """;

    [GeneratedRegex(@"^(public |internal |file )?(sealed |static |abstract )*(partial )?(class|record|interface|struct) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"(?<!!)\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Link();
}
