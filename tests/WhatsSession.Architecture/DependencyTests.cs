using System.Reflection;

namespace WhatsSession.Architecture;

public sealed class DependencyTests
{
    [Fact]
    public void Core_References_NodaTimeAndTheBaseLibraryAlone() =>
        References(Repository.Core).Should().OnlyContain(name => name == "NodaTime" || name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void Sdk_References_NoneOfThePackagesAboveIt() =>
        OursAmong(References(Repository.Sdk)).Should().BeEquivalentTo("WhatsSession.Core");

    [Fact]
    public void AspNetCore_References_NoStore() =>
        OursAmong(References(Repository.AspNetCore)).Should().BeSubsetOf(["WhatsSession.Core", "WhatsSession.Sdk"]);

    [Fact]
    public void Sqlite_References_NoWebFramework()
    {
        OursAmong(References(Repository.Sqlite)).Should().BeSubsetOf(["WhatsSession.Core", "WhatsSession.Sdk"]);
        References(Repository.Sqlite).Should().NotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Sdk_References_NoWebFrameworkAndNoDatabase() =>
        References(Repository.Sdk).Should().NotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.Contains("Sqlite", StringComparison.Ordinal));

    /// <summary>The emulator is a second reading of Meta's rules; a misunderstanding must not be shared.</summary>
    [Fact]
    public void Emulator_References_NothingOfOurs()
    {
        OursAmong(References(Repository.Emulator)).Should().BeEmpty();
        File.ReadAllText(Path.Combine(Repository.Root, "src/WhatsSession.Emulator/WhatsSession.Emulator.csproj")).Should().NotContain("ProjectReference");
        Repository.SourceFiles.Where(file => file.Contains("WhatsSession.Emulator", StringComparison.Ordinal)).SelectMany(File.ReadLines).Should().NotContain("using WhatsSession;");
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<string> OursAmong(IEnumerable<string> names) => names.Where(name => name.StartsWith("WhatsSession.", StringComparison.Ordinal));
}
