namespace WhatsSession.Docs;

/// <summary>A page of the documents.</summary>
internal sealed class Page
{
    private const string End = "<!-- end -->";

    private readonly string _path;

    private Page(string path) => _path = path;

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(QuickstartTests.SampleFolder, "../../../../.."));

    /// <summary>Every page under <c>docs</c>, and the README.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Select(path => "docs/" + Path.GetFileName(path)).Order(StringComparer.Ordinal).Append("README.md");

    public string Text => File.ReadAllText(_path);

    public IReadOnlyList<string> Samples => Snippets.In(Text);

    /// <param name="name">Its path in the repository, such as <c>docs/events.md</c>.</param>
    public static Page Of(string name) => new(Path.Combine(Root, name));

    /// <summary>Holds a part of the page, from its opening comment to the next <c>end</c>, to what the code says.</summary>
    /// <remarks>Set <c>WHATSSESSION_WRITE_GOLDEN</c> to 1 to write it anew, and review the difference.</remarks>
    public void ShouldHave(string part, string written)
    {
        var text = Text;
        var begin = $"<!-- {part}: written by tests/WhatsSession.Docs -->";
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        from.Should().BeGreaterThanOrEqualTo(0, "the page has \"{0}\"", begin);
        from += begin.Length;
        var to = text.IndexOf(End, from, StringComparison.Ordinal);
        written = $"\n{written.Trim('\n')}\n";
        if (Environment.GetEnvironmentVariable("WHATSSESSION_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(_path, text[..from] + written + text[to..]);
            return;
        }

        text[from..to].Should().Be(written, "WHATSSESSION_WRITE_GOLDEN=1 writes it anew");
    }
}
