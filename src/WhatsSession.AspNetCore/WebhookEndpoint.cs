using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using WhatsSession.Shared;

namespace WhatsSession;

/// <summary>The endpoint's two methods over the raw request.</summary>
internal sealed class WebhookEndpoint(
    WhatsSessionRuntime runtime, WebhookOptions options, BodyBudget budget, RecurringWarnings recurring, ILogger<WebhookEndpoint> log)
{
    /// <summary>Kestrel counts the framing of chunks too: one byte in a chunk of its own takes six.</summary>
    private const int MostWireBytes = 8;

    private readonly ConcurrentBag<CancellationTokenSource> _deadlines = [];

    public Task HandleAsync(HttpContext context) => HttpMethods.IsGet(context.Request.Method) ? VerifyAsync(context) : AcceptAsync(context);

    private async Task VerifyAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (runtime.AnswerVerification(query["hub.mode"], query["hub.verify_token"], query["hub.challenge"]) is not { } challenge)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        // Plain text and never sniffed as a page: the challenge comes from outside.
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(challenge, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (context.Request.ContentLength > options.MaximumBodySize)
        {
            context.Response.StatusCode = RefuseForItsSize();
            return;
        }

        Allow(context);
        using var body = BodyBuffer.TryMake(budget);
        var status = body is null ? RefuseForWantOfMemory() : await ReadAsync(context.Request, body).ConfigureAwait(false);
        if (status != StatusCodes.Status200OK)
        {
            Refuse(context, status);
            return;
        }

        var result = await runtime.AcceptAsync(body!.Written, SignatureOf(context.Request.Headers), context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = result.StatusCode;
    }

    /// <summary>Reads a body to its end.</summary>
    /// <returns>200, or what to answer instead.</returns>
    private async Task<int> ReadAsync(HttpRequest request, BodyBuffer body)
    {
        // Of a socket, so on the system's clock. When the connection ends, reading ends too.
        var deadline = _deadlines.TryTake(out var used) ? used : new CancellationTokenSource();
        deadline.CancelAfter(options.BodyDeadline);
        try
        {
            var announced = request.ContentLength ?? options.MaximumBodySize + 1L;
            while (body.Length < announced)
            {
                if (body.Free.IsEmpty && !body.TryGrow(announced))
                {
                    return RefuseForWantOfMemory();
                }

                var read = await request.Body.ReadAsync(body.Free, deadline.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                body.Advance(read);
            }

            return body.Length > options.MaximumBodySize ? RefuseForItsSize() : StatusCodes.Status200OK;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            var level = recurring.LevelOf(nameof(Log.BodyTooSlow));
            log.BodyTooSlow(level, options.BodyDeadline);
            return StatusCodes.Status408RequestTimeout;
        }
        catch (BadHttpRequestException refused)
        {
            // The server has rules of its own, such as a least rate. With 400 it tells that the sender went away or writes no HTTP.
            if (refused.StatusCode != StatusCodes.Status400BadRequest)
            {
                var level = recurring.LevelOf(nameof(Log.BodyRefusedByServer), refused.Message);
                log.BodyRefusedByServer(level, refused.StatusCode, refused.Message);
            }

            return refused.StatusCode;
        }
        finally
        {
            if (deadline.TryReset())
            {
                _deadlines.Add(deadline);
            }
            else
            {
                deadline.Dispose();
            }
        }
    }

    private int RefuseForItsSize()
    {
        var level = recurring.LevelOf(nameof(Log.BodyTooLarge));
        log.BodyTooLarge(level, options.MaximumBodySize);
        return StatusCodes.Status413PayloadTooLarge;
    }

    private int RefuseForWantOfMemory()
    {
        var level = recurring.LevelOf(nameof(Log.BodiesTooMany));
        log.BodiesTooMany(level, options.MaximumBufferedBytes);
        return StatusCodes.Status503ServiceUnavailable;
    }

    private static void Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The rest of the body is not waited for.
            context.Response.Headers.Connection = "close";
        }
    }

    /// <summary>Lets the server read what the options allow and more: what is too large is refused here, not by an exception of the server's.</summary>
    private void Allow(HttpContext context)
    {
        var most = (long)options.MaximumBodySize * MostWireBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server && server.MaxRequestBodySize < most)
        {
            server.MaxRequestBodySize = most;
        }
    }

    private string? SignatureOf(IHeaderDictionary headers)
    {
        var signature = headers[WebhookSignature.HeaderName];
        return signature.Count == 0 && options.SecondSignatureHeader is { } second ? headers[second] : signature;
    }
}
