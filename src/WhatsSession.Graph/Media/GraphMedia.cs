using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using WhatsSession.Media;
using WhatsSession.Transport;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>Media: <c>/{phone-number-id}/media</c> and <c>/{media-id}</c>; samples for templates: <c>/{app-id}/uploads</c>.</summary>
/// <remarks>Thread safe. Each call brings its own token.</remarks>
public sealed class GraphMedia
{
    private readonly GraphTransport _transport;
    private readonly MediaDownloads _downloads;
    private readonly SampleUploads _samples;

    internal GraphMedia(GraphTransport transport)
    {
        _transport = transport;
        _downloads = new MediaDownloads(transport);
        _samples = new SampleUploads(transport);
    }

    /// <summary>
    /// Uploads a medium: <c>POST /{version}/{phone-number-id}/media</c>. Type and size are checked only by <see cref="MediaUploadOptions.Check"/>.
    /// </summary>
    /// <param name="number">The business number it will be sent from.</param>
    /// <param name="content">
    /// The content, read from its current position to its end. It is not kept in memory, and the stream is not closed. A stream that cannot seek is sent in
    /// chunks, without a length.
    /// </param>
    /// <param name="mimeType">Its MIME type, such as <c>application/pdf</c>.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="FormatException"><paramref name="mimeType"/> is not a MIME type.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaUpload> UploadAsync(
        PhoneNumberId number, Stream content, string mimeType, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        UploadAsync(number, content, mimeType, accessToken, MediaUploadOptions.Default, cancellationToken);

