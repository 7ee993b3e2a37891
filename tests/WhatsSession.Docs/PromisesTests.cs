using System.Text.RegularExpressions;

namespace WhatsSession.Docs;

/// <summary>What the README and the pages say of the whole, which no test of a part holds.</summary>
public sealed partial class PromisesTests
{
    private const int Patience = 10_000;

    [Fact]
    public void Outcomes_OfThePage_AreThoseOfTheType() =>
        Rows().Matches(Page.Of("docs/sending.md").Text.Split("## The outcomes")[1].Split("\n## ")[0]).Select(static match => match.Groups["name"].Value)
            .Should().BeEquivalentTo(typeof(SendOutcome).GetNestedTypes().Where(static type => type.IsSubclassOf(typeof(SendOutcome))).Select(static type => type.Name))
            .And.HaveCount(9, "the README says nine");

    /// <summary>Whoever makes it takes these words out: they say that nobody does.</summary>
    [Theory]
    [InlineData("README.md", "no version makes it yet")]
    [InlineData("docs/sending.md", "no version produces it yet")]
    public void OptedOut_WhileThePageSaysSo_IsMadeByNobody(string page, string words)
    {
        // What was kept of an outcome is read back by these two.
        string[] readers = ["OutcomeRecord.cs", "SendOutcomeForm.cs"];
        var makers = Directory.GetFiles(Path.Combine(Page.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !readers.Contains(Path.GetFileName(path), StringComparer.Ordinal) && Made().IsMatch(File.ReadAllText(path)));

        Page.Of(page).Text.Contains(words, StringComparison.Ordinal).Should().BeTrue();
        makers.Should().BeEmpty();
    }

    [Fact]
    public void Packages_OfTheReadme_AreThoseThatArePacked() =>
        Rows().Matches(Page.Of("README.md").Text.Split("| package | for |")[1]).Select(static match => match.Groups["name"].Value)
            .Should().BeEquivalentTo(Directory.GetDirectories(Path.Combine(Page.Root, "src"), "WhatsSession.*").Select(Path.GetFileName).Append("WhatsSession.StoreConformance"));

    /// <summary>Until a store for many machines is there, no page promises one.</summary>
    [Fact]
    public void SeveralMachines_WithoutAStoreForThem_AreNotPromised()
    {
        Directory.Exists(Path.Combine(Page.Root, "src", "WhatsSession.PostgreSql")).Should().BeFalse("then the README says so, and this test goes");
        Page.Of("README.md").Text.Contains("A store for several machines does not exist yet", StringComparison.Ordinal).Should().BeTrue();
    }

    [GeneratedRegex(@"^\| `(?<name>[\w.]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Rows();

    [GeneratedRegex(@"new (SendOutcome\.)?OptedOut\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Made();
}
