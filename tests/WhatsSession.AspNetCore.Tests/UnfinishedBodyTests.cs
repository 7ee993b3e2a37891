using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>Who announces a body and does not finish it, on the real server. Anybody can: no signature is known before the end.</summary>
[Collection(nameof(Alone))]
public sealed class UnfinishedBodyTests
{
    private const int Announced = 3_000_000;
    private const int Megabyte = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Post_200UnfinishedBodies_HoldBoundedMemoryAndGiveItBack()
    {
        using var pool = new ServerPool();
        await using var app = await StartAsync(static webhooks => webhooks.BodyDeadline = TimeSpan.FromSeconds(8));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var unfinished = new byte[Announced - 100];
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SendAsync(app, Announced, unfinished)));

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(150 * Megabyte);

        var answers = await Task.WhenAll(clients.Select(ReadToEndAsync));
        answers.Should().Contain(static answer => answer.StartsWith("HTTP/1.1 503", StringComparison.Ordinal))
            .And.Contain(static answer => answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal))
            .And.NotContain(static answer => answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
        (await PostAsync(app)).Should().Be(HttpStatusCode.OK, "all of the budget is free again");

        // The pool of the server lets go of its buffers in its own time, and says how many it keeps. All else is given back.
        (GC.GetTotalMemory(forceFullCollection: true) - before - pool.Kept).Should().BeLessThan(20 * Megabyte);
    }

    [Fact]
    public async Task Post_BodyThatDoesNotArrive_Is408AndClosed()
    {
        await using var app = await StartAsync(static webhooks => webhooks.BodyDeadline = TimeSpan.FromMilliseconds(100));
        using var client = await SendAsync(app, Announced, new byte[10]);

        (await ReadToEndAsync(client)).Should().StartWith("HTTP/1.1 408").And.Contain("Connection: close");
        (await PostAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_LargeBodiesHoldTheirPart_SmallOnesStillPass()
    {
        await using var app = await StartAsync(static webhooks =>
        {
            webhooks.MaximumBodySize = Megabyte;
            webhooks.MaximumBufferedBytes = 4 * Megabyte;
        });
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(app, Megabyte, new byte[Megabyte - 1])));

        (await PostAsync(app)).Should().Be(HttpStatusCode.OK);

        Array.ForEach(clients, static client => client.Dispose());
    }

    private static async Task<HttpStatusCode> PostAsync(WebApplication app)
    {
        using var http = new HttpClient { BaseAddress = AddressOf(app), Timeout = Patience };
        var body = WebApp.Text("hi");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/whatsapp") { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookSignature.HeaderName, WebhookSignature.Compute(body, WebApp.AppSecret));
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Sends what can be sent of a body; the server may close while it comes.</summary>
    private static async Task<TcpClient> SendAsync(WebApplication app, int announced, byte[] body)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, AddressOf(app).Port);
        try
        {
            var head = $"POST /whatsapp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {announced}\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await client.GetStream().WriteAsync(body);
        }
        catch (IOException)
        {
            // Answered already.
        }

        return client;
    }

    /// <summary>What the server answers until it closes the connection.</summary>
    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream(), Encoding.ASCII))
        {
            var answer = new StringBuilder();
            try
            {
                while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
                {
                    answer.AppendLine(line);
                }
            }
            catch (IOException)
            {
                // Reset instead of closed.
            }

            return answer.ToString();
        }
    }

    private static Uri AddressOf(WebApplication app) => new(app.Urls.Single());

    private static async Task<WebApplication> StartAsync(Action<WebhookOptions> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static server =>
        {
            server.Listen(IPAddress.Loopback, 0);
            server.Limits.MinRequestBodyDataRate = null; // Its own deadline would hide ours.
        });
        builder.Services.AddRouting();
        builder.Services.AddWhatsSession(o =>
        {
            WebApp.Configure(o);
            configure(o.Webhooks);
        });
        var app = builder.Build();
        app.MapWhatsApp("/whatsapp");
        await app.StartAsync();
        return app;
    }

    /// <summary>What the server's pool of buffers keeps, as the server counts it itself.</summary>
    private sealed class ServerPool : IDisposable
    {
        private readonly MeterListener _listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Microsoft.AspNetCore.MemoryPool", Name: "aspnetcore.memory_pool.pooled" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };

        private long _kept;

        public ServerPool()
        {
            _listener.SetMeasurementEventCallback<long>((_, bytes, _, _) => Interlocked.Add(ref _kept, bytes));
            _listener.Start();
        }

        public long Kept => Volatile.Read(ref _kept);

        public void Dispose() => _listener.Dispose();
    }
}

/// <summary>Of tests that measure the memory of the process or take all of the machine.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
