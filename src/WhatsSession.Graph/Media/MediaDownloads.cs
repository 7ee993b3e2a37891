using System.Globalization;
using System.Security.Cryptography;
using WhatsSession.Errors;
using WhatsSession.Transport;

namespace WhatsSession.Media;

/// <summary>Finds media and fetches them from where they are, piece by piece. The token travels to Meta's hosts alone.</summary>
internal sealed class MediaDownloads
{
    private const int MostRedirects = 5;
    private const int LongestError = 16 * 1024;

    private readonly GraphTransport _transport;

    public MediaDownloads(GraphTransport transport) => _transport = transport;

    /// <summary>Asks what a medium is and where.</summary>
    public async Task<MediaDetails> FindAsync(PhoneNumberId number, string mediaId, string authorization, CancellationToken cancellationToken)
    {
        var answer = await _transport.AskAsync(
            () => _transport.NewRequest(HttpMethod.Get, PathOf(number, mediaId), authorization), isRepeatable: true, authorization, cancellationToken)
            .ConfigureAwait(false);
        return answer.Error is null && MediaAnswer.Read(answer.Body).Details is { Address: not null } details
            ? details
            : new MediaDetails { Error = answer.ErrorOr("names no address of the medium") };
    }

    public static string PathOf(PhoneNumberId number, string mediaId) => $"{Uri.EscapeDataString(mediaId)}?phone_number_id={number.Value}";

    public async Task<MediaDownload> DownloadAsync(MediaLocation media, Stream destination, string authorization, CancellationToken cancellationToken)
    {
        if (media.Address is { } known)
        {
            var first = media.MediaId.Length == 0
                ? await FetchRepeatedlyAsync(known, authorization, cancellationToken).ConfigureAwait(false)
                : await FetchAsync(known, authorization, within: null, cancellationToken).ConfigureAwait(false);
            if (first.Response is not null)
            {
                return await CopyAsync(first.Response, media.Digest(), destination, cancellationToken).ConfigureAwait(false);
            }

            // An address holds five minutes, the id seven days, which leads to another address. Nothing leads on from one that is not Meta's.
            if (first.Error is { HttpStatus: null, Category: GraphErrorCategory.Configuration } || media.MediaId.Length == 0)
            {
                return new MediaDownload { Error = first.Error };
            }
        }

        var details = await FindAsync(media.Number, media.MediaId, authorization, cancellationToken).ConfigureAwait(false);
        if (!details.IsSuccess)
        {
            return new MediaDownload { Error = details.Error };
        }

        var fetched = await FetchRepeatedlyAsync(details.Address, authorization, cancellationToken).ConfigureAwait(false);
        if (fetched.Response is null)
        {
            return new MediaDownload { Error = fetched.Error };
        }

        var digest = media.Digest() ?? (media with { Sha256 = details.Sha256 }).Digest();
        return await CopyAsync(fetched.Response, digest, destination, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Fetched> FetchRepeatedlyAsync(Uri address, string authorization, CancellationToken cancellationToken)
    {
        var repetition = new Repetition(_transport.Options);
        Fetched fetched;
        do
        {
            fetched = await FetchAsync(address, authorization, repetition.Remaining, cancellationToken).ConfigureAwait(false);
        }
        while (await repetition.WaitAsync(fetched.Error, fetched.RetryAfter, cancellationToken).ConfigureAwait(false));
        return fetched;
    }

    /// <param name="address">Where it is.</param>
    /// <param name="authorization">The header of the request.</param>
    /// <param name="within">The time for opening it, beside that of each connection; null for no more limits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<Fetched> FetchAsync(Uri address, string authorization, TimeSpan? within, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within ?? Timeout.InfiniteTimeSpan);
        try
        {
            for (var hop = 0; hop <= MostRedirects && MediaHosts.AreMetas(address, _transport.Options.BaseAddress); hop++)
            {
                using var request = GraphTransport.NewRequest(HttpMethod.Get, address, authorization);
                var response = await _transport.OpenAsync(request, limit.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return new Fetched(response, Error: null, RetryAfter: null);
                }

                using (response)
                {
                    if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } next)
                    {
                        var body = await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
                        var answer = new GraphAnswer(authorization) { Status = response.StatusCode, Body = body, IsRepeatable = true };
                        return new Fetched(Response: null, Gone(answer.Error) ?? answer.Error, GraphTransport.RetryAfter(response.Headers));
                    }

                    address = new Uri(address, next);
                }
            }
        }
        catch (Exception exception) when (GraphTransport.IsNoAnswer(exception, cancellationToken))
        {
            var none = GraphTransport.WithoutAnswer(exception, isWritten: null, GraphTransport.ServerOf(address), authorization) with { IsRepeatable = true };
            return new Fetched(Response: null, none.Error, RetryAfter: null);
        }

