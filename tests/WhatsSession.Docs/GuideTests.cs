using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WhatsSession.Docs;

/// <summary>The samples of the guides, compiled as they stand there; those on sending are run against the emulator too.</summary>
public sealed class GuideTests
{
    [Fact]
    public async Task Sending_Samples_RunAgainstTheEmulator()
    {
        var image = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;

            public static class Page
            {
                public static async Task RunAsync(IWhatsSession whatsApp, SessionMessage message, TemplateMessage template, Action<string> log, CancellationToken ct)
                {
                    {{await ReadAsync("sending.md")}}
                }
            }
            """);
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Where is it?");
        var run = (Task)Assembly.Load(image).GetType("Page")!.GetMethod("RunAsync")!.Invoke(
            null, [shop.App.Client, new TextMessage("Hello"), new TemplateMessage("order_shipped", "en_US", "42"), (Action<string>)(_ => { }), CancellationToken.None])!;
        for (var i = 0; i < 10_000 && !run.IsCompleted; i++)
        {
            await shop.SettleAsync();
        }

        await run;
        shop.Meta.Requests.Count(static request => request is { Type: "text", StatusCode: 200 }).Should().BeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task SessionMessages_Samples_Compile() => Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
        using NodaTime;
        using WhatsSession;

        public static class Page
        {
            public static async Task RunAsync(
                WebApplicationBuilder builder, IConfiguration section, IWhatsSession whatsApp, Conversation conversation, IAsyncEnumerable<(CustomerId, Instant)> messages, Instant at, CancellationToken ct)
            {
                {{(await ReadAsync("session-messages.md")).Replace("async (w, ct) => await", "async (w, token) => await", StringComparison.Ordinal).Replace("today?\", ct)", "today?\", token)", StringComparison.Ordinal)}}
            }
        }
        """).Should().NotBeEmpty();

    /// <summary>Each sample in a method of its own, over what the page takes for granted.</summary>
    [Fact]
    public async Task Receiving_Samples_Compile()
    {
        var samples = Snippets.In(await File.ReadAllTextAsync(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs/receiving.md")));
        var methods = samples.Select(static (sample, i) => $"public async Task Sample{i}Async()\n{{\nawait Task.Yield();\n{sample}\n}}\n");

        Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;

            public interface IOrders { Task ConfirmAsync(string id, CancellationToken ct); }

            public sealed class Page(WebApplication app, WebApplicationBuilder builder, IConfiguration section, WhatsSessionOptions o, WhatsSessionBuilder b, WhatsSessionRuntime runtime, HttpRequest request, byte[] body, string token, string secret)
            {
                private readonly CancellationToken ct = default;

                {{string.Concat(methods)}}
            }
            """).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Logging_Samples_Compile() =>
        Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;

            public static class Page
            {
                public static void Run(WhatsSessionBuilder builder, ILogger logger, Received<TextReceived> m)
                {
                    {{await ReadAsync("logging.md")}}
                }
            }
            """).Should().NotBeEmpty();

    private static async Task<string> ReadAsync(string page) =>
        string.Join('\n', Snippets.In(await File.ReadAllTextAsync(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs", page))));
}
