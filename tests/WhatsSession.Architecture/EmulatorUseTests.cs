using System.Text.RegularExpressions;

namespace WhatsSession.Architecture;

/// <summary>Behaviour of the SDK is tested against the emulator; a class that is not says why in its attribute.</summary>
public sealed partial class EmulatorUseTests
{
    private static readonly (string Name, string Text)[] Classes = [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests", "WhatsSession.Sdk.Tests"), "*Tests.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))];

    [Fact]
    public void EveryTestClassOfTheSdk_UsesTheEmulatorOrSaysWhyNot()
    {
        Classes.Should().HaveCountGreaterThan(30);
        Classes.Where(found => !UsesEmulator().IsMatch(found.Text) && !SaysWhyNot().IsMatch(found.Text)).Select(found => found.Name).Should().BeEmpty();
    }

    [Fact]
    public void ClassesThatSayWhyNot_DoNotUseIt() =>
        Classes.Where(found => UsesEmulator().IsMatch(found.Text) && SaysWhyNot().IsMatch(found.Text)).Select(found => found.Name).Should().BeEmpty();

    [GeneratedRegex(@"\b(EmulatedScene|WhatsAppEmulator)\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsesEmulator();

    [GeneratedRegex(@"^\[WithoutEmulator\(""\S.*""\)\]", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SaysWhyNot();
}
