using System.Net;

namespace WhatsSession.Graph.Tests.Media;

/// <summary>Downloads that do not come to their end: whose fault it was, and what the caller is told.</summary>
public sealed class DownloadFaultTests : IDisposable
{
    private readonly StubHttp _http = new();
    private readonly HttpClient _client;

    public DownloadFaultTests() => _client = new HttpClient(_http, disposeHandler: false);

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task DownloadAsync_ContentThatStopsComing_IsGivenUp()
    {
        AnswerWith(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new StalledStream()) });
        using var destination = new MemoryStream();

        var download = await DownloadAsync(destination);

        (download.Error!.Message, download.Error.Category, download.Length).Should().Be(("The download was cut off (time-out)", GraphErrorCategory.Unavailable, 1));
    }

    [Fact]
    public async Task DownloadAsync_ErrorThatStopsComing_IsGivenUp()
    {
        AnswerWith(() => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StreamContent(new StalledStream()) });
        using var destination = new MemoryStream();

        (await DownloadAsync(destination)).Error!.Message.Should().Contain("time-out");
    }

    [Fact]
    public async Task DownloadAsync_DestinationThatCannotBeWritten_ThrowsWhatItThrows()
    {
        AnswerWith(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([1, 2, 3]) });
        using var destination = new FullStream();

        await FluentActions.Awaiting(() => DownloadAsync(destination)).Should().ThrowAsync<IOException>().WithMessage("No space left on device");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task DownloadAsync_NothingAtTheAddress_SaysSoAndDoesNotBlameTheAddressOfTheApi(HttpStatusCode status)
    {
        AnswerWith(() => new HttpResponseMessage(status) { Content = new StringContent("gone") });
        using var destination = new MemoryStream();

        var error = (await DownloadAsync(destination)).Error!;

        (error.Message, error.Category, error.HttpStatus).Should().Be(
            ($"Nothing is at the address of the medium any more (HTTP {(int)status})", GraphErrorCategory.InvalidRequest, (int)status));
        error.Advice.Text.Should().NotContain("Graph API");
    }

    [Fact]
    public async Task DownloadAsync_HostRefuses_IsMetasErrorWithoutTheToken()
    {
        AnswerWith(() => StubHttp.Json(HttpStatusCode.Unauthorized, $$$"""{"error":{"message":"bad token {{{Given.AccessToken}}}","type":"OAuthException","code":190,"fbtrace_id":"T"}}"""));
        using var destination = new MemoryStream();

        var error = (await DownloadAsync(destination)).Error!;

        (error.Code, error.Category, error.TraceId, error.HttpStatus, error.Message).Should().Be((190, GraphErrorCategory.Configuration, "T", 401, "bad token *"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DownloadAsync_HandlerOfTheApplicationThrows_IsAFailure(bool atOnce)
    {
        AnswerWith(() => throw new InvalidOperationException("a handler of the application"), atOnce);
        using var destination = new MemoryStream();

        (await DownloadAsync(destination)).Error!.Category.Should().Be(GraphErrorCategory.Unavailable);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DownloadAsync_MediumThatNeverEnds_StopsAtTheLimit(bool tellsItsLength)
    {
        AnswerWith(() => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new EndlessStream()) { Headers = { ContentLength = tellsItsLength ? 1_000_001 : null } },
        });
        using var destination = new MemoryStream();

        var download = await DownloadAsync(destination, limit: 1_000_000);

        (download.IsTooLarge, download.Length, destination.Length <= 1_000_000, destination.Length == 0).Should().Be((true, destination.Length, true, tellsItsLength));
        download.Error!.Message.Should().Be("The medium is larger than the 1,000,000 bytes to which downloads are limited; raise MaximumDownloadSize");
        download.Error.IsSafeToRetry.Should().BeFalse();
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(long.MaxValue)]
    public async Task DownloadAsync_MediumOfTheLimit_IsWhole(long limit)
    {
        AnswerWith(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(new byte[100_000])) });
        using var destination = new MemoryStream();

        var download = await DownloadAsync(destination, limit);

        (download.IsSuccess, download.IsTooLarge, destination.Length).Should().Be((true, false, 100_000));
    }

    private void AnswerWith(Func<HttpResponseMessage> content, bool atOnce = false) => _http.Answer = (sent, _) => Task.FromResult(
        sent.Address.Host == "graph.facebook.com" && !atOnce ? StubHttp.Json(HttpStatusCode.OK, """{"url":"https://lookaside.fbsbx.com/x","id":"1"}""") : content());

    private Task<MediaDownload> DownloadAsync(Stream destination, long limit = GraphClientOptions.DefaultMaximumDownloadSize)
    {
        var options = new GraphClientOptions { Patience = TimeSpan.FromMilliseconds(50), MaximumDownloadSize = limit };
        return new GraphClient(_client, _client, options).Media.DownloadAsync(Given.Number, "1", destination, Given.AccessToken);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }

    private sealed class FullStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("No space left on device");
    }
}
