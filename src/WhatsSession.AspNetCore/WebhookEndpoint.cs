using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace WhatsSession;

/// <summary>The endpoint's two methods over the raw request.</summary>
internal sealed class WebhookEndpoint(WhatsSessionRuntime runtime, WebhookOptions options)
{
    /// <summary>Who sends nothing yet is given no more than this, whatever length is announced.</summary>
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Kestrel counts the framing of chunks too: one byte in a chunk of its own takes six.</summary>
    private const int MostWireBytes = 8;

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
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        Allow(context);
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            var announced = context.Request.ContentLength ?? long.MaxValue;
            while (length < announced
                && await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
                if (length > options.MaximumBodySize)
                {
                    context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                    return;
                }

                if (length == buffer.Length)
                {
                    buffer = Enlarge(buffer);
                }
            }

            var result = await runtime.AcceptAsync(
                buffer.AsMemory(0, length), SignatureOf(context.Request.Headers), context.RequestAborted).ConfigureAwait(false);
            context.Response.StatusCode = result.StatusCode;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
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

    private static byte[] Enlarge(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
