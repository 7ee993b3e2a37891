using System.Net;
using System.Text;

namespace WhatsSession.Graph.Tests.Transport;

/// <summary>Requests that this version has no method for.</summary>
public sealed class RawRequestTests : IDisposable
{
    private readonly StubHttp _http = new();
    private readonly HttpClient _client;
    private readonly GraphClient _graph;

    public RawRequestTests()
    {
        _client = new HttpClient(_http, disposeHandler: false);
        _graph = new GraphClient(_client, new GraphClientOptions { Version = "v27.0" });
    }

    public static TheoryData<string> PathsThatLeadElsewhere { get; } = new(
        "",
        "?fields=id",
        "/me",
        "//example.org/me",
        "https://example.org/me",
        "https:me",
        "HTTP:/me",
        "ftp://example.org/me",
        "..",
        "../v1.0/me",
        "me/../../v1.0/me",
        "me/..",
        "me/./you",
        "%2e%2e/me",
        "me/.%2E/you",
        "..%2fme",
        "..%5Cme",
        "me//you",
        "\\\\example.org\\me",
        "me\\..\\you",
        "me#you",
        "me you",
        "me\r\nHost: example.org",
        "me\0",
        "me\u007F",
        "me?access_token=abc",
        "me?fields=id&Access_Token=abc",
        "me?access%5Ftoken=abc");

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task SendRawAsync_Json_GoesOutAsItIs()
    {
        const string Json = """ { "b" : 1.50, "a" : ["é", "\u00e9", null] } """;
        _http.AnswerWith(HttpStatusCode.OK, """{ "new" : "thing", "id":"1" }""");

        var result = await _graph.SendRawAsync(HttpMethod.Post, "314159265358979/new_things?fields=a,b", Json, Given.AccessToken);

        var sent = _http.Requests.Should().ContainSingle().Subject;
        sent.Method.Should().Be(HttpMethod.Post);
        sent.Address.AbsoluteUri.Should().Be("https://graph.facebook.com/v27.0/314159265358979/new_things?fields=a,b");
        sent.Text.Should().Be(Json);
        sent.Headers["Authorization"].Should().Be("Bearer " + Given.AccessToken);
        sent.Headers["User-Agent"].Should().StartWith("WhatsSession/");
        sent.Headers["Content-Type"].Should().Be("application/json; charset=utf-8");
        result.IsSuccess.Should().BeTrue();
        result.HttpStatus.Should().Be(200);
        result.ToString().Should().Be("HTTP 200");
        Encoding.UTF8.GetString(result.EnsureSuccess().Span).Should().Be("""{ "new" : "thing", "id":"1" }""");
    }

    [Theory]
    [InlineData("me", "https://graph.facebook.com/v27.0/me")]
    [InlineData("1/a?next=https://example.org/../x", "https://graph.facebook.com/v27.0/1/a?next=https://example.org/../x")]
    [InlineData("upload:MTphd?sig=a", "https://graph.facebook.com/v27.0/upload:MTphd?sig=a")]
    [InlineData("debug_token?input_token=abc", "https://graph.facebook.com/v27.0/debug_token?input_token=abc")]
    [InlineData("@example.org", "https://graph.facebook.com/v27.0/@example.org")]
    public async Task SendRawAsync_WithoutJson_AsksThere(string path, string address)
    {
        await _graph.SendRawAsync(HttpMethod.Get, path, json: null, Given.AccessToken);

        var sent = _http.Requests.Should().ContainSingle().Subject;
        sent.Address.AbsoluteUri.Should().Be(address);
        sent.Body.Should().BeEmpty();
        sent.Headers.Should().NotContainKey("Content-Type");
    }

