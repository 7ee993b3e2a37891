using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSession.Graph.Tests.Media;

/// <summary>The requests of uploads, details and deletion, and what is made of any answer.</summary>
public sealed class UploadTests : IDisposable
{
    private const string Bearer = "Bearer " + Given.AccessToken;
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("%PDF-1.7 \r\n--not the boundary\0ÿ");

    private readonly StubHttp _http = new() { Answer = (_, _) => Task.FromResult(StubHttp.Json(HttpStatusCode.OK, """{"id":"901100220033001"}""")) };
    private readonly HttpClient _client;
    private readonly GraphClient _graph;

    public UploadTests()
    {
        _client = new HttpClient(_http, disposeHandler: false);
        _graph = new GraphClient(_client, new GraphClientOptions());
    }

    public static TheoryData<HttpStatusCode, string> Soup
    {
        get
        {
            var data = new TheoryData<HttpStatusCode, string>();
            string[] bodies =
            [
                "", "{}", "[]", "null", "\0\u0001", "<html>Bad Gateway</html>", """{"id":""", """{"id":null}""", """{"id":{}}""", """{"id":"a b"}""", """{"id":[1]}""", """{"success":"maybe"}""",
                """{"success":false}""", """{"url":"no address"}""", """{"url":7}""", """{"h":""}""", """{"h":null}""", """{"file_offset":-1}""", """{"file_offset":"x"}""",
                """{"error":{"message":"(#100) no","code":100}}""", """{"error":"no"}""", new string('[', 600),
            ];
            foreach (var body in bodies)
            {
                data.Add(HttpStatusCode.OK, body);
                data.Add(HttpStatusCode.BadRequest, body);
                data.Add(HttpStatusCode.BadGateway, body);
            }

            return data;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task UploadAsync_Stream_PostsThisForm()
    {
        using var content = new MemoryStream(Content);

        var upload = await _graph.Media.UploadAsync(Given.Number, content, "application/pdf", Given.AccessToken);

        upload.Should().Match<MediaUpload>(done => done.IsSuccess && done.MediaId == "901100220033001" && done.Length == Content.Length);
        upload.Sha256!.Value.ToArray().Should().Equal(SHA256.HashData(Content));
        var sent = _http.Requests.Should().ContainSingle().Subject;
        (sent.Method, sent.Address.AbsoluteUri, sent.Headers["Authorization"]).Should().Be((HttpMethod.Post, "https://graph.facebook.com/v27.0/314159265358979/media", Bearer));
        sent.Headers["Content-Type"].Should().MatchRegex("^multipart/form-data; boundary=----WhatsSession[0-9a-f]{32}$");
        sent.Headers["Content-Length"].Should().Be($"{sent.Body.Length}");
        sent.Text.Should().Be(Form(
            sent.Headers["Content-Type"].Split("boundary=")[1],
            ("Content-Disposition: form-data; name=\"messaging_product\"", "whatsapp"),
            ("Content-Disposition: form-data; name=\"type\"", "application/pdf"),
            ("Content-Type: application/pdf\r\nContent-Disposition: form-data; name=\"file\"; filename=\"media.pdf\"", Encoding.UTF8.GetString(Content))));
    }

    [Theory]
    [InlineData("application/pdf", "media.pdf")]
    [InlineData("Application/PDF; charset=binary", "media.pdf")]
    [InlineData("text/plain; charset=utf-8", "media.txt")]
    [InlineData("audio/ogg; codecs=opus", "media.ogg")]
    [InlineData("audio/mpeg", "media.mp3")]
    [InlineData("audio/mp4", "media.m4a")]
    [InlineData("image/jpeg", "media.jpg")]
    [InlineData("video/3gpp", "media.3gp")]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "media.docx")]
    [InlineData("text/csv", "media.csv")]
    [InlineData("application/octet-stream", "media")]
    [InlineData("application/x-tar", "media")]
    public async Task UploadAsync_FileName_HasTheEndingOfTheTypeAndNothingElse(string mimeType, string expected)
    {
        using var content = new MemoryStream(Content);

        await _graph.Media.UploadAsync(Given.Number, content, mimeType, Given.AccessToken);

        _http.Requests.Should().ContainSingle().Which.Text.Should().Contain($"name=\"file\"; filename=\"{expected}\"");
    }

    [Fact]
    public async Task UploadAsync_TypeThatMetaTakes_HasAnEnding()
    {
        foreach (var mimeType in new[] { MediaKind.Image, MediaKind.Video, MediaKind.Audio, MediaKind.Document, MediaKind.Sticker }.SelectMany(kind => kind.MimeTypes))
        {
            using var content = new MemoryStream(Content);
            await _graph.Media.UploadAsync(Given.Number, content, mimeType, Given.AccessToken);
        }

        _http.Requests.Should().OnlyContain(sent => sent.Text.Contains("filename=\"media."));
    }

