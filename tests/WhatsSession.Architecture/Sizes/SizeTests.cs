using WhatsSession.Architecture.Overloads;

namespace WhatsSession.Architecture.Sizes;

/// <summary>What a reader has to hold in mind at once.</summary>
public sealed class SizeTests
{
    private const int LongestType = 400;

    /// <summary>Files that do not count to their type, each with its reason: lists whose members stand alone. Each stays under the limit by itself.</summary>
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["GraphErrorCodes.Accounts.cs"] = "Meta's codes, a constant each",
        ["GraphErrorCodes.General.cs"] = "Meta's codes, a constant each",
        ["GraphErrorCodes.Messages.cs"] = "Meta's codes, a constant each",
        ["GraphErrorCodes.Templates.cs"] = "Meta's codes, a constant each",
    };

    public static TheoryData<string> Projects => Repository.ProjectNames;

    [Theory]
    [MemberData(nameof(Projects))]
    public void Types_WithTheirPartialFiles_StayUnder400Lines(string project) =>
        LongTypes(project).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void Files_WithAList_StayUnder400Lines(string project) =>
        Repository.Project(project).Files.Where(file => file.Text.Count(c => c == '\n') >= LongestType).Select(file => file.Path).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void Lines_OfAProject_FitInto160Columns(string project) =>
        WideLinesOf(project).Should().BeEmpty();

    [Fact]
    public void Lists_AreFilesThatExist() =>
        Lists.Keys.Should().BeSubsetOf(Repository.SourceFiles.Select(Path.GetFileName));

    [Fact]
    public void Of_PartialType_AddsItsFilesUp() =>
        TypeSizes.Of([
            new("A.cs", "using System;\n\nnamespace P;\n\n/// <summary>One.</summary>\n[Flags]\npartial class C\n{\n    class Nested\n    {\n    }\n}\n"),
            new("B.cs", "namespace P;\n\npartial class C\n{\n}\n\nclass C<T>;\n"),
            new("Other.cs", "namespace Q { class C { } }"),
        ]).Should().Equal(new Dictionary<string, int>(StringComparer.Ordinal) { ["P.C"] = 11, ["P.C`1"] = 1, ["Q.C"] = 1 });

    [Theory]
    [InlineData("class C { } // ", true)]
    [InlineData("// ", true)]
    [InlineData("/// <summary>See https://example.org/", true)]
    [InlineData("/// https://example.org/", false)]
    [InlineData("var text = \"", true)]
    [InlineData("    \"", false)]
    [InlineData("    + @\"", false)]
    [InlineData("    $\"", false)]
    public void In_LineOf161Columns_IsWideUnlessItCannotBeBroken(string start, bool wide)
    {
        var end = start.Contains('"', StringComparison.Ordinal) ? "\";" : "";
        var line = $"{start}{new string('x', WideLines.Columns + 1 - start.Length - end.Length)}{end}";

        WideLines.In($"\n{line}\n").Should().Equal(wide ? [2] : []);
        WideLines.In($"\n{line.Replace("xx", "x", StringComparison.Ordinal)}\n").Should().BeEmpty();
    }

    [Fact]
    public void In_CommentOfTwoLongWords_IsWide() => WideLines.In($"// {new string('x', 100)} {new string('x', 100)}").Should().Equal(1);

    private static bool IsList(string file) => Lists.ContainsKey(file) || HandlerOverloads.Verbs.Any(verb => HandlerOverloads.FileOf(verb) == file);

    private static IEnumerable<KeyValuePair<string, int>> LongTypes(string project) =>
        TypeSizes.Of(Repository.Project(project).Files.Where(file => !IsList(Path.GetFileName(file.Path)))).Where(type => type.Value >= LongestType);

    private static IEnumerable<string> WideLinesOf(string project) =>
        Repository.Project(project).Files.SelectMany(file => WideLines.In(file.Text).Select(line => $"{project}/{file.Path}:{line}"));
}
