namespace WhatsSession.Architecture;

public sealed class SourceTests
{
    [Fact]
    public void TheLengthOfTheWindow_IsWrittenDownOnce() =>
        Repository.SourceFiles
            .Where(file => file.Contains("WhatsSession.Core", StringComparison.Ordinal) || file.Contains("WhatsSession.Sdk" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("Duration.FromHours(24)", StringComparison.Ordinal) || File.ReadAllText(file).Contains("86400", StringComparison.Ordinal))
            .Select(Path.GetFileName)
            .Should().BeEquivalentTo("CustomerServiceWindow.cs");

    [Fact]
    public void TheRoot_HoldsWhatTheArchitectureLists()
    {
        string[] listed =
        [
            "src", "tests", "samples", "docs", "eng", "templates", ".ci", ".config", ".git", "artifacts", ".editorconfig", ".gitattributes", ".gitignore",
            "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config", "WhatsSession.Sdk.sln",
            "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
        ];

        // What builds and test runs leave behind is not of the tree: .gitignore lists it.
        var ignored = File.ReadLines(Path.Combine(Repository.Root, ".gitignore")).Select(line => line.TrimEnd('/'));
        Directory.EnumerateFileSystemEntries(Repository.Root).Select(Path.GetFileName).Except(ignored).Should().BeSubsetOf(listed);
    }
}
