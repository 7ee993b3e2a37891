using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using WhatsSession.Emulator.Tests;

namespace WhatsSession.Tool.Tests;

public sealed class EmulateTests
{
    [Fact]
    public async Task Emulate_WithArguments_ServesThemOnTheLoopbackAndSaysSo()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        using var host = await ToolProcess.EmulateAsync(
            "--port", "0", "--webhook", consumer.Url.AbsoluteUri, "--number", "4242", "--token", "hush", "--app-secret", "s3",
            "--template", "order_shipped:en_US:1:MARKETING");
        using var http = new HttpClient { BaseAddress = host.Address };

        using var says = await http.PostAsync("_emulator/customers/15550001234/actions", new StringContent("""{"action":"says","text":"hi"}"""));
        using var request = new HttpRequestMessage(HttpMethod.Post, "v27.0/4242/messages");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "hush");
        request.Content = new StringContent(
            """
            {"messaging_product":"whatsapp","to":"15550001234","type":"template","template":{"name":"order_shipped","language":{"code":"en_US"},
            "components":[{"type":"body","parameters":[{"type":"text","text":"4410"}]}]}}
            """,
            Encoding.UTF8,
            "application/json");
        using var sent = await http.SendAsync(request);

        host.Greeting.Should().Contain("http://127.0.0.1:").And.Contain("Only this machine reaches it")
            .And.Contain("which answered the handshake").And.NotContain("hush");
        ((int)says.StatusCode, (int)sent.StatusCode).Should().Be((200, 200));
        var hash = HMACSHA256.HashData("s3"u8, consumer.Requests[0].Body);
        consumer.Requests[0].Signature.Should().Be("sha256=" + Convert.ToHexString(hash).ToLowerInvariant());
    }

    [Theory]
    [InlineData("'--prt' is not an option: use --port, --listen, --webhook,", "--prt", "1")]
    [InlineData("'--prt' is not an option", "--token", "--prt", "1")]
    [InlineData("'81' is not an option", "--port", "80", "81")]
    [InlineData("--port needs a value", "--port")]
    [InlineData("--port needs a value", "--port", "--webhook", "http://127.0.0.1/")]
    [InlineData("--port needs a value", "--port=")]
    [InlineData("--token needs a value", "--token", "a", "--token")]
    [InlineData("--port is given twice", "--port", "1", "--port", "2")]
    [InlineData("--frozen is given twice", "--frozen", "--frozen")]
    [InlineData("--port 'x' is not a number from 0 to 65535.", "--port", "x")]
    [InlineData("--port '65536' is not a number from 0 to 65535.", "--port", "65536")]
    [InlineData("--webhook 'here' is not", "--port", "x", "--webhook", "here")]
    [InlineData("--webhook 'here' is not an http or https URL", "--webhook", "here")]
    [InlineData("'12ab' is not", "--number", "12ab")]
    [InlineData("--listen 'everywhere' is not an IP address", "--listen", "everywhere")]
    [InlineData("--template 'x' is not name:language", "--template", "x")]
    [InlineData("--template 'x=body' is not name:language:category=body", "--template", "x=body")]
    [InlineData("--template 'x:en_US=' is not name:language:category=body", "--template", "x:en_US=")]
    [InlineData("Meta writes the body", "--template", "code:en_US:AUTHENTICATION=Your code is {{1}}.")]
    [InlineData("--app-secret is empty", "--app-secret", "")]
    [InlineData("--listen '192.0.2.1' is not an address of this machine", "--port", "0", "--listen", "192.0.2.1")]
    [InlineData("--starts-at 'soon' is not an instant", "--starts-at", "soon")]
    [InlineData("--starts-at (2020-01-01", "--starts-at", "2020-01-01T00:00:00Z")]
    [InlineData("--frozen 'maybe' is not true or false", "--frozen", "maybe")]
    [InlineData("--account is given 2 times for 3 numbers", "--number", "1", "--number", "2", "--number", "3", "--account", "10", "--account", "20")]
    [InlineData("A template needs a name", "--template", "Bad Name:en_US")]
    public async Task Emulate_BadArgument_SaysWhatToGive(string message, params string[] args)
    {
        var (exitCode, _, errors) = await ToolProcess.RunAsync(["emulate", .. args]);

        exitCode.Should().Be(2);
        errors.Should().Contain(message).And.EndWith("whatssession emulate --help shows the options." + Environment.NewLine)
            .And.NotContain("   at ").And.NotContain("(Parameter");
    }

    [Fact]
    public async Task Emulate_WebhookNotUpOrOfAnotherToken_SaysSoAndRuns()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        using var down = await ToolProcess.EmulateAsync("--port", "0", "--webhook", "http://127.0.0.1:1/whatsapp");
        using var other = await ToolProcess.EmulateAsync("--port", "0", "--webhook", consumer.Url.AbsoluteUri, "--verify-token", "another");

        down.Greeting.Should().Contain("did not answer the handshake");
        other.Greeting.Should().Contain("did not answer the handshake").And.NotContain("another");
    }

    /// <summary>The app of somebody who starts the emulator first.</summary>
    [Fact]
    public async Task Emulate_WebhookComesUpLater_TheHandshakeIsRepeated()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        using var host = await ToolProcess.EmulateAsync("--port", "0", "--webhook", "http://127.0.0.1:1/whatsapp");
        using var http = new HttpClient { BaseAddress = host.Address };
        consumer.VerifyStatus = 503;

        using var connected = await http.PostAsync("_emulator/webhook", new StringContent($$"""{"url":"{{consumer.Url}}"}"""));
        var atFirst = await http.GetStringAsync("_emulator/state");
        consumer.VerifyStatus = 200;

        (await connected.Content.ReadAsStringAsync()).Should().Be("""{"success":true,"verified":false}""");
        atFirst.Should().Contain("\"verified\":false");
        (await host.ReadLineAsync()).Should().Be("The webhook answers the handshake now.");
    }

    [Fact]
    public async Task Emulate_TemplateWithABody_IsSentWithItsText()
    {
        using var host = await ToolProcess.EmulateAsync("--port", "0", "--template", "order_shipped:en_US:MARKETING=Order {{number}} leaves at 10:30.");
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev");

        var templates = await http.GetStringAsync("v27.0/271828182845904/message_templates?name=order_shipped");

        templates.Should().Contain("Order {{number}} leaves at 10:30.").And.Contain("\"NAMED\"").And.Contain("MARKETING");
    }

    [Theory]
    [InlineData("--frozen", "true")]
    [InlineData("--frozen")]
    [InlineData("--frozen=true")]
    public async Task Emulate_AccountsAndClock_AreAsGiven(params string[] frozen)
    {
        using var host = await ToolProcess.EmulateAsync(
        [
            "--port", "0", "--number", "1", "--number", "2", "--account", "10", "--account", "20",
            "--starts-at", "2026-11-23T10:00:00Z", .. frozen,
        ]);
        using var http = new HttpClient { BaseAddress = host.Address };

        (await http.GetStringAsync("_emulator/numbers")).Should().Contain("\"business_account_id\":\"10\"").And.Contain("\"business_account_id\":\"20\"");
        (await http.GetStringAsync("_emulator/clock")).Should().Be("""{"now":"2026-11-23T10:00:00+00:00","frozen":true,"change":0}""");
    }

    [Fact]
    public async Task Emulate_PortTaken_SaysSo()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, _, errors) = await ToolProcess.RunAsync("emulate", "--port", ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString());

        exitCode.Should().Be(1);
        errors.Should().Contain("Give another --port").And.NotContain("   at ");
    }

    [Fact]
    public async Task Emulate_Terminated_StopsInOrder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var host = await ToolProcess.EmulateAsync("--port", "0", "--webhook", "http://127.0.0.1:1/whatsapp");

        (await host.TerminateAsync()).Should().Be((0, ""));
    }
}
