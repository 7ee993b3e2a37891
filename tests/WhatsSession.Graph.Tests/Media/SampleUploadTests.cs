using System.Globalization;
using System.Net;
using System.Text;

namespace WhatsSession.Graph.Tests.Media;

/// <summary>Resumable uploads.</summary>
public sealed class SampleUploadTests : IDisposable
{
    private const string Id = "upload:MTphdHRhY2htZW50=?sig=ARZqkGCA_uQM";
    private readonly StubHttp _http = new();
    private readonly HttpClient _client;
    private readonly GraphClient _graph;
    private readonly MemoryStream _content = new(Encoding.ASCII.GetBytes("0123456789"));
    private readonly Queue<Func<HttpResponseMessage>> _answers = [];

    public SampleUploadTests()
    {
        _client = new HttpClient(_http, disposeHandler: false);
        _graph = new GraphClient(_client, new GraphClientOptions());
        _http.Answer = (_, _) => Task.FromResult(_answers.Dequeue()());
    }

    public void Dispose()
    {
        _content.Dispose();
        _client.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task UploadSampleAsync_Whole_PostsTheseRequests()
    {
        Answer($$"""{"id":"{{Id}}"}""", """{"h":"4::aW1hZ2U="}""");

        var sample = await UploadAsync();

        sample.Should().Be(new SampleUpload { Handle = "4::aW1hZ2U=", UploadId = Id });
        _http.Requests.Select(sent => (sent.Method.Method, sent.Address.AbsoluteUri, sent.Headers["Authorization"], sent.Text)).Should().Equal(
            ("POST", "https://graph.facebook.com/v27.0/161803398874989/uploads?file_name=a%20b.png&file_length=10&file_type=image%2Fpng", "OAuth " + Given.AccessToken, ""),
            ("POST", "https://graph.facebook.com/v27.0/" + Id, "OAuth " + Given.AccessToken, "0123456789"));
        _http.Requests[1].Headers["file_offset"].Should().Be("0");
        _http.Requests[1].Headers["Content-Length"].Should().Be("10");
    }

    [Fact]
    public async Task UploadSampleAsync_ConnectionBreaks_GoesOnFromWhereMetaIs()
    {
        Answer($$"""{"id":"{{Id}}"}""");
        _answers.Enqueue(() => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        Answer("""{"id":"x","file_offset":4}""");
        _answers.Enqueue(() => new HttpResponseMessage(HttpStatusCode.BadGateway));
        Answer("""{"id":"x","file_offset":"7"}""", """{"h":"4::a"}""");

        (await UploadAsync()).Handle.Should().Be("4::a");

        _http.Requests.Where(sent => sent.Headers.ContainsKey("file_offset")).Select(sent => (int.Parse(sent.Headers["file_offset"], CultureInfo.InvariantCulture), sent.Text))
            .Should().Equal((0, "0123456789"), (4, "456789"), (7, "789"));
        _http.Requests.Where(sent => sent.Method == HttpMethod.Get).Should().HaveCount(2).And.OnlyContain(sent => sent.Address.AbsoluteUri.EndsWith(Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UploadSampleAsync_ConnectionKeepsBreaking_GivesUpAndCanBeResumed()
    {
        Answer($$"""{"id":"{{Id}}"}""");
        for (var i = 0; i < 4; i++)
        {
            _answers.Enqueue(() => new HttpResponseMessage(HttpStatusCode.BadGateway));
            Answer("""{"file_offset":4}""");
        }

        var broken = await UploadAsync();
        _answers.Clear();
        Answer("""{"file_offset":4}""", """{"h":"4::a"}""");
        _content.Position = 0;
        var resumed = await _graph.Media.ResumeSampleAsync(broken.UploadId!, _content, Given.AccessToken);

        broken.Error!.Category.Should().Be(GraphErrorCategory.Unavailable);
        broken.UploadId.Should().Be(Id);
        resumed.Handle.Should().Be("4::a");
        _http.Requests[^1].Text.Should().Be("456789");
    }

    [Fact]
    public async Task UploadSampleAsync_NothingMovesBeforeTheFirstPiece_IsGivenUp()
    {
        using var hanging = new HttpClient(new Hanging());
        var graph = new GraphClient(_client, hanging, new GraphClientOptions { Patience = TimeSpan.FromMilliseconds(50) });
        Answer($$"""{"id":"{{Id}}"}""", """{"file_offset":0}""", """{"file_offset":0}""", """{"file_offset":0}""");

        var sample = await graph.Media.UploadSampleAsync("161803398874989", _content, "a b.png", "image/png", Given.AccessToken);

        (sample.Error!.Message, sample.UploadId).Should().Be(("No answer from https://graph.facebook.com (time-out)", Id));
    }

    [Fact]
    public async Task UploadSampleAsync_Refused_IsNotTriedAgain()
    {
        Answer($$"""{"id":"{{Id}}"}""");
        _answers.Enqueue(() => StubHttp.Json(HttpStatusCode.BadRequest, """{"error":{"message":"no","code":100}}"""));

        (await UploadAsync()).Error!.Code.Should().Be(100);

        _http.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("""{"file_offset":11}""")]
    [InlineData("""{"file_offset":9223372036854775807}""")]
    [InlineData("""{}""")]
    public async Task ResumeSampleAsync_ImpossibleOffset_Fails(string answer)
    {
        Answer(answer);

        (await _graph.Media.ResumeSampleAsync(Id, _content, Given.AccessToken)).IsSuccess.Should().BeFalse();
    }

    [Fact]
    public async Task UploadSampleAsync_IdThatIsNone_IsNotFollowed()
    {
        Answer("""{"id":"../123/messages"}""");

        (await UploadAsync()).Error!.Message.Should().Contain("no id");

        _http.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Samples_WrongArguments_Throw()
    {
        using var oneWay = new OneWayStream([1]);

        await _graph.Invoking(graph => graph.Media.UploadSampleAsync("1/2", _content, "a", "image/png", "t")).Should().ThrowAsync<ArgumentException>();
        await _graph.Invoking(graph => graph.Media.UploadSampleAsync("12", oneWay, "a", "image/png", "t")).Should().ThrowAsync<ArgumentException>();
        await _graph.Invoking(graph => graph.Media.ResumeSampleAsync("12", _content, "t")).Should().ThrowAsync<ArgumentException>();
    }

    private Task<SampleUpload> UploadAsync() => _graph.Media.UploadSampleAsync("161803398874989", _content, "a b.png", "image/png", Given.AccessToken);

    private void Answer(params string[] bodies)
    {
        foreach (var body in bodies)
        {
            _answers.Enqueue(() => StubHttp.Json(HttpStatusCode.OK, body));
        }
    }

    private sealed class Hanging : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("The wait has no end.");
        }
    }
}