    /// <summary>Uploads a medium as <see cref="UploadAsync(PhoneNumberId, Stream, string, AccessToken, CancellationToken)"/> does, with options.</summary>
    /// <param name="number">The business number it will be sent from.</param>
    /// <param name="content">
    /// The content, read from its current position to its end. It is not kept in memory, and the stream is not closed. A stream that cannot seek is sent in
    /// chunks, without a length.
    /// </param>
    /// <param name="mimeType">Its MIME type, such as <c>application/pdf</c>.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the upload. The time-out of the <see cref="HttpClient"/> also ends it; it counts from the start.</param>
    /// <exception cref="FormatException"><paramref name="mimeType"/> is not a MIME type.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaUpload> UploadAsync(
        PhoneNumberId number,
        Stream content,
        string mimeType,
        AccessToken accessToken,
        MediaUploadOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(accessToken);
        ArgumentNullException.ThrowIfNull(options);
        return UploadAsync(number, content, mimeType, options, accessToken.Bearer, cancellationToken);
    }

    /// <summary>Gets the type, size and download address of a medium: <c>GET /{version}/{media-id}</c>.</summary>
    /// <param name="number">The business number that received or uploaded it.</param>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDetails> GetAsync(PhoneNumberId number, string mediaId, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _downloads.FindAsync(number, mediaId, accessToken.Bearer, cancellationToken);
    }

    /// <summary>Deletes a medium: <c>DELETE /{version}/{media-id}</c>.</summary>
    /// <param name="number">The business number that received or uploaded it.</param>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteAsync(PhoneNumberId number, string mediaId, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.DoAsync(HttpMethod.Delete, MediaDownloads.PathOf(number, mediaId), write: null, accessToken, cancellationToken);
    }

    /// <summary>Downloads a medium in pieces: gets its address from <c>GET /{version}/{media-id}</c>, then downloads it from there.</summary>
    /// <param name="number">The business number that received it.</param>
    /// <param name="mediaId">Meta's id of it, which is valid for 7 days.</param>
    /// <param name="destination">
    /// The stream that the content is written to. It is written before the checksum is known: use the content only when the download succeeded. Its exceptions
    /// are not caught.
    /// </param>
    /// <param name="accessToken">
    /// The token of the business number. It is sent only to Meta's hosts. This is checked at every redirect; no connection is made to other hosts.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the download. The download also fails when no data arrives for the time-out of the <see cref="HttpClient"/>.
    /// </param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDownload> DownloadAsync(
        PhoneNumberId number, string mediaId, Stream destination, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        return DownloadAsync(new MediaLocation(number, mediaId, Address: null, Sha256: null), destination, accessToken, cancellationToken);
    }

    /// <summary>Downloads a medium from the address that a webhook gave. If that address has expired, it gets the new one first.</summary>
    /// <param name="media">What is known about the medium.</param>
    /// <param name="destination">
    /// The stream that the content is written to. It is written before the checksum is known: use the content only when the download succeeded. Its exceptions
    /// are not caught.
    /// </param>
    /// <param name="accessToken">
    /// The token of the business number. It is sent only to Meta's hosts. This is checked at every redirect; no connection is made to other hosts.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the download. The download also fails when no data arrives for the time of <see cref="GraphClientOptions.Patience"/>.
    /// </param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDownload> DownloadAsync(MediaLocation media, Stream destination, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(media);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _downloads.DownloadAsync(media, destination, accessToken.Bearer, cancellationToken);
    }

    /// <summary>
    /// Uploads a sample for the header of a template, or the picture of a profile: <c>POST /{version}/{app-id}/uploads</c>, then the bytes. When the
    /// connection breaks, the upload continues from the last byte that Meta has, at most three times.
    /// </summary>
    /// <param name="appId">Meta's id of the app: digits.</param>
    /// <param name="content">The content, read from its current position to its end. The stream must be able to seek. It is not closed.</param>
    /// <param name="fileName">A name for the file.</param>
    /// <param name="mimeType">Its MIME type.</param>
    /// <param name="accessToken">A token of the app.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is not an id, or <paramref name="content"/> cannot seek.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks><see href="https://developers.facebook.com/docs/graph-api/guides/upload">Meta, read November 2026.</see></remarks>
    public Task<SampleUpload> UploadSampleAsync(
        string appId, Stream content, string fileName, string mimeType, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(appId);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        ArgumentNullException.ThrowIfNull(accessToken);
        ThrowIfNotSeekable(content);
        if (appId.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException("The id of an app has digits only.", nameof(appId));
        }

        return _samples.UploadAsync(appId, content, fileName, mimeType, accessToken.OAuth, cancellationToken);
    }

    /// <summary>Continues an upload that was interrupted: asks Meta how much it has (<c>GET /{version}/{upload-id}</c>) and sends the rest.</summary>
    /// <param name="uploadId">Meta's id of the upload, from <see cref="SampleUpload.UploadId"/>.</param>
    /// <param name="content">The whole content again, read from its current position to its end. The stream must be able to seek. It is not closed.</param>
    /// <param name="accessToken">A token of the app.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="ArgumentException"><paramref name="uploadId"/> is not the id of an upload, or <paramref name="content"/> cannot seek.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SampleUpload> ResumeSampleAsync(string uploadId, Stream content, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(uploadId);
        ArgumentNullException.ThrowIfNull(accessToken);
        ThrowIfNotSeekable(content);
        return uploadId.StartsWith(SampleUploads.IdPrefix, StringComparison.Ordinal)
            ? _samples.ResumeAsync(uploadId, content, content.Position, accessToken.OAuth, cancellationToken)
            : throw new ArgumentException($"The id of an upload starts with \"{SampleUploads.IdPrefix}\".", nameof(uploadId));
    }

    private static void ThrowIfNotSeekable(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanSeek)
        {
            throw new ArgumentException(
                "The length of the content must be known, and an upload that broke off goes on from the middle: give a stream that can seek.", nameof(content));
        }
    }

    private async Task<MediaUpload> UploadAsync(
        PhoneNumberId number, Stream content, string mimeType, MediaUploadOptions options, string authorization, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.Parse(mimeType);
        using var file = new StreamedContent(content, content.CanSeek ? content.Length - content.Position : null)
        {
            Check = options.Check,
            Progress = options.Progress,
            Headers = { ContentType = type },
        };
        var request = _transport.NewRequest(HttpMethod.Post, number.Value + "/media", authorization);
        request.Content = NewForm(file, mimeType, FileNames.Of(type.MediaType ?? ""), options);
        var answer = await _transport.UploadAsync(request, authorization, file, cancellationToken).ConfigureAwait(false);
        return answer.Error is null && MediaAnswer.Read(answer.Body).Id is { } id ? new MediaUpload { MediaId = id, Length = file.Sent, Sha256 = file.Digest }
            : file.Problem is { } problem ? MediaUpload.Refused([problem])
            : new MediaUpload { Error = answer.ErrorOr("names no id of the medium"), RetryAfter = answer.RetryAfter };
    }

    private static MultipartFormDataContent NewForm(StreamedContent file, string mimeType, string fileName, MediaUploadOptions options)
    {
        var boundary = "----WhatsSession" + Guid.NewGuid().ToString("n");
        var form = new MultipartFormDataContent(boundary);
        form.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", boundary) } };
        Add("messaging_product", "whatsapp");
        Add("type", mimeType);
        if (options.TtlMinutes is { } minutes)
        {
            Add("ttl_minutes", minutes.ToString(CultureInfo.InvariantCulture));
        }

        // Not the file's own name, which may be personal and stays with the id for all who get it; a document message has a name of its own.
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{fileName}\"" };
        form.Add(file);
        return form;

        void Add(string name, string value)
        {
            var text = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
            text.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
            form.Add(text);
        }
    }
}
