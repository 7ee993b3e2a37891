using Microsoft.AspNetCore.Http;

namespace WhatsSession.Emulator.Http;

/// <summary>Reads a request's body.</summary>
internal static class RequestBody
{
    public const int LongestJson = 1024 * 1024;

    /// <summary>Meta's largest file and the form around it.</summary>
    public const int LongestFile = 101 * 1024 * 1024;

    public const int GivesUpAfter = 2 * LongestFile;

    /// <summary>Reads to the end, also what is too long, so that the client gets the answer and not a broken connection.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, bool TooLong)> ReadAsync(HttpRequest request, int longest, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
        {
            return (default, false);
        }

        try
        {
            return request.ContentLength <= longest
                ? (await ReadExactlyAsync(request, cancellationToken).ConfigureAwait(false), false)
                : await ReadUpToAsync(request, longest, cancellationToken).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (IsTooLong(e))
        {
            return (default, true);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadExactlyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[(int)request.ContentLength!];
        var count = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return body.AsMemory(0, count);
    }

    private static async Task<(ReadOnlyMemory<byte> Body, bool TooLong)> ReadUpToAsync(HttpRequest request, int longest, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        var chunk = new byte[16 * 1024];
        var tooLong = false;
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                var room = longest - (int)kept.Length;
                tooLong |= read > room;
                await kept.WriteAsync(chunk.AsMemory(0, Math.Min(read, room)), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (BadHttpRequestException e) when (IsTooLong(e))
        {
            tooLong = true;
        }

        return (kept.ToArray(), tooLong);
    }

    /// <summary>Else it is malformed, which is answered where all exceptions are.</summary>
    private static bool IsTooLong(BadHttpRequestException e) => e.StatusCode == StatusCodes.Status413PayloadTooLarge;
}