    [Fact]
    public async Task UploadAsync_WithOptions_AddsTheLifetimeAndReportsProgress()
    {
        var progress = new Reports();
        using var content = new MemoryStream(new byte[200_000]);

        await _graph.Media.UploadAsync(Given.Number, content, "video/mp4", Given.AccessToken, new MediaUploadOptions { TtlMinutes = 60, Progress = progress });

        _http.Requests[0].Text.Should().Contain("Content-Disposition: form-data; name=\"ttl_minutes\"\r\n\r\n60\r\n");
        progress.Values.Should().HaveCountGreaterThan(1).And.BeInAscendingOrder().And.OnlyHaveUniqueItems();
        progress.Values[^1].Should().Be(200_000);
    }

    [Fact]
    public async Task UploadAsync_FromAPosition_SendsTheRest()
    {
        using var content = new MemoryStream(Content) { Position = 5 };

        (await _graph.Media.UploadAsync(Given.Number, content, "text/plain", Given.AccessToken)).Length.Should().Be(Content.Length - 5);
    }

    [Fact]
    public async Task UploadAsync_StreamThatCannotSeek_HasNoLengthAndIsNotBuffered()
    {
        using var content = new OneWayStream(Content);

        var upload = await _graph.Media.UploadAsync(Given.Number, content, "text/plain", Given.AccessToken);

        upload.Sha256!.Value.ToArray().Should().Equal(SHA256.HashData(Content));
        _http.Requests[0].Headers.Should().NotContainKey("Content-Length");
    }

    [Theory]
    [MemberData(nameof(Soup))]
    public async Task Calls_AnyAnswer_GiveATypedFailure(HttpStatusCode status, string body)
    {
        _http.AnswerWith(status, body);
        using var content = new MemoryStream(Content);

        var upload = await _graph.Media.UploadAsync(Given.Number, content, "application/pdf", Given.AccessToken);
        var details = await _graph.Media.GetAsync(Given.Number, "1", Given.AccessToken);
        var deletion = await _graph.Media.DeleteAsync(Given.Number, "1", Given.AccessToken);
        content.Position = 0;
        var sample = await _graph.Media.UploadSampleAsync("12", content, "a.pdf", "application/pdf", Given.AccessToken);
        content.Position = 0;
        var resumed = await _graph.Media.ResumeSampleAsync("upload:1", content, Given.AccessToken);

        new[] { upload.IsSuccess, details.IsSuccess, deletion.IsSuccess, sample.IsSuccess, resumed.IsSuccess }.Should().OnlyContain(success => !success);
        new[] { upload.Error, details.Error, deletion.Error, sample.Error, resumed.Error }.Should().OnlyContain(error => error!.Message.Length > 0);
    }

