using System.Globalization;

namespace WhatsSession;

public sealed partial class GraphClient
{
    private const int MostResumptions = 3;
    private const string UploadPrefix = "upload:";

    /// <summary>Uploads a sample for the header of a template, or the picture of a profile: <c>POST /{version}/{app-id}/uploads</c>, then the bytes. When the connection breaks it goes on from where Meta is, three times at most.</summary>
    /// <param name="appId">Meta's id of the app: digits.</param>
    /// <param name="content">The content, from its position to its end: a stream that can seek. It is not closed.</param>
    /// <param name="fileName">A name for the file.</param>
    /// <param name="mimeType">Its MIME type.</param>
    /// <param name="accessToken">A token of the app.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is no id, or <paramref name="content"/> cannot seek.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks><see href="https://developers.facebook.com/docs/graph-api/guides/upload">Meta, read November 2026.</see></remarks>
    public async Task<SampleUpload> UploadSampleAsync(string appId, Stream content, string fileName, string mimeType, string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(appId);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        ThrowIfNotSeekable(content);
        if (appId.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException("The id of an app has digits only.", nameof(appId));
        }

        var start = content.Position;
        var address = _options.Resolve(string.Create(
            CultureInfo.InvariantCulture,
            $"{appId}/uploads?file_name={Uri.EscapeDataString(fileName)}&file_length={content.Length - start}&file_type={Uri.EscapeDataString(mimeType)}"));
        var (answer, error) = await AskAsync(NewRequest(HttpMethod.Post, address, "OAuth " + accessToken), accessToken, cancellationToken).ConfigureAwait(false);
        if (answer?.Id is not { } id || !id.StartsWith(UploadPrefix, StringComparison.Ordinal))
        {
            return new SampleUpload { Error = error ?? Failure("Meta's answer names no id of the upload", GraphErrorCategory.Unknown) };
        }

        var sent = await SendPieceAsync(id, content, start, offset: 0, accessToken, cancellationToken).ConfigureAwait(false);
        return sent.IsSuccess || !IsBroken(sent.Error) ? sent : await ResumeAsync(id, content, start, accessToken, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with an upload that broke off: asks Meta how much it has (<c>GET /{version}/{upload-id}</c>) and sends the rest.</summary>
    /// <param name="uploadId">Meta's id of the upload, from <see cref="SampleUpload.UploadId"/>.</param>
    /// <param name="content">The whole content again, from its position to its end: a stream that can seek. It is not closed.</param>
    /// <param name="accessToken">A token of the app.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="ArgumentException"><paramref name="uploadId"/> is no id of an upload, or <paramref name="content"/> cannot seek.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SampleUpload> ResumeSampleAsync(string uploadId, Stream content, string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(uploadId);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        ThrowIfNotSeekable(content);
        return uploadId.StartsWith(UploadPrefix, StringComparison.Ordinal)
            ? ResumeAsync(uploadId, content, content.Position, accessToken, cancellationToken)
            : throw new ArgumentException($"The id of an upload starts with \"{UploadPrefix}\".", nameof(uploadId));
    }

    private static void ThrowIfNotSeekable(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanSeek)
        {
            throw new ArgumentException("The length of the content must be known, and an upload that broke off goes on from the middle: give a stream that can seek.", nameof(content));
        }
    }

    private static bool IsBroken(GraphError? error) => error?.Category is GraphErrorCategory.Unavailable or GraphErrorCategory.NotReached;

    private async Task<SampleUpload> ResumeAsync(string uploadId, Stream content, long start, string accessToken, CancellationToken cancellationToken)
    {
        var last = new SampleUpload { UploadId = uploadId, Error = Failure("The upload was cut off", GraphErrorCategory.Unavailable) };
        for (var i = 0; i < MostResumptions && IsBroken(last.Error); i++)
        {
            var (answer, error) = await AskAsync(NewRequest(HttpMethod.Get, _options.Resolve(uploadId), "OAuth " + accessToken), accessToken, cancellationToken).ConfigureAwait(false);
            last = answer?.FileOffset is { } offset && offset <= content.Length - start
                ? await SendPieceAsync(uploadId, content, start, offset, accessToken, cancellationToken).ConfigureAwait(false)
                : last with { Error = error ?? Failure("Meta's answer names no offset of the upload", GraphErrorCategory.Unknown) };
        }

        return last;
    }

    private async Task<SampleUpload> SendPieceAsync(string uploadId, Stream content, long start, long offset, string accessToken, CancellationToken cancellationToken)
    {
        content.Position = start + offset;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var rest = new StreamedContent(content, content.Length - content.Position) { Alive = () => patience.CancelAfter(_patience) };
        using var request = NewRequest(HttpMethod.Post, _options.Resolve(uploadId), "OAuth " + accessToken);
        request.Headers.TryAddWithoutValidation("file_offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = rest;
        var (answer, error) = await AskAsync(request, accessToken, patience.Token, cancellationToken).ConfigureAwait(false);
        if (answer?.Handle is { } handle)
        {
            return new SampleUpload { Handle = handle, UploadId = uploadId };
        }

        error = rest.Problem is { } problem ? Failure("The sample " + problem.Rule, GraphErrorCategory.InvalidRequest) : error;
        return new SampleUpload { UploadId = uploadId, Error = error ?? Failure("Meta's answer has no handle", GraphErrorCategory.Unknown) };
    }

    private Task<(MediaAnswer? Answer, GraphError? Error)> AskAsync(HttpRequestMessage request, string accessToken, CancellationToken cancellationToken) =>
        AskAsync(request, accessToken, cancellationToken, cancellationToken);

    /// <summary>One request of the media endpoints and its answer; an error when there is none.</summary>
    /// <param name="request">Disposed of here.</param>
    /// <param name="accessToken">Kept out of the error.</param>
    /// <param name="token">Ends the request.</param>
    /// <param name="cancellationToken">The caller's own, whose cancellation passes through.</param>
    private async Task<(MediaAnswer? Answer, GraphError? Error)> AskAsync(HttpRequestMessage request, string accessToken, CancellationToken token, CancellationToken cancellationToken)
    {
        using var owned = request;
        try
        {
            using var response = await (request.Content is null ? _http : _uploads).SendAsync(request, HttpCompletionOption.ResponseContentRead, token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            return response.IsSuccessStatusCode && SendAnswer.Read(response.StatusCode, body, retryAfter: null) is not GraphSendResult.Refused
                ? (MediaAnswer.Read(body), null)
                : (null, ErrorOf(response.StatusCode, body, "Bearer " + accessToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Failure($"No answer ({CauseOf(exception)})", GraphErrorCategory.Unavailable));
        }
    }
}
