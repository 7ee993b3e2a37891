using System.Globalization;
using WhatsSession.Errors;
using WhatsSession.Transport;
using WhatsSession.Wire;

namespace WhatsSession.Media;

/// <summary>Resumable uploads: when the connection breaks, they go on from where Meta is.</summary>
internal sealed class SampleUploads(GraphTransport transport)
{
    /// <summary>How Meta's ids of uploads begin.</summary>
    public const string IdPrefix = "upload:";

    private const int MostResumptions = 3;

    /// <summary>Begins an upload and sends the bytes.</summary>
    public async Task<SampleUpload> UploadAsync(
        string appId, Stream content, string fileName, string mimeType, string authorization, CancellationToken cancellationToken)
    {
        var start = content.Position;
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"{appId}/uploads?file_name={Uri.EscapeDataString(fileName)}&file_length={content.Length - start}&file_type={Uri.EscapeDataString(mimeType)}");
        var answer = await transport.AskAsync(
            () => transport.NewRequest(HttpMethod.Post, path, authorization), isRepeatable: false, authorization, cancellationToken).ConfigureAwait(false);
        if (answer.Error is not null || MediaAnswer.Read(answer.Body).Id is not { } id || !id.StartsWith(IdPrefix, StringComparison.Ordinal))
        {
            return new SampleUpload { Error = answer.ErrorOr("names no id of the upload") };
        }

        var sent = await SendPieceAsync(id, content, start, offset: 0, authorization, cancellationToken).ConfigureAwait(false);
        return sent.IsSuccess || !IsBroken(sent.Error) ? sent : await ResumeAsync(id, content, start, authorization, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks Meta how much it has, and sends the rest.</summary>
    public async Task<SampleUpload> ResumeAsync(string uploadId, Stream content, long start, string authorization, CancellationToken cancellationToken)
    {
        var last = new SampleUpload { UploadId = uploadId, Error = AnswerErrors.Failure("The upload was cut off", GraphErrorCategory.Unavailable) };
        for (var i = 0; i < MostResumptions && IsBroken(last.Error); i++)
        {
            var answer = await transport.AskAsync(
                () => transport.NewRequest(HttpMethod.Get, uploadId, authorization), isRepeatable: true, authorization, cancellationToken)
                .ConfigureAwait(false);
            if (answer.Error is not null)
            {
                // It was asked several times already.
                return last with { Error = answer.Error };
            }

            last = MediaAnswer.Read(answer.Body).FileOffset is { } offset && offset <= content.Length - start
                ? await SendPieceAsync(uploadId, content, start, offset, authorization, cancellationToken).ConfigureAwait(false)
                : last with { Error = answer.ErrorOr("names no offset of the upload") };
        }

        return last;
    }

    private static bool IsBroken(GraphError? error) => error?.Category is GraphErrorCategory.Unavailable or GraphErrorCategory.NotReached;

    private async Task<SampleUpload> SendPieceAsync(
        string uploadId, Stream content, long start, long offset, string authorization, CancellationToken cancellationToken)
    {
        content.Position = start + offset;
        using var rest = new StreamedContent(content, content.Length - content.Position);
        var request = transport.NewRequest(HttpMethod.Post, uploadId, authorization);
        request.Headers.TryAddWithoutValidation("file_offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = rest;
        var answer = await transport.UploadAsync(request, authorization, rest, cancellationToken).ConfigureAwait(false);
        return answer.Error is null && MediaAnswer.Read(answer.Body).Handle is { } handle ? new SampleUpload { Handle = handle, UploadId = uploadId }
            : new SampleUpload
            {
                UploadId = uploadId,
                Error = rest.Problem is { } problem
                    ? AnswerErrors.Failure("The sample " + problem.Rule, GraphErrorCategory.InvalidRequest)
                    : answer.ErrorOr("has no handle"),
            };
    }
}
