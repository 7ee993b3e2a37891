using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace WhatsSession.Emulator.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task Host_WithArguments_ServesThemOnTheLoopbackAndSaysSo()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        using var host = await HostProcess.StartAsync("--port", "0", "--webhook", consumer.Url.AbsoluteUri, "--number", "4242", "--token", "hush", "--app-secret", "s3", "--template", "order_shipped:en_US:1:MARKETING");
        using var http = new HttpClient { BaseAddress = host.Address };

        using var says = await http.PostAsync("_emulator/customers/15550001234/actions", new StringContent("""{"action":"says","text":"hi"}"""));
        using var request = new HttpRequestMessage(HttpMethod.Post, "v26.0/4242/messages");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "hush");
        request.Content = new StringContent(Business.Body(Business.Phone, Bodies.Template("order_shipped", "4410")), Encoding.UTF8, "application/json");
        using var sent = await http.SendAsync(request);

        host.Greeting.Should().Contain("http://127.0.0.1:").And.Contain("Only this machine reaches it").And.NotContain("hush");
        ((int)says.StatusCode, (int)sent.StatusCode).Should().Be((200, 200));
        consumer.Requests[0].Signature.Should().Be("sha256=" + Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData("s3"u8, consumer.Requests[0].Body)).ToLowerInvariant());
    }

    [Theory]
    [InlineData("'--prt' is not an option", "--prt", "1")]
    [InlineData("--port needs a value", "--port")]
    [InlineData("--port is given twice", "--port", "1", "--port", "2")]
    [InlineData("--port 'x' is not a number", "--port", "x")]
    [InlineData("--webhook 'here' is not an http or https URL", "--webhook", "here")]
    [InlineData("'12ab' is not", "--number", "12ab")]
    [InlineData("ListenAddress 'everywhere' is not an IP address", "--listen", "everywhere")]
    [InlineData("--template 'x' is not name:language", "--template", "x")]
    [InlineData("AppSecret is empty", "--app-secret", "")]
    public async Task Host_BadArgument_SaysWhatToGive(string message, params string[] args)
    {
        var (exitCode, errors) = await HostProcess.RunAsync(args);

        exitCode.Should().Be(2);
        errors.Should().Contain(message).And.NotContain("   at ").And.NotContain("(Parameter");
    }

    [Fact]
    public async Task Host_PortTaken_SaysSo()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, errors) = await HostProcess.RunAsync("--port", ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString());

        exitCode.Should().Be(1);
        errors.Should().Contain("Give another --port").And.NotContain("   at ");
    }
}
