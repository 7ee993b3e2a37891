using System.Collections.Concurrent;
using System.Net;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>Handlers that download what the customer sent, while Meta does not answer.</summary>
[WithoutEmulator("Meta's answers are those of the test")]
public sealed class DownloadingHandlerTests
{
    private readonly ConcurrentQueue<string> _calls = [];

    [Fact]
    public async Task DownloadAsync_LookUpFailsForGood_FailsTheHandlerSoThatTheEventComesAgain()
    {
        await using var scene = await StartAsync(options => options.Deadline = TimeSpan.FromSeconds(1));
        var isUp = false;
        scene.Http.Answer = (request, _) => Task.FromResult(isUp ? Answer(request) : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        await scene.AcceptAsync(Sample.Webhook("inbound-image-no-url"));
        await scene.DrainAsync();
        isUp = true;

        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        _calls.Should().Equal("1: HTTP 503", "2: 3 bytes");
    }

    [Fact]
    public async Task GetMediaAsync_MetaFailsOnce_IsAskedAgain()
    {
        await using var scene = await StartAsync();
        var asked = 0;
        scene.Http.Answer = (request, _) => Task.FromResult(++asked == 1 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Answer(request));

        var asking = scene.Runtime.Client.Number("support").GetMediaAsync("1");
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        (await asking).IsSuccess.Should().BeTrue();
    }

    private static HttpResponseMessage Answer(SentRequest request) =>
        request.Address.Host == "graph.facebook.com" ? StubHttp.Json(HttpStatusCode.OK, """{"url":"https://lookaside.fbsbx.com/x","id":"1"}""")
        : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([1, 2, 3]) };

    private Task<Scene> StartAsync(Action<WhatsSessionOptions>? options = null) => Scene.StartAsync(
        builder => builder.OnMessage<ImageReceived>(async (message, cancellationToken) =>
        {
            try
            {
                _calls.Enqueue($"{message.Attempt}: {(await message.DownloadAsync(Stream.Null, cancellationToken)).Length} bytes");
            }
            catch (GraphErrorException exception)
            {
                _calls.Enqueue($"{message.Attempt}: {exception.Error.Message}");
                throw;
            }
        }),
        options);
}
