using System.Security.Cryptography;

namespace WhatsSession;

public sealed partial class GraphClient
{
    private const int MostRedirects = 5;

    /// <summary>Downloads a medium: asks <c>GET /{version}/{media-id}</c> where it is, then fetches it from there, piece by piece.</summary>
    /// <param name="number">The business number that received it.</param>
    /// <param name="mediaId">Meta's id of it, kept 7 days.</param>
    /// <param name="destination">Receives the content. It is written to before the checksum is known: use it only when the download succeeded.</param>
    /// <param name="accessToken">The token of the business number. It travels to Meta's hosts alone, which is decided at every redirect; other hosts are not connected to.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDownload> DownloadMediaAsync(PhoneNumberId number, string mediaId, Stream destination, string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        return DownloadAsync(new MediaLocation(number, mediaId, Address: null, Sha256: null), destination, "Bearer " + accessToken, cancellationToken);
    }

    /// <summary>Downloads a medium from where it is said to be, or where it is by now.</summary>
    internal async Task<MediaDownload> DownloadAsync(MediaLocation media, Stream destination, string authorization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        try
        {
            if (media.Address is { } known)
            {
                // Nothing was written when the answer was no success: an address holds five minutes, the id seven days.
                using var response = await FetchAsync(known, authorization, cancellationToken).ConfigureAwait(false);
                if (response is null || response.IsSuccessStatusCode || media.MediaId.Length == 0)
                {
                    return await CopyAsync(response, media.Digest(), destination, cancellationToken).ConfigureAwait(false);
                }
            }

            var details = await GetDetailsAsync(media.Number, media.MediaId, authorization, cancellationToken).ConfigureAwait(false);
            if (!details.IsSuccess)
            {
                return new MediaDownload { Error = details.Error };
            }

            using var content = await FetchAsync(details.Address, authorization, cancellationToken).ConfigureAwait(false);
            return await CopyAsync(content, media.Digest() ?? (media with { Sha256 = details.Sha256 }).Digest(), destination, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            return new MediaDownload { Error = new GraphError { Message = $"The download was cut off ({CauseOf(exception)})", Category = GraphErrorCategory.Unavailable } };
        }
    }

    /// <returns>The answer of the last address; null when one of them is not Meta's, to which nothing was sent.</returns>
    private async Task<HttpResponseMessage?> FetchAsync(Uri address, string authorization, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MostRedirects && MediaHosts.AreMetas(address, _options.BaseAddress); hop++)
        {
            using var request = NewRequest(HttpMethod.Get, address, authorization);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } next)
            {
                return response;
            }

            response.Dispose();
            address = new Uri(address, next);
        }

        return null;
    }

    private static async Task<MediaDownload> CopyAsync(HttpResponseMessage? response, byte[]? digest, Stream destination, CancellationToken cancellationToken)
    {
        if (response is null)
        {
            return new MediaDownload { Error = Failure("The address of the medium, or one it redirects to, is not Meta's; nothing was sent there", GraphErrorCategory.Configuration) };
        }

        if (!response.IsSuccessStatusCode)
        {
            return new MediaDownload { Error = ErrorOf(response.StatusCode, body: default, authorization: "") };
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var ofContent = content.ConfigureAwait(false);
        var buffer = new byte[16 * 1024];
        var length = 0L;
        while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
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
