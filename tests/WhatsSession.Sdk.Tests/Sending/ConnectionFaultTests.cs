using System.Net;
using System.Net.Sockets;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>Faults of a real connection on loopback.</summary>
[WithoutEmulator("Faults of the socket: refused, cut off in the middle, no TLS.")]
public sealed class ConnectionFaultTests
{
    [Fact]
    public async Task SendMessageAsync_ConnectionRefused_IsNotReached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        listener.Stop();

        ExpectNotReached(await SendAsync(address));
    }

    [Fact]
    public async Task SendMessageAsync_CutBeforeTheRequestWasWritten_IsNotReached()
    {
        // The connection ends in the TLS handshake, so no byte of the request was handed over.
        await using var server = new TcpServer(stream => stream.ReadAsync(new byte[1]).AsTask());

        ExpectNotReached(await SendAsync(server.Https));
    }

    [Fact]
    public async Task SendMessageAsync_NoHandshakeUntilTheDeadline_IsNotReached()
    {
        var ended = new TaskCompletionSource();
        await using var server = new TcpServer(_ => ended.Task);

        ExpectNotReached(await SendAsync(server.Https, TimeSpan.FromMilliseconds(50)));
        ended.SetResult();
    }

    [Fact]
    public async Task SendMessageAsync_CutAfterTheRequestWasWritten_IsUnanswered()
    {
        await using var server = new TcpServer(TcpServer.ReadRequestAsync);

        (await SendAsync(server.Http)).Should().BeOfType<GraphSendResult.Unanswered>();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Len")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\":[{\"id\":\"wamid.x\"}]")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n{\"messages\"")]
    [InlineData("garbage\r\n\r\n")]
    public async Task SendMessageAsync_CutInTheAnswer_IsUnanswered(string answer)
    {
        await using var server = new TcpServer(async stream =>
        {
            await TcpServer.ReadRequestAsync(stream);
            await TcpServer.WriteAsync(stream, answer);
        });

        (await SendAsync(server.Http)).Should().BeOfType<GraphSendResult.Unanswered>();
    }

    [Fact]
    public async Task SendMessageAsync_NoAnswerUntilTheDeadline_IsUnanswered()
    {
        var ended = new TaskCompletionSource();
        await using var server = new TcpServer(async stream =>
        {
            await TcpServer.ReadRequestAsync(stream);
            await ended.Task;
        });

        (await SendAsync(server.Http, TimeSpan.FromMilliseconds(300))).Should().BeOfType<GraphSendResult.Unanswered>().Which.Cause.Should().Be("time-out");
        ended.SetResult();
    }

    [Fact]
    public async Task SendMessageAsync_WholeAnswer_IsAccepted()
    {
        await using var server = new TcpServer(async stream =>
        {
            await TcpServer.ReadRequestAsync(stream);
            await TcpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n{\"messages\":[{\"id\":\"wamid.x\"}]}");
        });

        (await SendAsync(server.Http)).Should().BeOfType<GraphSendResult.Accepted>().Which.MessageId.Value.Should().Be("wamid.x");
    }

    [Fact]
    public async Task SendAsync_Redirect_IsNotFollowed()
    {
        await using var elsewhere = new TcpServer(TcpServer.ReadRequestAsync);
        await using var server = new TcpServer(async stream =>
        {
            await TcpServer.ReadRequestAsync(stream);
            await TcpServer.WriteAsync(stream, $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Http}\r\nContent-Length: 0\r\n\r\n");
        });
        await using var runtime = await WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
            o.GraphBaseAddress = server.Http;
        });

        var outcome = await runtime.Client.Number("support").Conversation(Given.Phone).SendAsync(Given.Text);

        outcome.Should().BeOfType<SendOutcome.Rejected>().Which.Error.HttpStatus.Should().Be(307);
        elsewhere.Connections.Should().Be(0);
    }

    private static void ExpectNotReached(GraphSendResult result)
    {
        var error = result.Should().BeOfType<GraphSendResult.Refused>().Which.Error;
        error.Category.Should().Be(GraphErrorCategory.NotReached);
        error.HttpStatus.Should().BeNull();
    }

    private static async Task<GraphSendResult> SendAsync(Uri address, TimeSpan? deadline = null)
    {
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler);
        return await new GraphClient(http, new GraphClientOptions { BaseAddress = address }).Messages.SendAsync(Given.Key, Given.Text, Given.AccessToken, new GraphSendOptions { Deadline = deadline });
    }
}
