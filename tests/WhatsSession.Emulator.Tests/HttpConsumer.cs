using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace WhatsSession.Emulator.Tests;

/// <summary>A business with an HTTP endpoint, whose verify token is <c>dev-verify</c>.</summary>
internal sealed class HttpConsumer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Posted> _requests = new();

    private HttpConsumer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Url => new(_app.Urls.First() + "/whatsapp?tenant=1");

    /// <summary>The HTTP status that it answers webhooks with.</summary>
    public int Status { get; set; } = 200;

    /// <summary>The HTTP status that it answers Meta's handshake with, where the token is right.</summary>
    public int VerifyStatus { get; set; } = 200;

    /// <summary>What happens before a webhook is answered; given its body.</summary>
    public Func<string, Task> BeforeAnswer { get; set; } = static _ => Task.CompletedTask;

    public IReadOnlyList<Posted> Requests => [.. _requests];

    public static async Task<HttpConsumer> StartAsync()
    {
        var consumer = new HttpConsumer();
        await consumer._app.StartAsync();
        return consumer;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method))
        {
            var ok = request.Query["hub.mode"] == "subscribe" && request.Query["hub.verify_token"] == "dev-verify" && request.Query["tenant"] == "1";
            context.Response.StatusCode = ok ? VerifyStatus : 403;
            await context.Response.WriteAsync(request.Query["hub.challenge"].ToString());
            return;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _requests.Enqueue(new(body.ToArray(), request.Headers["X-Hub-Signature-256"].ToString(), request.Headers.UserAgent.ToString(), request.ContentType));
        context.Response.StatusCode = Status;
        await BeforeAnswer(System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    internal sealed record Posted(byte[] Body, string Signature, string UserAgent, string? ContentType);
}