    [Fact]
    public async Task SendRawAsync_BaseAddressWithAPath_StaysBelowIt()
    {
        var graph = new GraphClient(_client, new GraphClientOptions { BaseAddress = new Uri("http://127.0.0.1:8080/meta"), Version = "v27.0" });

        await graph.SendRawAsync(HttpMethod.Delete, "1/a", json: null, Given.AccessToken);

        _http.Requests.Single().Address.AbsoluteUri.Should().Be("http://127.0.0.1:8080/meta/v27.0/1/a");
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.OK)]
    public async Task SendRawAsync_MetasError_IsAnErrorWithoutTheTokenWhateverTheStatus(HttpStatusCode status)
    {
        _http.AnswerWith(status, """{"error":{"message":"Malformed access token EAAtoken","code":190,"error_user_msg":"EAAtoken is wrong"}}""");

        var result = await _graph.SendRawAsync(HttpMethod.Get, "me", json: null, Given.AccessToken);

        result.HttpStatus.Should().Be((int)status);
        result.Error!.Code.Should().Be(190);
        result.Error.Message.Should().Be("Malformed access token *");
        result.Error.UserMessage.Should().Be("* is wrong");
        result.Body.IsEmpty.Should().BeTrue("Meta's own words could have the token in them");
        result.Invoking(failed => failed.EnsureSuccess()).Should().Throw<GraphErrorException>();
    }

    [Fact]
    public async Task SendRawAsync_Throttled_SaysForHowLong()
    {
        _http.Answer = (_, _) => Task.FromResult(StubHttp.RateLimited(TimeSpan.FromSeconds(7)));

        (await _graph.SendRawAsync(HttpMethod.Get, "me", json: null, Given.AccessToken)).RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, "<html>sorry</html>", GraphErrorCategory.Unavailable)]
    [InlineData(HttpStatusCode.NotFound, "", GraphErrorCategory.Configuration)]
    public async Task SendRawAsync_AnswerOfAGateway_IsAnError(HttpStatusCode status, string body, GraphErrorCategory category)
    {
        _http.AnswerWith(status, body);

        (await _graph.SendRawAsync(HttpMethod.Get, "me", json: null, Given.AccessToken)).Error!.Category.Should().Be(category);
    }

    [Fact]
    public async Task SendRawAsync_NoAnswer_IsNotReachedOrUnavailable()
    {
        _http.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        var unreached = await _graph.SendRawAsync(HttpMethod.Get, "me", json: null, Given.AccessToken);
        _http.Answer = (_, _) => throw new InvalidOperationException("a handler of the application");
        var lost = await _graph.SendRawAsync(HttpMethod.Post, "me", "{}", Given.AccessToken);

        unreached.Error!.Category.Should().Be(GraphErrorCategory.NotReached);
        lost.Error!.Category.Should().Be(GraphErrorCategory.Unavailable);
        lost.HttpStatus.Should().BeNull();
        lost.ToString().Should().Be("no answer");
    }

    [Fact]
    public async Task SendRawAsync_TimeOutOfTheHttpClient_IsNoAnswer()
    {
        using var client = new HttpClient(_http, disposeHandler: false) { Timeout = TimeSpan.FromMilliseconds(20) };
        _http.Answer = Never;

        var result = await new GraphClient(client, new GraphClientOptions()).SendRawAsync(HttpMethod.Post, "me", "{}", Given.AccessToken);

        result.Error!.Message.Should().Be("No answer from https://graph.facebook.com (time-out)");
    }

    [Fact]
    public async Task SendRawAsync_Cancelled_PassesThrough()
    {
        using var cancellation = new CancellationTokenSource();
        _http.Answer = async (sent, token) =>
        {
            await cancellation.CancelAsync();
            return await Never(sent, token);
        };

        await _graph.Invoking(graph => graph.SendRawAsync(HttpMethod.Post, "me", "{}", Given.AccessToken, cancellation.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [MemberData(nameof(PathsThatLeadElsewhere))]
    public async Task SendRawAsync_PathThatLeadsElsewhere_IsRefusedWithoutRequest(string path)
    {
        await _graph.Invoking(graph => graph.SendRawAsync(HttpMethod.Get, path, json: null, Given.AccessToken))
            .Should().ThrowAsync<ArgumentException>().WithParameterName(nameof(path));

        _http.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{'a':1}")]
    [InlineData("a=1&b=2")]
    [InlineData("[1,]")]
    public async Task SendRawAsync_TextThatIsNotJson_IsRefusedWithoutRequest(string json)
    {
        await _graph.Invoking(graph => graph.SendRawAsync(HttpMethod.Post, "me", json, Given.AccessToken))
            .Should().ThrowAsync<ArgumentException>().WithParameterName(nameof(json));

        _http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendRawAsync_HalfACharacter_IsRefusedAndNotReplaced() =>
        await _graph.Invoking(graph => graph.SendRawAsync(HttpMethod.Post, "me", $"\"{'\uD800'}\"", Given.AccessToken))
            .Should().ThrowAsync<ArgumentException>().WithParameterName("json");

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    public async Task SendRawAsync_AnyJsonValue_GoesOut(string json)
    {
        await _graph.SendRawAsync(HttpMethod.Post, "me", json, Given.AccessToken);

        _http.Requests.Single().Text.Should().Be(json);
    }

    [Fact]
    public async Task SendRawAsync_MissingArguments_Throw()
    {
        await _graph.Invoking(graph => graph.SendRawAsync(null!, "me", null, "t")).Should().ThrowAsync<ArgumentNullException>();
        await _graph.Invoking(graph => graph.SendRawAsync(HttpMethod.Get, null!, null, "t")).Should().ThrowAsync<ArgumentNullException>();
        await _graph.Invoking(graph => graph.SendRawAsync(HttpMethod.Get, "me", null, null!)).Should().ThrowAsync<ArgumentNullException>();
    }

    private static async Task<HttpResponseMessage> Never(SentRequest sent, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return StubHttp.Accepted();
    }
}
