using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Control;

/// <summary>The emulator's own HTTP side: its page, and everything a test in another process needs.</summary>
internal sealed class ControlApi : IDisposable
{
    private const string Prefix = "/_emulator/";

    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; media-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly ControlRoutes _routes;
    private readonly ChangeFeed _changes;
    private readonly MetaTime _time;
    private readonly OwnAddress _address;
    private readonly CancellationTokenSource _stopping = new();
    private readonly bool _isLocal;

    /// <param name="routes">What it answers.</param>
    /// <param name="changes">What it streams.</param>
    /// <param name="time">Meta's.</param>
    /// <param name="address">The emulator's.</param>
    /// <param name="isLocal">It listens for this machine alone.</param>
    public ControlApi(ControlRoutes routes, ChangeFeed changes, MetaTime time, OwnAddress address, bool isLocal) =>
        (_routes, _changes, _time, _address, _isLocal) = (routes, changes, time, address, isLocal);

    /// <returns>Whether a path is of this side, and not of the Graph API.</returns>
    public static bool Has(string path) => path == "/" || path.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Ends the streams of events, which would go on otherwise.</summary>
    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    public async Task AnswerAsync(HttpContext context, string path)
    {
        if (IsForeign(context.Request))
        {
            var refusal = GraphError.Invalid("Requests from pages of other sites are refused: use localhost or an IP address.") with { HttpStatus = 403 };
            await WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        if (path == Prefix + "events" && HttpMethods.IsGet(context.Request.Method))
        {
            await StreamAsync(context).ConfigureAwait(false);
            return;
        }

        await WriteAsync(context, await FindAsync(context, path).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<GraphAnswer> FindAsync(HttpContext context, string path)
    {
        var request = context.Request;
        if (PageFiles.Find(path) is { } file && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            return file;
        }

        // Whoever waits for a change of the clock is answered at the end.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, context.RequestAborted);
        var (body, tooLong) = await RequestBody.ReadAsync(request, RequestBody.LongestFile, context.RequestAborted).ConfigureAwait(false);
        return await _routes.AnswerAsync(
            new()
            {
                Method = request.Method,
                Path = path,
                Query = name => request.Query[name] is [var value, ..] ? value : null,
                Authorization = null,
                Body = body,
                BodyTooLong = tooLong,
                BaseAddress = _address.Value,
            },
            path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : "",
            stop.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// A page of another site must not move this emulator by the browser of who visits it: neither as another origin, nor by a name of its own
    /// that leads to this machine.
    /// </summary>
    private bool IsForeign(HttpRequest request) =>
        (_isLocal && !string.Equals(request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(request.Host.Host, out _))
        || (request.Headers.Origin is [{ Length: > 0 } origin] && !IsOwn(origin, request.Host.Value));

    private static bool IsOwn(string origin, string? host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, host, StringComparison.OrdinalIgnoreCase);

    /// <summary>One event at the start and one after every change; what changed is asked for anew.</summary>
    private async Task StreamAsync(HttpContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            while (true)
            {
                var changed = _changes.Next();
                var now = _time.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
                var change = Encoding.ASCII.GetBytes($"event: change\ndata: {{\"now\":\"{now}\"}}\n\n");
                await context.Response.Body.WriteAsync(change, stop.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(stop.Token).ConfigureAwait(false);
                await changed.WaitAsync(stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher left, or the emulator stops.
        }
    }

    private async Task WriteAsync(HttpContext context, GraphAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        response.Headers.Date = _time.Now.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = ContentPolicy;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
