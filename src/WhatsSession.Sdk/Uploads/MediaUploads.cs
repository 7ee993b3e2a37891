using WhatsSession.Options;
using WhatsSession.Time;

namespace WhatsSession.Uploads;

/// <summary>
/// Turns a message with contents into the same message with ids of uploads. The same content is uploaded once for each number, as long as its id lives.
/// </summary>
internal sealed class MediaUploads(GraphClient graph, TimeProvider clock)
{
    // Meta has no code of its own for an id that it does not know (any more): it is an invalid parameter (100) or a bad value of one.
    private const int InvalidParameterValue = 131009;

    private readonly ContentUploads _contents = new(graph, clock);

    /// <summary>
    /// Uploads what the message brings along, then sends it. When Meta does not take a message with the id of an earlier upload,
    /// its contents are uploaded anew, once.
    /// </summary>
    /// <param name="number">The business number.</param>
    /// <param name="message">The message.</param>
    /// <param name="terms">How long to wait for a refused upload, and how long the ids must live.</param>
    /// <param name="send">
    /// Sends the message with ids. Also given: the message with digests in their place, which tells the same contents by whatever id.
    /// </param>
    /// <param name="cancellationToken">Ends the upload.</param>
    public async Task<SendOutcome> SendAsync<TMessage>(
        NumberSettings number, TMessage message, UploadTerms terms, Func<TMessage, TMessage, Task<SendOutcome>> send, CancellationToken cancellationToken)
        where TMessage : Message
    {
        var first = await ResolveAsync(number, message, terms, cancellationToken).ConfigureAwait(false);
        if (first.Failure is not null)
        {
            return first.Failure;
        }

        var outcome = await send(first.Message, first.Identity).ConfigureAwait(false);
        if (!first.HasReused || outcome is not SendOutcome.Rejected { Error.Code: GraphErrorCodes.InvalidParameter or InvalidParameterValue } rejected
            || (rejected.Template is not null && !ReferenceEquals(rejected.Template, first.Message)))
        {
            return outcome;
        }

        first.Keys.ForEach(_contents.Forget);
        if (first.IsSpent)
        {
            return outcome;
        }

        var second = await ResolveAsync(number, message, terms, cancellationToken).ConfigureAwait(false);
        return second.Failure ?? await send(second.Message, second.Identity).ConfigureAwait(false);
    }

    /// <summary>Uploads content after checking its type and size.</summary>
    public async Task<MediaUpload> UploadAsync(
        NumberSettings number, Stream content, string mimeType, MediaUploadOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(mimeType);
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindViolation() is { } wrong)
        {
            return MediaUpload.Refused([wrong]);
        }

        if (MediaKind.OfMimeType(mimeType) is not { } kind)
        {
            return MediaUpload.Refused([new Violation("type", "is a MIME type that Meta takes no media of")]);
        }

        if (content.CanSeek && await ContentUploads.CheckAsync(content, kind, "file", cancellationToken).ConfigureAwait(false) is { } violation)
        {
            return MediaUpload.Refused([violation]);
        }

        return await graph.Media.UploadAsync(
            number.Id, content, mimeType, number.Token, options with { Check = ContentUploads.CheckOf(kind, "file") }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads a file, whose name tells its type.</summary>
    public async Task<MediaUpload> UploadAsync(NumberSettings number, string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new MediaSource.File(path);
        if (MediaKind.OfFile(path) is not { } kind)
        {
            return MediaUpload.Refused(
                [new Violation("file", "has a name whose ending tells no MIME type that Meta takes; upload it as a stream with its type")]);
        }

        Stream content;
        try
        {
            content = ContentUploads.Open(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return MediaUpload.Refused([new Violation("file", $"could not be opened ({exception.GetType().Name})")]);
        }

        await using (content.ConfigureAwait(false))
        {
            return await UploadAsync(number, content, file.MimeTypeFor(kind)!, new MediaUploadOptions(), cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<SampleUpload> UploadSampleAsync(
        NumberSettings number, string appId, Stream content, string fileName, string mimeType, CancellationToken cancellationToken) =>
        graph.Media.UploadSampleAsync(appId, content, fileName, mimeType, number.Token, cancellationToken);

    public Task<MediaDetails> GetAsync(NumberSettings number, string mediaId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        return graph.Media.GetAsync(number.Id, mediaId, number.Token, cancellationToken);
    }

    public Task<GraphResult> DeleteAsync(NumberSettings number, string mediaId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        _contents.Forget(mediaId);
        return graph.Media.DeleteAsync(number.Id, mediaId, number.Token, cancellationToken);
    }

    private async Task<ResolvedMessage<TMessage>> ResolveAsync<TMessage>(
        NumberSettings number, TMessage message, UploadTerms terms, CancellationToken cancellationToken)
        where TMessage : Message
    {
        var resolved = new ResolvedMessage<TMessage>(message);
        var ids = new Queue<MediaSource>();
        var digests = new Queue<MediaSource>();
        foreach (var part in MediaParts.Of(message))
        {
            var (upload, key, isReused) = await UploadAsync(number, part, terms, cancellationToken).ConfigureAwait(false);
            if (!upload.IsSuccess)
            {
                resolved.Failure = upload.Violations.Count > 0
                    ? new SendOutcome.Invalid { Violations = [.. upload.Violations.Select(violation => violation with { Path = part.Path })] }
                    : RefusedRequest.ToOutcome(upload.Error, upload.RetryAfter, clock.GetInstant(), fallback: null);
                return resolved;
            }

            resolved.HasReused |= isReused;
            resolved.IsSpent |= !part.CanBeReadAgain;
            resolved.Keys.Add(key);
            ids.Enqueue(MediaSource.FromId(upload.MediaId));
            digests.Enqueue(MediaSource.FromId(Convert.ToHexString(upload.Sha256.GetValueOrDefault().Span)));
        }

        resolved.Message = MediaParts.Replace(message, _ => ids.Dequeue());
        resolved.Identity = MediaParts.Replace(message, _ => digests.Dequeue());
        return resolved;
    }

    /// <summary>Uploads the content of one part, and again after refusals that are none for good.</summary>
    private async Task<(MediaUpload Upload, UploadKey Key, bool IsReused)> UploadAsync(
        NumberSettings number, MediaPart part, UploadTerms terms, CancellationToken cancellationToken)
    {
        try
        {
            var waited = TimeSpan.Zero;
            for (var attempt = 1; ; attempt++)
            {
                var done = await _contents.UploadAsync(number, part, terms.KeepFor, cancellationToken).ConfigureAwait(false);
                if (done.Upload.Error is not { } error || !part.CanBeReadAgain
                    || RetryDelays.After(error, done.Upload.RetryAfter, attempt) is not { } delay || waited + delay >= terms.Deadline)
                {
                    return done;
                }

                waited += delay;
                await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception)
        {
            // A medium may be there; the message is not.
            throw new CancelledBeforeWritingException(exception);
        }
    }
}
