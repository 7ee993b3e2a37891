using System.Net;
using System.Security.Cryptography;
using WhatsSession.Transport;

namespace WhatsSession.Graph.Tests.Media;

/// <summary>Where a download goes, where the token goes, and what is believed.</summary>
public sealed class MediaTests : IDisposable
{
    private const string Metadata = "https://graph.facebook.com/v27.0/123456?phone_number_id=314159265358979";
    private const string Lookaside = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=123456";
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
    private readonly StubHttp _http = new();
    private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = [];
    private readonly MemoryStream _destination = new();

    public MediaTests() => _http.Answer = (request, _) => Task.FromResult(
        _answers.TryGetValue(request.Address.AbsoluteUri, out var answer) ? answer() : new HttpResponseMessage(HttpStatusCode.NotFound));

    public void Dispose()
    {
        _http.Dispose();
        _destination.Dispose();
    }

    [Fact]
    public async Task DownloadAsync_Id_AsksWhereItIsAndFetchesIt()
    {
        Locate(Lookaside, Convert.ToHexString(SHA256.HashData(Content)));
        _answers[Lookaside] = Medium;

        var download = await DownloadByIdAsync();

        (download.Error, download.MimeType, download.Length).Should().Be((null, "image/jpeg", Content.Length));
        _destination.ToArray().Should().Equal(Content);
        _http.Requests.Select(request => request.Address.AbsoluteUri).Should().Equal(Metadata, Lookaside);
        _http.Requests.Should().OnlyContain(request => request.Method == HttpMethod.Get && request.Headers["Authorization"] == "Bearer " + Given.AccessToken && request.Headers.ContainsKey("User-Agent"));
    }

    [Fact]
    public async Task Download_AddressOfTheEvent_IsTriedFirstAndTheIdWhenItExpired()
    {
        var sha = Convert.ToBase64String(SHA256.HashData(Content));
        _answers[Lookaside] = Medium;
        (await DownloadAsync(Lookaside, sha)).IsSuccess.Should().BeTrue();
        _http.Requests.Should().ContainSingle();

        Locate(Lookaside, sha: null);
        (await DownloadAsync("https://lookaside.fbsbx.com/expired", sha)).IsSuccess.Should().BeTrue();
        _http.Requests.Select(request => request.Address.AbsolutePath).Skip(1).Should().Equal("/expired", "/v27.0/123456", "/whatsapp_business/attachments/");
    }

