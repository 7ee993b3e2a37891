using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A document, at most 100 MB.</summary>
public sealed record DocumentMessage : MediaMessage
{
    /// <summary>The maximum length of a file name: 240 characters.</summary>
    public const int MaximumFileNameLength = 240;

    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public DocumentMessage(MediaSource source)
        : base(source)
    {
    }

    /// <summary>A caption of 1 to 1,024 characters.</summary>
    /// <value>Null by default: no caption.</value>
    public string? Caption { get; init; }

    /// <summary>The file name shown to the customer: 1 to 240 characters; its extension decides the icon.</summary>
    /// <value>Null by default: the name of a <see cref="MediaSource.File"/>; for other sources Meta chooses one.</value>
    public string? FileName { get; init; }

    /// <inheritdoc />
    public override string Kind => "document";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Document;

    /// <summary>A document from a file on this machine, uploaded when the message is sent. The MIME type is taken from the file's extension.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static DocumentMessage FromFile(string path) => new(MediaSource.FromFile(path));

    /// <summary>A document that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    public static DocumentMessage FromLink(Uri link) => new(MediaSource.FromLink(link));

    /// <summary>A document that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    /// <exception cref="UriFormatException"><paramref name="link"/> is not an absolute address.</exception>
    public static DocumentMessage FromLink(string link) => new(MediaSource.FromLink(link));

    /// <summary>A document that was uploaded to Meta before.</summary>
    /// <param name="mediaId">Meta's id of the upload. It is valid for 30 days and only for the number that uploaded it.</param>
    public static DocumentMessage FromId(string mediaId) => new(MediaSource.FromId(mediaId));

    /// <summary>A document from bytes in memory, uploaded when the message is sent.</summary>
    /// <param name="content">The bytes; do not change them until the message is sent.</param>
    /// <param name="mimeType">Their MIME type.</param>
    public static DocumentMessage FromBytes(ReadOnlyMemory<byte> content, string mimeType) => new(MediaSource.FromBytes(content, mimeType));

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Optional("document.caption", Caption, MaximumCaptionLength);
        violations.Optional("document.filename", FileName, MaximumFileNameLength);
    }
}
