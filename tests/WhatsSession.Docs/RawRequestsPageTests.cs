using System.Net;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace WhatsSession.Docs;

/// <summary>The samples of the page on raw requests, compiled as they stand there and run.</summary>
public sealed class RawRequestsPageTests
{
    [Fact]
    public async Task Samples_Run_PostThese()
    {
        var snippets = Snippets.In(await File.ReadAllTextAsync(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs/raw-requests.md")));
        var image = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using System.Text.Json;
            using WhatsSession;

            public static class Page
            {
                public static async Task RunAsync(GraphClient graph, AccessToken token, string sdp, string pin, CancellationToken ct)
                {
                    {{string.Join('\n', snippets)}}
                }
            }
            """);
        using var meta = new Recorder();
        using var http = new HttpClient(meta);

        await (Task)Assembly.Load(image).GetType("Page")!.GetMethod("RunAsync")!
            .Invoke(null, [new GraphClient(http, new GraphClientOptions()), new AccessToken("t"), "v=0\r\n", "123456", CancellationToken.None])!;

        meta.Requests.Select(request => request.Path).Should().Equal(
            new[] { "calls", "conversational_automation", "register", "username" }.Select(edge => $"POST /v27.0/314159265358979/{edge}"));
        meta.Requests[0].Body.GetProperty("session").GetProperty("sdp").GetString().Should().Be("v=0\r\n");
        meta.Requests[2].Body.GetProperty("pin").GetString().Should().Be("123456");
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<(string Path, JsonElement Body)> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Requests.Add(($"{request.Method} {request.RequestUri!.AbsolutePath}", JsonDocument.Parse(body).RootElement));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"success":true}""") };
        }
    }
}
