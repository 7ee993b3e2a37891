using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
    private readonly IPAddress _listens;

    private GraphServer(MetaSide meta, HttpClient http, EmulatorOptions options)
    {
        _meta = meta;
        _listens = IPAddress.Parse(options.ListenAddress);
        _router = new(meta, http);
        _control = new(meta, http, isLocal: IPAddress.IsLoopback(_listens));

        // The empty builder reads no configuration and no environment: the settings of the program around must not move this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.GivesUpAfter;
            kestrel.Listen(_listens, options.Port);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>An address to reach it by: listening everywhere, it is reached on the loopback address.</summary>
    public Uri BaseAddress
    {
        get
        {
            var address = new UriBuilder(_app.Urls.First());
            if (_listens.Equals(IPAddress.Any) || _listens.Equals(IPAddress.IPv6Any))
            {
                address.Host = _listens.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]";
            }

            return address.Uri;
        }
    }

    public static async Task<GraphServer> StartAsync(MetaSide meta, HttpClient http, EmulatorOptions options, CancellationToken cancellationToken)
    {
        var server = new GraphServer(meta, http, options);
        try
        {
            await server._app.StartAsync(cancellationToken).ConfigureAwait(false);
            meta.BaseAddress = server.BaseAddress;
            return server;
        }
        catch (SocketException e)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported
                ? new ArgumentException($"ListenAddress '{options.ListenAddress}' is not an address of this machine: give 127.0.0.1 for this machine alone, or 0.0.0.0 for all its networks.", nameof(options), e)
                : new IOException($"Listening on {options.ListenAddress}:{options.Port.ToString(CultureInfo.InvariantCulture)} failed: {e.Message}.", e);
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

    /// <summary>Answers in the envelope whatever happens, so that no client waits for nothing.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await FindAnswerAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await FinishAsync(context, e is BadHttpRequestException malformed ? GraphError.Invalid("The request is malformed.") with { HttpStatus = malformed.StatusCode } : GraphError.SomethingWrong).ConfigureAwait(false);
        }
    }

    private async Task FindAnswerAsync(HttpContext context)
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
            BaseAddress = Uri.TryCreate($"{request.Scheme}://{request.Host.Value}/", UriKind.Absolute, out var address) ? address : null,
        };
    }

    /// <summary>In place of the console's lifetime, which would take Ctrl+C and SIGTERM away from the program around.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
