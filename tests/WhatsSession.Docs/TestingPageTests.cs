using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WhatsSession.Docs;

/// <summary>The samples of the pages on testing and on erasure, compiled as they stand there and run.</summary>
public sealed class TestingPageTests
{
    private static readonly string Pages = Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs");

    [Fact]
    public async Task Samples_OfThePageOnTesting_Hold()
    {
        var snippets = Snippets.In(await File.ReadAllTextAsync(Path.Combine(Pages, "testing.md")));
        var image = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;
            using WhatsSession.Emulator;
            using WhatsSession.Testing;

            public static class Page
            {
                public static async Task<int> RunAsync()
                {
                    var held = 0;
                    void Check(bool holds) => held += holds ? 1 : throw new InvalidOperationException($"Check {held + 1} does not hold.");
                    {{string.Join('\n', snippets.Skip(1))}}
                    return content.Headers.Contains("X-Hub-Signature-256") ? held : 0;
                }
            }

            {{snippets[0]}}
            """);

        var held = await (Task<int>)Assembly.Load(image).GetType("Page")!.GetMethod("RunAsync")!.Invoke(null, [])!;

        held.Should().Be(9);
    }

    [Fact]
    public async Task Test_OfAHandler_TakesThreeLines() =>
        Snippets.In(await File.ReadAllTextAsync(Path.Combine(Pages, "testing.md")))[1].TrimEnd().Split('\n').Should().HaveCount(3);

    [Fact]
    public async Task Sample_OfThePageOnErasure_Compiles() =>
        Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;

            public static class Page
            {
                public static async Task RunAsync(IWhatsSession whatsApp, CancellationToken ct)
                {
                    {{string.Join('\n', Snippets.In(await File.ReadAllTextAsync(Path.Combine(Pages, "erasure.md"))))}}
                }
            }
            """).Should().NotBeEmpty();
}
