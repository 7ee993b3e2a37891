using System.Text.RegularExpressions;

namespace WhatsSession.Architecture;

/// <summary>Behaviour of the SDK is tested against the emulator; what is not says why in <c>tests/README.md</c>.</summary>
public sealed partial class EmulatorUseTests
{
    private static readonly string Tests = Path.Combine(Repository.Root, "tests");

    [Fact]
    public void EveryTestClassOfTheSdk_UsesTheEmulatorOrSaysWhyNot()
    {
        var without = Directory.EnumerateFiles(Path.Combine(Tests, "WhatsSession.Sdk.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Where(file => !UsesEmulator().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileNameWithoutExtension(file)!);

        without.Should().BeEquivalentTo(Listed(), "tests/README.md lists the classes without the emulator, those alone, each with its reason");
    }

    private static IEnumerable<string> Listed() => Line().Matches(File.ReadAllText(Path.Combine(Tests, "README.md"))).Select(line => line.Groups["class"].Value);

    [GeneratedRegex(@"\b(EmulatedScene|WhatsAppEmulator)\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsesEmulator();

    [GeneratedRegex(@"^\| `(?<class>\w+Tests)` \| \S", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
