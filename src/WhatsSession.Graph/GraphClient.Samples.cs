using System.Globalization;
using WhatsSession.Media;
using WhatsSession.Wire;

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
    public async Task<SampleUpload> UploadSampleAsync(string appId, Stream content, string fileName, string mimeType, AccessToken accessToken, CancellationToken cancellationToken = default)
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

        var start = content.Position;
        var address = _options.Resolve(string.Create(
            CultureInfo.InvariantCulture,
            $"{appId}/uploads?file_name={Uri.EscapeDataString(fileName)}&file_length={content.Length - start}&file_type={Uri.EscapeDataString(mimeType)}"));
        var authorization = accessToken.OAuth;
        var answer = await AskAsync(NewRequest(HttpMethod.Post, address, authorization), authorization, file: null, cancellationToken).ConfigureAwait(false);
        if (answer.Error is not null || MediaAnswer.Read(answer.Body).Id is not { } id || !id.StartsWith(UploadPrefix, StringComparison.Ordinal))
        {
            return new SampleUpload { Error = ErrorIn(answer, authorization, "names no id of the upload") };
        }

        var sent = await SendPieceAsync(id, content, start, offset: 0, authorization, cancellationToken).ConfigureAwait(false);
        return sent.IsSuccess || !IsBroken(sent.Error) ? sent : await ResumeAsync(id, content, start, authorization, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with an upload that broke off: asks Meta how much it has (<c>GET /{version}/{upload-id}</c>) and sends the rest.</summary>
    /// <param name="uploadId">Meta's id of the upload, from <see cref="SampleUpload.UploadId"/>.</param>
    /// <param name="content">The whole content again, from its position to its end: a stream that can seek. It is not closed.</param>
    /// <param name="accessToken">A token of the app.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="ArgumentException"><paramref name="uploadId"/> is no id of an upload, or <paramref name="content"/> cannot seek.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SampleUpload> ResumeSampleAsync(string uploadId, Stream content, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(uploadId);
        ArgumentNullException.ThrowIfNull(accessToken);
        ThrowIfNotSeekable(content);
        return uploadId.StartsWith(UploadPrefix, StringComparison.Ordinal)
            ? ResumeAsync(uploadId, content, content.Position, accessToken.OAuth, cancellationToken)
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

    private async Task<SampleUpload> ResumeAsync(string uploadId, Stream content, long start, string authorization, CancellationToken cancellationToken)
    {
        var last = new SampleUpload { UploadId = uploadId, Error = Failure("The upload was cut off", GraphErrorCategory.Unavailable) };
        for (var i = 0; i < MostResumptions && IsBroken(last.Error); i++)
        {
            var answer = await AskAsync(NewRequest(HttpMethod.Get, _options.Resolve(uploadId), authorization), authorization, file: null, cancellationToken).ConfigureAwait(false);
            last = answer.Error is null && MediaAnswer.Read(answer.Body).FileOffset is { } offset && offset <= content.Length - start
                ? await SendPieceAsync(uploadId, content, start, offset, authorization, cancellationToken).ConfigureAwait(false)
                : last with { Error = ErrorIn(answer, authorization, "names no offset of the upload") };
        }

        return last;
    }

    private async Task<SampleUpload> SendPieceAsync(string uploadId, Stream content, long start, long offset, string authorization, CancellationToken cancellationToken)
    {
        content.Position = start + offset;
        using var rest = new StreamedContent(content, content.Length - content.Position);
        var request = NewRequest(HttpMethod.Post, _options.Resolve(uploadId), authorization);
        request.Headers.TryAddWithoutValidation("file_offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = rest;
        var answer = await AskAsync(request, authorization, rest, cancellationToken).ConfigureAwait(false);
        return answer.Error is null && MediaAnswer.Read(answer.Body).Handle is { } handle ? new SampleUpload { Handle = handle, UploadId = uploadId }
            : new SampleUpload
            {
                UploadId = uploadId,
                Error = rest.Problem is { } problem ? Failure("The sample " + problem.Rule, GraphErrorCategory.InvalidRequest) : ErrorIn(answer, authorization, "has no handle"),
            };
    }
}
