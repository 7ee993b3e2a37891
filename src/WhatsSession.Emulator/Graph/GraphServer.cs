using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WhatsSession.Emulator;

/// <summary>The HTTP side: a bare Kestrel, on the loopback address unless told otherwise.</summary>
internal sealed class GraphServer : IAsyncDisposable
{
    private readonly MetaSide _meta;
    private readonly GraphRouter _router;
    private readonly ControlApi _control;
    private readonly WebApplication _app;

    private GraphServer(MetaSide meta, HttpClient http, EmulatorOptions options)
    {
        _meta = meta;
        _router = new(meta, http);
        _control = new(meta, http);

        // The empty builder reads no configuration and no environment: the settings of the program around must not move this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.GivesUpAfter;
            kestrel.Listen(IPAddress.Parse(options.ListenAddress), options.Port);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri BaseAddress => new(_app.Urls.First());

    public static async Task<GraphServer> StartAsync(MetaSide meta, HttpClient http, EmulatorOptions options, CancellationToken cancellationToken)
    {
        var server = new GraphServer(meta, http, options);
        try
        {
            await server._app.StartAsync(cancellationToken).ConfigureAwait(false);
            meta.BaseAddress = server.BaseAddress;
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _control.Stop();
        await _app.DisposeAsync().ConfigureAwait(false);
        _control.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path == "/" || path.StartsWith(ControlApi.Prefix, StringComparison.Ordinal))
        {
            await _control.AnswerAsync(context, path).ConfigureAwait(false);
            return;
        }

        var request = await ReadAsync(context.Request, path, context.RequestAborted).ConfigureAwait(false);
        var fault = _meta.Faults.TakeResponse();
        await _meta.Faults.DelayAsync(_meta.Clock, context.RequestAborted).ConfigureAwait(false);
        if (Refusal(fault) is { } refusal)
        {
            _meta.Journal.Record(request, refusal, _meta.Clock.GetUtcNow());
            await FinishAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var answer = await _router.AnswerAsync(request, context.RequestAborted).ConfigureAwait(false);
        var seen = fault switch
        {
            ResponseFault.DropAfterAccepting => answer with { StatusCode = 0, WasCarriedOut = answer.StatusCode == 200 },
            ResponseFault.EmptyObject => answer with { Body = "{}"u8.ToArray(), StatusCode = 200, WasCarriedOut = answer.StatusCode == 200 },
            _ => answer,
        };
        _meta.Journal.Record(request, seen, _meta.Clock.GetUtcNow());
        if (answer.Accepted is not { } message)
        {
            await FinishAsync(context, seen).ConfigureAwait(false);
            return;
        }

        // Before the answer goes out, so that a caller who settles next finds the statuses; they wait for the answer all the same.
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _meta.Courier.Accept(message, answered.Task);
        try
        {
            await FinishAsync(context, seen).ConfigureAwait(false);
        }
        finally
        {
            answered.SetResult();
        }
    }

    /// <summary>The answer of a fault that lets nothing be carried out.</summary>
    private static GraphAnswer? Refusal(ResponseFault fault) => fault switch
    {
        ResponseFault.ConnectionReset => new() { StatusCode = 0, Body = default },
        ResponseFault.TooManyRequests => GraphError.ThroughputLimit with { HttpStatus = 429 },
        ResponseFault.TooManyRequestsWithRetryAfter => (GraphAnswer)(GraphError.ThroughputLimit with { HttpStatus = 429 }) with { RetryAfter = 30 },
        ResponseFault.ServerError => GraphError.SomethingWrong,
        ResponseFault.BadGatewayHtml => new()
        {
            StatusCode = 502,
            Body = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray(),
            ContentType = "text/html; charset=UTF-8",
        },
        ResponseFault.EmptyUnavailable => new() { StatusCode = 503, Body = default },
        _ => null,
    };

    private async Task FinishAsync(HttpContext context, GraphAnswer answer)
    {
        if (answer.StatusCode == 0)
        {
            // The peer sees a reset, not an orderly end.
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        response.Headers.Date = _meta.Now.ToString("R", CultureInfo.InvariantCulture);
        if (answer.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
        await response.CompleteAsync().ConfigureAwait(false);
    }

    private static async Task<GraphRequest> ReadAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        var isFile = path.EndsWith("/media", StringComparison.Ordinal) || path.Contains('/' + ResumableUploads.Prefix, StringComparison.Ordinal);
        var (body, tooLong) = await RequestBody.ReadAsync(request, isFile ? RequestBody.LongestFile : RequestBody.LongestJson, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Method = request.Method,
            Path = path,
            Query = name => request.Query[name] is [var value, ..] ? value : null,
            Authorization = request.Headers.Authorization,
            ContentType = request.ContentType,
            FileOffset = isFile && request.Headers["file_offset"] is [var offset, ..] ? offset : null,
            Body = body,
            BodyTooLong = tooLong,
            IsFile = isFile,
        };
    }

    /// <summary>In place of the console's lifetime, which would take Ctrl+C and SIGTERM away from the program around.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
