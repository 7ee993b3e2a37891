namespace WhatsSession;

/// <summary>A sticker: WebP of 512 × 512 pixels, at most 100 KB, or 500 KB when animated.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/sticker-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record StickerMessage : MediaMessage
{
    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public StickerMessage(MediaSource source)
        : base(source)
    {
    }

    /// <inheritdoc />
    public override string Kind => "sticker";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Sticker;

    /// <summary>A sticker from a file on this machine, uploaded when the message is sent. The MIME type is taken from the file's extension.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static StickerMessage FromFile(string path) => new(MediaSource.FromFile(path));

    /// <summary>A sticker that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    public static StickerMessage FromLink(Uri link) => new(MediaSource.FromLink(link));

    /// <summary>A sticker that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    /// <exception cref="UriFormatException"><paramref name="link"/> is not an absolute address.</exception>
    public static StickerMessage FromLink(string link) => new(MediaSource.FromLink(link));

    /// <summary>A sticker that was uploaded to Meta before.</summary>
    /// <param name="mediaId">Meta's id of the upload. It is valid for 30 days and only for the number that uploaded it.</param>
    public static StickerMessage FromId(string mediaId) => new(MediaSource.FromId(mediaId));

    /// <summary>A sticker from bytes in memory, uploaded when the message is sent.</summary>
    /// <param name="content">The bytes; do not change them until the message is sent.</param>
    /// <param name="mimeType">Their MIME type.</param>
    public static StickerMessage FromBytes(ReadOnlyMemory<byte> content, string mimeType) => new(MediaSource.FromBytes(content, mimeType));
}
