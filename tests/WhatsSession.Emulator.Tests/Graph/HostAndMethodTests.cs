using System.Net.Sockets;
using System.Text;

namespace WhatsSession.Emulator.Tests.Graph;

/// <summary>What HTTP clients say besides the body: where they think they are, and how.</summary>
public sealed class HostAndMethodTests
{
    [Theory]
    [InlineData("_emulator/state", "evil.example", 403)]
    [InlineData("_emulator/events", "evil.example", 403)]
    [InlineData("", "evil.example", 403)]
    [InlineData("_emulator/state", "localhost", 200)]
    [InlineData("_emulator/state", "127.0.0.1:8080", 200)]
    [InlineData("_emulator/state", "[::1]", 200)]
    public async Task Control_OnTheLoopback_AnswersToLocalhostAndAddressesAlone(string path, string host, int status)
    {
        await using var business = await Business.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;

        using var response = await business.RawAsync(request);

        ((int)response.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task Urls_InAnswers_AreThoseTheClientReaches()
    {
        await using var business = await Business.OpenAsync();
        var id = (await business.UploadAsync([1], "image/png")).Json.Text("id");
        using var request = new HttpRequestMessage(HttpMethod.Get, "v27.0/" + id);
        request.Headers.Host = "emulator:8080";

        using var response = await business.RawAsync(request);

        (await response.Content.ReadAsStringAsync()).Replace("\\/", "/", StringComparison.Ordinal).Should().Contain("\"http://emulator:8080/whatsapp_business/");
    }

    [Fact]
    public async Task Head_OfThePage_IsAnswered()
    {
        await using var business = await Business.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "");

        using var response = await business.RawAsync(request);

        ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType).Should().Be((200, "text/html"));
    }

    [Theory]
    [InlineData("v27.0/314159265358979/messages")]
    [InlineData("_emulator/faults")]
    public async Task Body_MalformedChunks_AreABadRequestInTheEnvelope(string path)
    {
        await using var business = await Business.OpenAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", business.Emulator.BaseAddress.Port);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer dev\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        answer.Should().StartWith("HTTP/1.1 400 ").And.Contain("\"code\":100").And.Contain("malformed");
    }

    [Fact]
    public async Task Request_SomethingUnforeseen_Is131000InTheEnvelope()
    {
        await using var business = await Business.OpenAsync();

        // Longer than a task can be delayed.
        business.Emulator.Faults.ResponseDelay = TimeSpan.FromDays(60);
        var reply = await business.TextAsync("hi");

        (reply.StatusCode, reply.Code).Should().Be((500, 131000));
    }

    [Fact]
    public async Task AddNumber_ById_EachHasAPhoneNumberOfItsOwn()
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.AddNumber("1");
            o.AddNumber("2");
        });

        (await business.GetAsync("v27.0/1")).Json.Text("display_phone_number").Should().Be("15550009000");
        (await business.GetAsync("v27.0/2")).Json.Text("display_phone_number").Should().Be("15550009001");
    }

    [Fact]
    public async Task Account_Read_ShowsItsFields()
    {
        await using var business = await Business.OpenAsync();

        (await business.GetAsync("v27.0/271828182845904")).Json.Text("currency").Should().Be("USD");
        (await business.GetAsync("v27.0/271828182845904?fields=nonsense")).Code.Should().Be(100);
    }

    [Fact]
    public async Task SubscribedApps_Deleted_GetNoWebhooksUntilSubscribedAgain()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);

        await business.DeleteAsync("v27.0/271828182845904/subscribed_apps");
        var apps = (await business.GetAsync("v27.0/271828182845904/subscribed_apps")).Json.GetProperty("data").GetArrayLength();
        await ana.SaysAsync("unheard");
        await business.PostAsync("v27.0/271828182845904/subscribed_apps", "{}");
        await ana.SaysAsync("heard");

        (apps, business.Webhooks.Count).Should().Be((0, 1));
    }

    [Theory]
    [InlineData(100 * 1024, false, 200)]
    [InlineData((100 * 1024) + 1, false, 131053)]
    [InlineData((100 * 1024) + 1, true, 200)]
    [InlineData((500 * 1024) + 1, true, 131053)]
    public async Task Upload_Sticker_IsSmallerWhenItDoesNotMove(int size, bool moves, int code)
    {
        await using var business = await Business.OpenAsync();
        var file = new byte[size];
        "RIFF????WEBPVP8X????"u8.CopyTo(file);
        file[20] = (byte)(moves ? 2 : 0);

        var reply = await business.UploadAsync(file, "image/webp");

        (reply.Code ?? reply.StatusCode).Should().Be(code);
    }

    [Fact]
    public async Task Journal_LongRequests_KeepsSoManyBytes()
    {
        await using var business = await Business.OpenAsync();
        var body = Business.Body(Business.Phone, $$""" "text":{"body":"{{new string('x', 1000 * 1000)}}"} """);

        for (var i = 0; i < 70; i++)
        {
            await business.SendAsync(body);
        }

        business.Emulator.Requests.Count.Should().BeInRange(60, 68);
        (business.Emulator.Requests[^1].Sequence, business.Emulator.Tally.Requests).Should().Be((70, 70));
    }
}
