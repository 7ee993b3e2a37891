using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WhatsSession.Docs;

/// <summary>The samples of the page on the emulator, compiled as they stand there.</summary>
public sealed class EmulatorPageTests
{
    [Fact]
    public async Task Samples_OfThePageOnTheEmulator_Compile()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs/emulator.md"));

        var image = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using Microsoft.AspNetCore.Builder;
            using WhatsSession;
            using WhatsSession.Emulator;

            public static class Page
            {
                public static async Task RunAsync()
                {
                    var builder = WebApplication.CreateBuilder();
                    {{string.Join('\n', Snippets.In(page))}}
                }
            }
            """);

        Assembly.Load(image).GetType("Page").Should().NotBeNull();
    }
}
