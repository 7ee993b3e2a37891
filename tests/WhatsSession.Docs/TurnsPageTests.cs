using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WhatsSession.Docs;

/// <summary>The samples of the page on turns, compiled as they stand there; the program is run, and prints what the page says.</summary>
public sealed class TurnsPageTests
{
    private static readonly string Path = System.IO.Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs/turns.md");

    [Fact]
    public async Task Program_OfThePage_PrintsWhatThePageSays()
    {
        var page = await File.ReadAllTextAsync(Path);
        var lines = Snippets.In(page)[1].Split('\n');
        var image = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            {{string.Join('\n', lines.Where(static line => line.StartsWith("using ", StringComparison.Ordinal)))}}

            public static class Page
            {
                public static async Task RunAsync(TextWriter Console)
                {
                    {{string.Join('\n', lines.Where(static line => !line.StartsWith("using ", StringComparison.Ordinal)))}}
                }
            }
            """);
        await using var console = new StringWriter { NewLine = "\n" };
        var run = (Task)Assembly.Load(image).GetType("Page")!.GetMethod("RunAsync")!.Invoke(null, [TextWriter.Synchronized(console)])!;

        await run.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        console.ToString().Should().Be(page.Split("```text\n")[1].Split("```")[0]);
    }

    [Fact]
    public async Task UnitTest_OfThePage_SendsOneMessage()
    {
        var image = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;
            using WhatsSession.Testing;

            public static class Page
            {
                public static async Task<int> RunAsync()
                {
                    {{Snippets.In(await File.ReadAllTextAsync(Path))[2]}}
                    return whatsApp.Sent.Count;
                }
            }
            """);

        (await (Task<int>)Assembly.Load(image).GetType("Page")!.GetMethod("RunAsync")!.Invoke(null, [])!).Should().Be(1);
    }

    [Fact]
    public async Task Registration_OfThePage_Compiles() => Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
        using WhatsSession;

        public static class Page
        {
            public static void Run(WebApplicationBuilder builder, IConfiguration section)
            {
                {{Snippets.In(await File.ReadAllTextAsync(Path))[0]}}
            }
        }
        """).Should().NotBeEmpty();
}
