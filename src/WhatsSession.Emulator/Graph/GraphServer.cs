using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WhatsSession.Emulator;

/// <summary>The HTTP side: a bare Kestrel on the loopback address.</summary>
internal sealed class GraphServer : IAsyncDisposable
{
    private const int LongestBody = 1024 * 1024;
    private const int GivesUpAfter = 64 * LongestBody;

    private readonly MetaSide _meta;
    private readonly GraphRouter _router;
    private readonly JournalPages _pages;
    private readonly WebApplication _app;

    private GraphServer(MetaSide meta, int port)
    {
        _meta = meta;
        _router = new(meta);
        _pages = new(meta);

        // The empty builder reads no configuration and no environment: the settings of the program around must not move this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = GivesUpAfter;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri BaseAddress => new(_app.Urls.First());

    public static async Task<GraphServer> StartAsync(MetaSide meta, int port, CancellationToken cancellationToken)
    {
        var server = new GraphServer(meta, port);
        try
        {
            await server._app.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync().ConfigureAwait(false);

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var (body, tooLong) = await ReadBodyAsync(request, context.RequestAborted).ConfigureAwait(false);
        var graphRequest = new GraphRequest
        {
            Method = request.Method,
            Path = request.Path.Value ?? "/",
            Query = name => request.Query[name] is [var value, ..] ? value : null,
            Authorization = request.Headers.Authorization,
            Body = body,
            BodyTooLong = tooLong,
        };
        if (graphRequest.Path.StartsWith(JournalPages.Prefix, StringComparison.Ordinal))
        {
            await WriteAsync(context, _pages.Answer(graphRequest)).ConfigureAwait(false);
            return;
        }

        var answer = _router.Answer(graphRequest);
        _meta.Journal.Record(graphRequest, answer, _meta.Clock.GetUtcNow());
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (answer.Accepted is { } message)
        {
            // Before the answer goes out, so that a caller who settles next finds the statuses; they wait for the answer all the same.
            _meta.Courier.Accept(message, answered.Task);
        }

        try
        {
            await WriteAsync(context, answer).ConfigureAwait(false);
        }
        finally
        {
            answered.SetResult();
        }
    }

    private async Task WriteAsync(HttpContext context, GraphAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = "application/json; charset=UTF-8";
        response.ContentLength = answer.Body.Length;
        response.Headers.Date = _meta.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
        await response.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Reads to the end, also what is too long, so that the client gets the answer and not a broken connection.</summary>
    private static async Task<(ReadOnlyMemory<byte> Body, bool TooLong)> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
        {
            return (default, false);
        }

        var kept = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, LongestBody));
        var chunk = new byte[16 * 1024];
        var tooLong = false;
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                var room = LongestBody - (int)kept.Length;
                tooLong |= read > room;
                await kept.WriteAsync(chunk.AsMemory(0, Math.Min(read, room)), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (BadHttpRequestException)
        {
            tooLong = true;
        }

        return (kept.ToArray(), tooLong);
    }

    /// <summary>In place of the console's lifetime, which would take Ctrl+C and SIGTERM away from the program around.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
