using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A video: MP4 or 3GPP with H.264 and AAC, at most 16 MB.</summary>
public sealed record VideoMessage : MediaMessage
{
    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public VideoMessage(MediaSource source)
        : base(source)
    {
    }

    /// <summary>A caption of 1 to 1,024 characters.</summary>
    /// <value>Null by default: no caption.</value>
    public string? Caption { get; init; }

    /// <inheritdoc />
    public override string Kind => "video";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Video;

    /// <summary>A video from a file on this machine, uploaded when the message is sent. The MIME type is taken from the file's extension.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static VideoMessage FromFile(string path) => new(MediaSource.FromFile(path));

    /// <summary>A video that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    public static VideoMessage FromLink(Uri link) => new(MediaSource.FromLink(link));

    /// <summary>A video that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    /// <exception cref="UriFormatException"><paramref name="link"/> is not an absolute address.</exception>
    public static VideoMessage FromLink(string link) => new(MediaSource.FromLink(link));

    /// <summary>A video that was uploaded to Meta before.</summary>
    /// <param name="mediaId">Meta's id of the upload. It is valid for 30 days and only for the number that uploaded it.</param>
    public static VideoMessage FromId(string mediaId) => new(MediaSource.FromId(mediaId));

    /// <summary>A video from bytes in memory, uploaded when the message is sent.</summary>
    /// <param name="content">The bytes; do not change them until the message is sent.</param>
    /// <param name="mimeType">Their MIME type.</param>
    public static VideoMessage FromBytes(ReadOnlyMemory<byte> content, string mimeType) => new(MediaSource.FromBytes(content, mimeType));

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Optional("video.caption", Caption, MaximumCaptionLength);
    }
}
