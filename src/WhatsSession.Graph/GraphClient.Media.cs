using System.Security.Cryptography;
using WhatsSession.Media;

namespace WhatsSession;

public sealed partial class GraphClient
{
    private const int MostRedirects = 5;
    private const int LongestError = 16 * 1024;

    /// <summary>Downloads a medium: asks <c>GET /{version}/{media-id}</c> where it is, then fetches it from there, piece by piece.</summary>
    /// <param name="number">The business number that received it.</param>
    /// <param name="mediaId">Meta's id of it, kept 7 days.</param>
    /// <param name="destination">Receives the content. It is written to before the checksum is known: use it only when the download succeeded. What it throws passes through.</param>
    /// <param name="accessToken">The token of the business number. It travels to Meta's hosts alone, which is decided at every redirect; other hosts are not connected to.</param>
    /// <param name="cancellationToken">Ends the download. It is given up, too, when nothing comes for the time-out of the <see cref="HttpClient"/>.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDownload> DownloadMediaAsync(PhoneNumberId number, string mediaId, Stream destination, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        return DownloadMediaAsync(new MediaLocation(number, mediaId, Address: null, Sha256: null), destination, accessToken, cancellationToken);
    }

    /// <summary>Downloads a medium from where a webhook said that it is, or, should that be over, from where it is by now.</summary>
    /// <param name="media">What is known of it.</param>
    /// <param name="destination">Receives the content. It is written to before the checksum is known: use it only when the download succeeded. What it throws passes through.</param>
    /// <param name="accessToken">The token of the business number. It travels to Meta's hosts alone, which is decided at every redirect; other hosts are not connected to.</param>
    /// <param name="cancellationToken">Ends the download. It is given up, too, when nothing comes for <see cref="GraphClientOptions.Patience"/>.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDownload> DownloadMediaAsync(MediaLocation media, Stream destination, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(media);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(accessToken);
        return DownloadAsync(media, destination, accessToken.Bearer, cancellationToken);
    }

    private async Task<MediaDownload> DownloadAsync(MediaLocation media, Stream destination, string authorization, CancellationToken cancellationToken)
    {
        if (media.Address is { } known)
        {
            var (fetched, failure) = await FetchAsync(known, authorization, cancellationToken).ConfigureAwait(false);
            if (fetched is not null)
            {
                return await CopyAsync(fetched, media.Digest(), destination, cancellationToken).ConfigureAwait(false);
            }

            // An address holds five minutes, the id seven days.
            if (failure!.HttpStatus is null || media.MediaId.Length == 0)
            {
                return new MediaDownload { Error = failure };
            }
        }

        var details = await GetDetailsAsync(media.Number, media.MediaId, authorization, cancellationToken).ConfigureAwait(false);
        if (!details.IsSuccess)
        {
            return new MediaDownload { Error = details.Error };
        }

        var (response, error) = await FetchAsync(details.Address, authorization, cancellationToken).ConfigureAwait(false);
        return response is null
            ? new MediaDownload { Error = error }
            : await CopyAsync(response, media.Digest() ?? (media with { Sha256 = details.Sha256 }).Digest(), destination, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The answer of success of the last address, or why there is none.</returns>
    private async Task<(HttpResponseMessage? Response, GraphError? Error)> FetchAsync(Uri address, string authorization, CancellationToken cancellationToken)
    {
        try
        {
            for (var hop = 0; hop <= MostRedirects && MediaHosts.AreMetas(address, _options.BaseAddress); hop++)
            {
                using var request = NewRequest(HttpMethod.Get, address, authorization);
                var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return (response, null);
                }

                using (response)
                {
                    if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } next)
                    {
                        return (null, ErrorOf(response.StatusCode, await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false), authorization));
                    }

                    address = new Uri(address, next);
                }
            }
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            return (null, ErrorWithoutAnswer(exception, isWritten: null));
        }

        return (null, Failure("The address of the medium, or one it redirects to, is not Meta's; nothing was sent there", GraphErrorCategory.Configuration));
    }

    // Meta's errors are short; what else may come is not read to its end.
    private async Task<byte[]> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var patience = Limit(Patience, cancellationToken);
        var content = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        await using var ofContent = content.ConfigureAwait(false);
        var body = new byte[LongestError];
        return body[..await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, patience.Token).ConfigureAwait(false)];
    }

    private async Task<MediaDownload> CopyAsync(HttpResponseMessage response, byte[]? digest, Stream destination, CancellationToken cancellationToken)
    {
        using var owned = response;
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
                patience.CancelAfter(Patience);
                content ??= await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
                read = await content.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
                patience.CancelAfter(Timeout.InfiniteTimeSpan); // The destination may take its time.
            }
            catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
            {
                return new MediaDownload { Length = length, Error = Failure($"The download was cut off ({CauseOf(exception)})", GraphErrorCategory.Unavailable) };
            }

            if (read == 0)
            {
                break;
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
            Error = isRight ? null : Failure("The content's SHA-256 is not the one that Meta announced", GraphErrorCategory.Unknown),
        };
    }
}
