using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NodaTime;
using WhatsSession.Options;

namespace WhatsSession.Uploads;

/// <summary>Uploads the content of one part of a message, unless Meta has it.</summary>
internal sealed class ContentUploads(GraphClient graph, TimeProvider clock)
{
    private readonly RecentUploads _recent = new(clock);
    private readonly UploadsUnderWay _underWay = new();

    public void Forget(UploadKey key) => _recent.Remove(key);

    public void Forget(string mediaId) => _recent.Remove(mediaId);

    /// <summary>Uploads the content, or finds the id of an earlier upload of the same, if that lives for so long.</summary>
    public async Task<(MediaUpload Upload, UploadKey Key, bool IsReused)> UploadAsync(
        NumberSettings number, MediaPart part, Duration keepFor, CancellationToken cancellationToken)
    {
        if (part.Content is MediaSource.Streamed streamed)
        {
            return await UploadAsync(number, part, streamed.Content, keepFor, cancellationToken).ConfigureAwait(false);
        }

        Stream content;
        try
        {
            content = Open(part.Content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Refused(part, $"names a file that cannot be opened ({exception.GetType().Name})");
        }

        await using (content.ConfigureAwait(false))
        {
            return await UploadAsync(number, part, content, keepFor, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Checks the size of a stream that can seek.</summary>
    public static async Task<Violation?> CheckAsync(Stream content, MediaKind kind, string path, CancellationToken cancellationToken)
    {
        var start = content.Position;
        var head = new byte[MediaKind.HeadLength];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        content.Position = start;
        return kind.CheckLength(path, content.Length - start, head.AsSpan(0, read));
    }

    /// <summary>The check of the size while it is read, which is the only one for a stream of unknown length.</summary>
    public static ContentCheck CheckOf(MediaKind kind, string path)
    {
        byte[]? start = null;
        return (length, head) => kind.CheckLength(path, length, start ??= head[..Math.Min(head.Length, MediaKind.HeadLength)].ToArray());
    }

    /// <summary>Opens content that can be opened again.</summary>
    public static Stream Open(MediaSource.Upload content) => content switch
    {
        MediaSource.File file =>
            new FileStream(file.Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 }),
        MediaSource.Bytes bytes => MemoryMarshal.TryGetArray(bytes.Content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.Content.ToArray(), writable: false),
        _ => throw new NotSupportedException($"{content.GetType().Name} cannot be opened."),
    };

    private static (MediaUpload Upload, UploadKey Key, bool IsReused) Refused(MediaPart part, string rule) =>
        (MediaUpload.Refused([new Violation(part.Path, rule)]), default, false);

    private async Task<(MediaUpload Upload, UploadKey Key, bool IsReused)> UploadAsync(
        NumberSettings number, MediaPart part, Stream content, Duration keepFor, CancellationToken cancellationToken)
    {
        // The message was checked, so there is a type.
        var mimeType = part.Content.MimeTypeFor(part.Kind)!;
        if (!content.CanSeek)
        {
            // What is in it is known when it is at Meta.
            var once = await PostAsync(number, part, content, mimeType, cancellationToken).ConfigureAwait(false);
            var sent = KeyOf(number, once.Sha256, mimeType);
            if (once.IsSuccess)
            {
                _recent.Add(sent, once);
            }

            return (once, sent, false);
        }

        var start = content.Position;
        byte[] digest;
        try
        {
            if (await CheckAsync(content, part.Kind, part.Path, cancellationToken).ConfigureAwait(false) is { } violation)
            {
                return (MediaUpload.Refused([violation]), default, false);
            }

            digest = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
            content.Position = start;
        }
        catch (IOException exception)
        {
            return Refused(part, $"could not be read ({exception.GetType().Name})");
        }

        var key = KeyOf(number, digest, mimeType);
        return _recent.Find(key, keepFor) is { } recent
            ? (recent, key, true)
            : (await PostSharedAsync().ConfigureAwait(false), key, false);

        Task<MediaUpload> PostSharedAsync() =>
            _underWay.RunAsync(key, () => PostOnceAsync(number, part, content, key, mimeType, keepFor, cancellationToken), cancellationToken);
    }

    private async Task<MediaUpload> PostOnceAsync(
        NumberSettings number, MediaPart part, Stream content, UploadKey key, string mimeType, Duration keepFor, CancellationToken cancellationToken)
    {
        // Another may have come to its end between the look-up and this.
        if (_recent.Find(key, keepFor) is { } recent)
        {
            return recent;
        }

        var start = content.Position;
        var upload = await PostAsync(number, part, content, mimeType, cancellationToken).ConfigureAwait(false);
        content.Position = start;
        if (upload.IsSuccess && KeyOf(number, upload.Sha256, mimeType) != key)
        {
            return MediaUpload.Refused([new Violation(part.Path, "changed while it was uploaded")]);
        }

        if (upload.IsSuccess)
        {
            _recent.Add(key, upload);
        }

        return upload;
    }

    private Task<MediaUpload> PostAsync(NumberSettings number, MediaPart part, Stream content, string mimeType, CancellationToken cancellationToken) =>
        graph.Media.UploadAsync(
            number.Id, content, mimeType, number.Token, new MediaUploadOptions { Check = CheckOf(part.Kind, part.Path) }, cancellationToken);

    private static UploadKey KeyOf(NumberSettings number, ReadOnlyMemory<byte>? digest, string mimeType) =>
        new(number.Id, Convert.ToHexString(digest.GetValueOrDefault().Span), mimeType);
}