    [Theory]
    [InlineData("https://fbsbx.com.evil.example/x")]
    [InlineData("https://evilfbsbx.com/x")]
    [InlineData("https://lookaside.fbsbx.com@evil.example/x")]
    [InlineData("https://user@lookaside.fbsbx.com/x")]
    [InlineData("https://lookaside.fbsbx.com:8443/x")]
    [InlineData("http://lookaside.fbsbx.com/x")]
    [InlineData("https://graph.facebook.com.evil.example/x")]
    [InlineData("http://graph.facebook.com/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    public async Task Download_AddressThatIsNotMetas_IsNotConnectedTo(string address)
    {
        Locate(address, sha: null);
        _answers[Lookaside] = () => Redirect(address);

        var byId = await DownloadByIdAsync();
        var byEvent = await DownloadAsync(address, sha: null);
        var byRedirect = await DownloadAsync(Lookaside, sha: null);

        foreach (var download in new[] { byId, byEvent, byRedirect })
        {
            download.Error!.Category.Should().Be(GraphErrorCategory.Configuration);
        }

        _http.Requests.Select(request => request.Address.AbsoluteUri).Should().Equal(Metadata, Lookaside);
        _destination.Length.Should().Be(0);
    }

    [Fact]
    public async Task Download_RedirectAmongMetasHosts_IsFollowedButNotForEver()
    {
        _answers[Lookaside] = () => Redirect("https://cdn.fbsbx.com/a");
        _answers["https://cdn.fbsbx.com/a"] = () => Redirect("/b");
        _answers["https://cdn.fbsbx.com/b"] = Medium;
        (await DownloadAsync(Lookaside, sha: null)).IsSuccess.Should().BeTrue();

        _answers["https://cdn.fbsbx.com/b"] = () => Redirect("/a");
        (await DownloadAsync(Lookaside, sha: null)).IsSuccess.Should().BeFalse();
    }

    [Fact]
    public async Task Download_OtherContentThanAnnounced_IsAFailure()
    {
        _answers[Lookaside] = Medium;

        var download = await DownloadAsync(Lookaside, Convert.ToBase64String(SHA256.HashData("other"u8)));

        download.Error!.Message.Should().Contain("SHA-256");
        download.Length.Should().Be(Content.Length);
    }

    [Fact]
    public async Task Download_MetaRefuses_IsMetasError()
    {
        _answers[Metadata] = () => StubHttp.Json(HttpStatusCode.BadRequest, """{"error":{"message":"gone","type":"OAuthException","code":100}}""");
        (await DownloadByIdAsync()).Error!.Code.Should().Be(100);
        _answers[Metadata] = () => StubHttp.Json(HttpStatusCode.OK, "<html>");
        (await DownloadByIdAsync()).Error!.Message.Should().Contain("no address");
        _http.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        (await DownloadByIdAsync()).Error!.Category.Should().Be(GraphErrorCategory.NotReached);
    }

    [Fact]
    public async Task Download_OriginOfTheOptions_CountsAsMetas()
    {
        _answers["http://127.0.0.1:8080/media/1"] = Medium;
        using var http = new HttpClient(_http, disposeHandler: false);
        var graph = new GraphClient(http, new GraphClientOptions { BaseAddress = new Uri("http://127.0.0.1:8080") });

        (await FetchAsync(graph, "http://127.0.0.1:8080/media/1")).IsSuccess.Should().BeTrue();
        (await FetchAsync(graph, "http://127.0.0.1:8081/media/1")).IsSuccess.Should().BeFalse();
        _http.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2a03:2880::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    public void PublicConnection_Address_IsPublicOrNot(string address, bool isPublic) => PublicConnection.IsPublic(IPAddress.Parse(address)).Should().Be(isPublic);

    [Fact]
    public async Task PublicConnection_NameOfThisMachine_IsConnectedToOnlyAsTheOriginOfTheOptions()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var stranger = Client(new Uri("https://graph.facebook.com/"));
        (await stranger.Invoking(http => http.GetAsync(address)).Should().ThrowAsync<HttpRequestException>()).WithMessage("*no public address*");
        listener.Pending().Should().BeFalse();

        using var owner = Client(address);
        var answer = owner.GetAsync(address);
        using (var accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken))
        {
            await accepted.SendAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            using var response = await answer;
            response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        }
    }

    private static HttpClient Client(Uri exempt) => new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = (context, token) => PublicConnection.OpenAsync(context, exempt, token) });

    private static HttpResponseMessage Medium() => new(HttpStatusCode.OK) { Content = new ByteArrayContent(Content) { Headers = { ContentType = new("image/jpeg") } } };

    private static HttpResponseMessage Redirect(string address) => new(HttpStatusCode.Found) { Headers = { Location = new Uri(address, UriKind.RelativeOrAbsolute) } };

    private void Locate(string address, string? sha) => _answers[Metadata] = () => StubHttp.Json(
        HttpStatusCode.OK,
        $$"""{"messaging_product":"whatsapp","url":"{{address}}","mime_type":"image/jpeg","sha256":"{{sha}}","file_size":100000,"id":"123456"}""");

    private async Task<MediaDownload> DownloadByIdAsync()
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        return await new GraphClient(http, new GraphClientOptions()).Media.DownloadAsync(Given.Number, "123456", _destination, Given.AccessToken);
    }

    private async Task<MediaDownload> DownloadAsync(string address, string? sha)
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        return await FetchAsync(new GraphClient(http, new GraphClientOptions()), address, sha);
    }

    private Task<MediaDownload> FetchAsync(GraphClient graph, string address, string? sha = null) =>
        graph.Media.DownloadAsync(new MediaLocation(Given.Number, "123456", new Uri(address), sha), _destination, Given.AccessToken);
}
