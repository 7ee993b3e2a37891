using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Graph.Tests.Transport;

/// <summary>Requests that do no harm when they are made twice are, as long as the options say, while Meta is busy, fails or gives no answer. No other is.</summary>
public sealed class RepeatedRequestTests : IDisposable
{
    private const string Lookaside = "https://lookaside.fbsbx.com/x";
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];
    private readonly FakeTimeProvider _clock = new();
    private readonly StubHttp _http = new();
    private readonly HttpClient _client;
    private readonly GraphClient _graph;

    public RepeatedRequestTests()
    {
        _client = new HttpClient(_http, disposeHandler: false);
        _graph = new GraphClient(_client, new GraphClientOptions { RepeatFor = TimeSpan.FromSeconds(30), Clock = _clock });
    }

    public static TheoryData<string> Safe => [.. Calls.Where(call => call.Value.Answer is not null).Select(call => call.Key)];

    public static TheoryData<string> Unsafe => [.. Calls.Where(call => call.Value.Answer is null).Select(call => call.Key)];

    /// <summary>Every request that posts no message, with an answer of success where it may be made twice.</summary>
    private static Dictionary<string, (Func<GraphClient, Task<GraphError?>> Make, string? Answer)> Calls { get; } = new()
    {
        ["media details"] = (async graph => (await graph.Media.GetAsync(Given.Number, "1", "t")).Error, $$"""{"url":"{{Lookaside}}","id":"1"}"""),
        ["template"] = (async graph => (await graph.Templates.GetAsync("1", "t")).Error, """{"id":"1","name":"n","language":"en"}"""),
        ["templates"] = (graph => AllAsync(graph.Templates.ListAsync(Given.Account, new TemplateQuery(), "t")), """{"data":[]}"""),
        ["template comparison"] = (async graph => (await graph.Templates.CompareAsync("1", "2", Given.T0, Given.T0 + NodaTime.Duration.FromDays(7), "t")).Error, """{"data":[]}"""),
        ["QR code"] = (async graph => (await graph.QrCodes.GetAsync(Given.Number, "A", "t")).Error, """{"data":[{"code":"A","prefilled_message":"hi","deep_link_url":"https://wa.me/message/A"}]}"""),
        ["QR codes"] = (graph => AllAsync(graph.QrCodes.ListAsync(Given.Number, "t")), """{"data":[]}"""),
        ["mark as read"] = (async graph => (await graph.Messages.MarkReadAsync(Given.Number, MessageId.Parse("wamid.a"), "t", typing: true)).Error, """{"success":true}"""),
        ["raw GET"] = (async graph => (await graph.SendRawAsync(HttpMethod.Get, "1/groups", json: null, "t")).Error, """{"data":[]}"""),
        ["raw POST"] = (async graph => (await graph.SendRawAsync(HttpMethod.Post, "1/register", "{}", "t")).Error, null),
        ["delete medium"] = (async graph => (await graph.Media.DeleteAsync(Given.Number, "1", "t")).Error, null),
        ["create QR code"] = (async graph => (await graph.QrCodes.CreateAsync(Given.Number, "hi", "t")).Error, null),
        ["delete template"] = (async graph => (await graph.Templates.DeleteAsync(Given.Account, "n", "t")).Error, null),
        ["edit template"] = (async graph => (await graph.Templates.EditAsync("1", new TemplateEdit(), "t")).Error, null),
        ["upload"] = (async graph => (await graph.Media.UploadAsync(Given.Number, new MemoryStream([1]), "image/png", "t")).Error, null),
    };

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    [Theory]
    [MemberData(nameof(Safe))]
    public async Task Ask_SafeRequestThatMetaCannotAnswerThreeTimes_IsMadeAgainUntilItDoes(string call)
    {
        var answers = new Queue<Func<HttpResponseMessage>>(
        [
            () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            () => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            () => StubHttp.Json(HttpStatusCode.TooManyRequests, """{"error":{"message":"slow","code":80007}}"""),
            () => StubHttp.Json(HttpStatusCode.OK, Calls[call].Answer!),
        ]);
        _http.Answer = (_, _) => Task.FromResult(answers.Dequeue()());

        var error = await ThroughWaitsAsync(Calls[call].Make(_graph));

        error.Should().BeNull();
        _http.Requests.Should().HaveCount(4);
        _http.Requests.Select(request => request.Text).Distinct().Should().ContainSingle("each try has the whole body");
    }

    [Theory]
    [MemberData(nameof(Safe))]
    public async Task Ask_SafeRequestThatFailsForGood_IsGivenUpWithinTheDeadlineAndIsSafeToRetry(string call)
    {
        _http.Answer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));

        var error = await ThroughWaitsAsync(Calls[call].Make(_graph));

        (error!.IsSafeToRetry, error.HttpStatus).Should().Be((true, 500));
        _http.Requests.Should().HaveCount(4, "the next would come after the deadline");
    }

    [Theory]
    [MemberData(nameof(Unsafe))]
    public async Task Ask_RequestThatChangesSomething_IsMadeOnce(string call)
    {
        _http.Answer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        var error = await Calls[call].Make(_graph);

        (error!.IsSafeToRetry, error.IsOfRepeatableRequest).Should().Be((false, false));
        _http.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Ask_NoTimeGiven_IsMadeOnceAndSafeToRetry()
    {
        _http.Answer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));

        var error = (await new GraphClient(_client, new GraphClientOptions()).Templates.GetAsync("1", "t")).Error;

        error!.IsSafeToRetry.Should().BeTrue();
        _http.Requests.Should().ContainSingle();
    }

    /// <summary>A listed code decides before the status: no permission is none, whatever status it came with.</summary>
    [Theory]
    [InlineData(HttpStatusCode.BadRequest, 100)]
    [InlineData(HttpStatusCode.InternalServerError, 3)]
    [InlineData(HttpStatusCode.TooManyRequests, 190)]
    public async Task Ask_WrongRequest_IsMadeOnce(HttpStatusCode status, int code)
    {
        _http.AnswerWith(status, $$$"""{"error":{"message":"no","code":{{{code}}}}}""");

        var error = (await _graph.Templates.GetAsync("1", "t")).Error;

        error!.IsSafeToRetry.Should().BeFalse();
        _http.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Ask_MetaNamesATime_WaitsThatLong()
    {
        var answers = new Queue<HttpResponseMessage>(
        [
            new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(20)) } },
            StubHttp.Json(HttpStatusCode.OK, """{"data":[]}"""),
        ]);
        _http.Answer = (_, _) => Task.FromResult(answers.Dequeue());

        var asking = AllAsync(_graph.QrCodes.ListAsync(Given.Number, "t"));
        _clock.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        asking.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromTicks(1));

        (await asking).Should().BeNull();
    }

    [Fact]
    public async Task Ask_CancelledWhileItWaits_PassesThrough()
    {
        using var cancelled = new CancellationTokenSource();
        _http.Answer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));

        var asking = _graph.Templates.GetAsync("1", "t", cancelled.Token);
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => asking).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DownloadAsync_LookUpAndContentFailOnce_IsDownloaded(bool withAddress)
    {
        var asked = 0;
        _http.Answer = (request, _) => Task.FromResult(
            ++asked % 2 == 1 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : request.Address.Host == "graph.facebook.com" ? StubHttp.Json(HttpStatusCode.OK, $$"""{"url":"{{Lookaside}}","id":"1"}""")
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([1, 2, 3]) });
        using var destination = new MemoryStream();

        var download = await ThroughWaitsAsync(_graph.Media.DownloadAsync(new MediaLocation(Given.Number, "1", withAddress ? new Uri(Lookaside) : null, Sha256: null), destination, "t"));

        download.IsSuccess.Should().BeTrue();
        destination.ToArray().Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task DownloadAsync_ConnectionToTheAddressOfTheWebhookIsReset_AsksWhereItIsNow()
    {
        _http.Answer = (request, _) => request.Address.AbsolutePath == "/first" ? throw new HttpRequestException(HttpRequestError.ResponseEnded)
            : Task.FromResult(request.Address.Host == "graph.facebook.com" ? StubHttp.Json(HttpStatusCode.OK, $$"""{"url":"{{Lookaside}}","id":"1"}""")
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([1]) });

        var download = await _graph.Media.DownloadAsync(new MediaLocation(Given.Number, "1", new Uri("https://lookaside.fbsbx.com/first"), Sha256: null), Stream.Null, "t");

        download.IsSuccess.Should().BeTrue();
    }

    private static async Task<GraphError?> AllAsync<T>(IAsyncEnumerable<T> list)
    {
        try
        {
            await foreach (var _ in list)
            {
            }

            return null;
        }
        catch (GraphErrorException exception)
        {
            return exception.Error;
        }
    }

    private async Task<T> ThroughWaitsAsync<T>(Task<T> asking)
    {
        foreach (var wait in Waits)
        {
            _clock.Advance(wait);
        }

        return await asking;
    }
}
