using System.Net;

namespace WhatsSession.Graph.Tests.Transport;

/// <summary>What is made of the answers to requests that post no message.</summary>
public sealed class AskingTests : IDisposable
{
    private readonly StubHttp _http = new();
    private readonly HttpClient _client;
    private readonly GraphClient _graph;

    public AskingTests()
    {
        _client = new HttpClient(_http, disposeHandler: false);
        _graph = new GraphClient(_client, new GraphClientOptions());
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html>sorry</html>")]
    [InlineData("""{"success":false}""")]
    [InlineData("""{"error":{"message":"no","code":131009}}""")]
    public async Task MarkReadAsync_AnswerThatDoesNotConfirmIt_IsAFailure(string body)
    {
        _http.AnswerWith(HttpStatusCode.OK, body);

        (await MarkReadAsync(_graph)).IsSuccess.Should().BeFalse();
    }

    [Fact]
    public async Task MarkReadAsync_Confirmed_IsSuccess()
    {
        _http.AnswerWith(HttpStatusCode.OK, Sample.Response("response-success-true"));

        (await MarkReadAsync(_graph)).IsSuccess.Should().BeTrue();
    }

    [Fact]
    public async Task MarkReadAsync_HandlerOfTheApplicationThrows_IsAFailure()
    {
        _http.Answer = (_, _) => throw new InvalidOperationException("a handler of the application");

        (await MarkReadAsync(_graph)).Error!.Category.Should().Be(GraphErrorCategory.Unavailable);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, GraphErrorCategory.NotReached)]
    [InlineData(HttpRequestError.ConnectionError, GraphErrorCategory.NotReached)]
    [InlineData(HttpRequestError.ResponseEnded, GraphErrorCategory.Unavailable)]
    [InlineData(HttpRequestError.Unknown, GraphErrorCategory.Unavailable)]
    public async Task GetAsync_NoAnswer_IsNotReachedOnlyWithoutAConnection(HttpRequestError failure, GraphErrorCategory expected)
    {
        _http.Answer = (_, _) => throw new HttpRequestException(failure);

        (await _graph.Templates.GetAsync("1", "t")).Error!.Category.Should().Be(expected);
    }

    [Fact]
    public async Task GetAsync_AnswerThatIsTooLarge_WasReached()
    {
        using var client = new HttpClient(_http, disposeHandler: false) { MaxResponseContentBufferSize = 1000 };
        _http.AnswerWith(HttpStatusCode.OK, new byte[1001]);

        (await new GraphClient(client, new GraphClientOptions()).Templates.GetAsync("1", "t")).Error!.Category.Should().Be(GraphErrorCategory.Unavailable);
    }

    private static Task<GraphResult> MarkReadAsync(GraphClient graph) => graph.Messages.MarkReadAsync(Given.Number, MessageId.Parse("wamid.a"), Given.AccessToken);
}