        const string Elsewhere = "The address of the medium, or one it redirects to, is not Meta's; nothing was sent there";
        return new Fetched(Response: null, AnswerErrors.Failure(Elsewhere, GraphErrorCategory.Configuration), RetryAfter: null);
    }

    // The host of media answers without an error of Meta's. The address of the API is not to blame.
    private static GraphError? Gone(GraphError? error) => error is { Code: 0, Type.Length: 0, HttpStatus: (404 or 410) and var status }
        ? AnswerErrors.Failure($"Nothing is at the address of the medium any more (HTTP {status})", GraphErrorCategory.InvalidRequest) with
        {
            HttpStatus = status,
        }
        : null;

    // Meta's errors are short; what else may come is not read to its end.
    private async Task<byte[]> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var patience = GraphTransport.Limit(_transport.Patience, cancellationToken);
        var content = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        await using var ofContent = content.ConfigureAwait(false);
        var body = new byte[LongestError];
        return body[..await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, patience.Token).ConfigureAwait(false)];
    }

    private async Task<MediaDownload> CopyAsync(HttpResponseMessage response, byte[]? digest, Stream destination, CancellationToken cancellationToken)
    {
        using var owned = response;
        if (response.Content.Headers.ContentLength > _transport.Options.MaximumDownloadSize)
        {
            return TooLarge(length: 0);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Stream? content = null;
        var buffer = new byte[16 * 1024];
        var length = 0L;
        while (true)
        {
            int read;
            try
            {
                patience.CancelAfter(_transport.Patience);
                content ??= await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
                read = await content.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
                patience.CancelAfter(Timeout.InfiniteTimeSpan); // The destination may take its time.
            }
            catch (Exception exception) when (GraphTransport.IsNoAnswer(exception, cancellationToken))
            {
                var cause = $"The download was cut off ({GraphTransport.CauseOf(exception)})";
                var error = AnswerErrors.Failure(cause, GraphErrorCategory.Unavailable) with { IsOfRepeatableRequest = true };
                return new MediaDownload { Length = length, Error = error };
            }

            if (read == 0)
            {
                break;
            }

            if (read > _transport.Options.MaximumDownloadSize - length)
            {
                return TooLarge(length);
            }

            hash.AppendData(buffer.AsSpan(0, read));
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            length += read;
        }

        var isRight = digest is null || hash.GetHashAndReset().AsSpan().SequenceEqual(digest);
        return new MediaDownload
        {
            MimeType = response.Content.Headers.ContentType?.ToString() ?? "",
            Length = length,
            Error = isRight ? null : AnswerErrors.Failure("The content's SHA-256 is not the one that Meta announced", GraphErrorCategory.Unknown),
        };
    }

    private MediaDownload TooLarge(long length)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"The medium is larger than the {_transport.Options.MaximumDownloadSize:N0} bytes to which downloads are limited; raise MaximumDownloadSize");
        return new MediaDownload { IsTooLarge = true, Length = length, Error = AnswerErrors.Failure(message, GraphErrorCategory.InvalidRequest) };
    }

    /// <summary>What came of the last address: an answer of success, or why there is none.</summary>
    private readonly record struct Fetched(HttpResponseMessage? Response, GraphError? Error, TimeSpan? RetryAfter);
}
