using System.Reflection;
using Microsoft.CodeAnalysis;
using WhatsSession.Emulator;

namespace WhatsSession.Docs;

/// <summary>The samples of the page on media, compiled as they stand there and run against the emulator.</summary>
public sealed class MediaPageTests
{
    [Fact]
    public async Task Samples_RunAgainstTheEmulator_SendUploadFetchAndDelete()
    {
        var snippets = Snippets.In(await File.ReadAllTextAsync(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs/media.md")));
        using var folder = new TemporaryFolder();
        var tracking = folder.File("tracking-4410.pdf");
        await File.WriteAllTextAsync(tracking, "%PDF");
        var body = string.Join('\n', snippets).Replace("\"tracking-4410.pdf\"", Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(tracking, quote: true), StringComparison.Ordinal);
        var image = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;

            public static class Page
            {
                public static async Task<string?> RunAsync(IWhatsSession whatsApp, Stream film, Stream picture, Stream destination, IProgress<long> progress, CancellationToken ct)
                {
                    {{body}}
                    return handle;
                }
            }
            """);
        await using var meta = await WhatsAppEmulator.StartAsync();
        await using var app = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", "314159265358979", "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = meta.BaseAddress;
            },
            _ => { });
        await meta.Customer("15550001234").SaysAsync("Where is it?");
        using var film = new MemoryStream("a film"u8.ToArray());
        using var picture = new MemoryStream("a picture"u8.ToArray());
        using var destination = new MemoryStream();

        var handle = await (Task<string?>)Assembly.Load(image).GetType("Page")!.GetMethod("RunAsync")!
            .Invoke(null, [app.Client, film, picture, destination, new Progress<long>(), CancellationToken.None])!;

        handle.Should().StartWith("4::");
        destination.ToArray().Should().Equal(film.ToArray());
        meta.Requests.Where(request => request.Type is not null).Select(request => (request.Type, request.StatusCode)).Should().Equal(("document", 200), ("video", 200));
        meta.Requests.Should().Contain(request => request.Method == "DELETE" && request.StatusCode == 200);
    }
}