    [Fact]
    public async Task Calls_MetasError_IsTheErrorWithoutTheToken()
    {
        _http.AnswerWith(HttpStatusCode.BadRequest, $$$"""{"error":{"message":"(#190) bad token {{{Given.AccessToken}}}","type":"OAuthException","code":190}}""");
        using var content = new MemoryStream(Content);

        GraphError?[] errors =
        [
            (await _graph.Media.UploadAsync(Given.Number, content, "application/pdf", Given.AccessToken)).Error,
            (await _graph.Media.GetAsync(Given.Number, "1", Given.AccessToken)).Error,
            (await _graph.Media.DeleteAsync(Given.Number, "1", Given.AccessToken)).Error,
            (await _graph.Media.UploadSampleAsync("12", content, "a.pdf", "application/pdf", Given.AccessToken)).Error,
        ];

        errors.Should().OnlyContain(error => error!.Code == 190 && error.Category == GraphErrorCategory.Configuration && !error.Message.Contains(Given.AccessToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UploadAsync_NoConnection_IsNotReachedAndALostAnswerIsUnavailable()
    {
        using var content = new MemoryStream(Content);
        _http.Answer = (_, _) => throw new InvalidOperationException("a handler of the application");
        (await _graph.Media.UploadAsync(Given.Number, content, "application/pdf", Given.AccessToken)).Error!.Category.Should().Be(GraphErrorCategory.Unavailable);

        using var broken = new HttpClient(new Unconnected());
        (await new GraphClient(broken, new GraphClientOptions()).Media.UploadAsync(Given.Number, content, "application/pdf", Given.AccessToken)).Error!.Category.Should().Be(GraphErrorCategory.NotReached);
    }

    [Fact]
    public async Task UploadAsync_ContentThatCannotBeRead_IsAViolation()
    {
        using var broken = new OneWayStream(Content) { Failure = new InvalidDataException("secret") };
        using var shrunk = new ShrinkingStream(Content);

        var unread = await _graph.Media.UploadAsync(Given.Number, broken, "application/pdf", Given.AccessToken);
        var ended = await _graph.Media.UploadAsync(Given.Number, shrunk, "application/pdf", Given.AccessToken);

        unread.Violations.Should().Equal(new Violation("file", "could not be read (InvalidDataException)"));
        unread.Error!.Category.Should().Be(GraphErrorCategory.InvalidRequest);
        ended.Violations.Should().ContainSingle().Which.Rule.Should().StartWith("ended after");
    }

    [Fact]
    public async Task UploadAsync_Cancelled_PassesThrough()
    {
        using var cancellation = new CancellationTokenSource();
        using var content = new MemoryStream(Content);
        _http.Answer = async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return StubHttp.Accepted();
        };

        await _graph.Invoking(graph => graph.Media.UploadAsync(Given.Number, content, "application/pdf", Given.AccessToken, cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task UploadAsync_NothingMoves_IsGivenUp()
    {
        using var content = new MemoryStream(Content);
        var graph = new GraphClient(_client, _client, new GraphClientOptions { Patience = TimeSpan.FromMilliseconds(1) });
        _http.Answer = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return StubHttp.Accepted();
        };

        (await graph.Media.UploadAsync(Given.Number, content, "application/pdf", Given.AccessToken)).Error!.Message.Should().Contain("time-out");
    }

    [Fact]
    public async Task UploadAsync_WrongArguments_Throw()
    {
        using var content = new MemoryStream(Content);

        await _graph.Invoking(graph => graph.Media.UploadAsync(Given.Number, null!, "image/png", "t")).Should().ThrowAsync<ArgumentNullException>();
        await _graph.Invoking(graph => graph.Media.UploadAsync(Given.Number, content, "image/png\r\nX: y", "t")).Should().ThrowAsync<FormatException>();
        await _graph.Invoking(graph => graph.Media.UploadAsync(Given.Number, content, "image/png", "")).Should().ThrowAsync<ArgumentException>();
        await _graph.Invoking(graph => graph.Messages.SendAsync(Given.Key, new ImageMessage(MediaSource.FromFile("a.png")), "t")).Should().ThrowAsync<ArgumentException>().WithMessage("*not uploaded*");
        _http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task GetAsync_Sample_IsRead()
    {
        _http.AnswerWith(HttpStatusCode.OK, Sample.Response("response-media-url"));

        var details = await _graph.Media.GetAsync(Given.Number, "901100220033001", Given.AccessToken);

        details.Should().Be(new MediaDetails
        {
            Address = new Uri("https://lookaside.example.test/whatsapp_business/attachments/?mid=901100220033001"),
            MimeType = "image/jpeg",
            Sha256 = "9c1185a5c5e9fc54612808977ee8f548b2258d31c0a0ffee00112233aabbccdd",
            Length = 184213,
        });
        ExpectRequest(HttpMethod.Get, "https://graph.facebook.com/v27.0/901100220033001?phone_number_id=314159265358979", Bearer);
    }

    [Fact]
    public async Task DeleteAsync_Success_IsConfirmed()
    {
        _http.AnswerWith(HttpStatusCode.OK, Sample.Response("response-success-true"));

        (await _graph.Media.DeleteAsync(Given.Number, "90/1", Given.AccessToken)).IsSuccess.Should().BeTrue();

        ExpectRequest(HttpMethod.Delete, "https://graph.facebook.com/v27.0/90%2F1?phone_number_id=314159265358979", Bearer);
    }

    private static string Form(string boundary, params (string Headers, string Content)[] parts) =>
        string.Concat(parts.Select(part => $"--{boundary}\r\n{part.Headers}\r\n\r\n{part.Content}\r\n")) + $"--{boundary}--\r\n";

    private void ExpectRequest(HttpMethod method, string address, string authorization)
    {
        var sent = _http.Requests.Should().ContainSingle().Subject;
        (sent.Method, sent.Address.AbsoluteUri, sent.Headers["Authorization"]).Should().Be((method, address, authorization));
        sent.Body.Should().BeEmpty();
    }

    private sealed class Reports : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }

    private sealed class Unconnected : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new HttpRequestException(HttpRequestError.NameResolutionError);
    }

    private sealed class ShrinkingStream(byte[] content) : MemoryStream(content)
    {
        public override long Length => base.Length + 1;
    }
}
