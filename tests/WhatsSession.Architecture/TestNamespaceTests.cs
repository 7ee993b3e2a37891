using System.Text.RegularExpressions;

namespace WhatsSession.Architecture;

/// <summary>A test is found by what it tests: its namespace is its project and its folder, and its folder is the room that it tests.</summary>
public sealed partial class TestNamespaceTests
{
    private static readonly string Tests = Path.Combine(Repository.Root, "tests");

    public static TheoryData<string> Projects => new(Directory.EnumerateFiles(Tests, "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_OfATestProject_AreItsNameAndTheFolder(string project) => Astray(project).Should().BeEmpty();

    private static IEnumerable<string> Astray(string project) =>
        from file in Directory.EnumerateFiles(Path.Combine(Tests, project), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Tests, file)
        let folders = path.Split(Path.DirectorySeparatorChar)[..^1]
        where folders is not [_, "bin" or "obj", ..]
        let match = Namespace().Match(File.ReadAllText(file))
        where match.Success && match.Groups["name"].Value != string.Join('.', folders)
        select $"{path} is in {match.Groups["name"].Value}";

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
