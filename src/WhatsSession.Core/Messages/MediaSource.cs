using System.Text.Json.Serialization;
using WhatsSession.Identity;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>
/// Where the content of a media message comes from: an earlier upload (<see cref="FromId"/>), a public link (<see cref="FromLink(Uri)"/>),
/// or content that is uploaded in the same call (<see cref="Upload"/>).
/// </summary>
/// <remarks>Immutable; equality is by value, but contents compare by reference. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<MediaSource>))]
public abstract record MediaSource
{
    private MediaSource()
    {
    }

    /// <summary>Media that was uploaded to Meta before, by its id. An id is valid for 30 days and only for the number that uploaded it.</summary>
    public static MediaSource FromId(string mediaId) => new Id(mediaId);

    /// <summary>Media that Meta fetches from a public http or https address and caches.</summary>
    public static MediaSource FromLink(Uri link) => new Link(link);

    /// <summary>Media that Meta fetches from a public http or https address and caches.</summary>
    /// <exception cref="UriFormatException"><paramref name="link"/> is not an absolute address.</exception>
    public static MediaSource FromLink(string link) => new Link(new Uri(link, UriKind.Absolute));

    /// <summary>A file on this machine, uploaded when the message is sent. The MIME type is taken from the file's extension.</summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static MediaSource FromFile(string path) => new File(path);

    /// <summary>A file on this machine, uploaded when the message is sent.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="mimeType">Its MIME type.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static MediaSource FromFile(string path, string mimeType) => new File(path, mimeType);

    /// <summary>Bytes in memory, uploaded when the message is sent.</summary>
    /// <param name="content">The bytes; do not change them until the message is sent.</param>
    /// <param name="mimeType">Their MIME type, such as <c>application/pdf</c>.</param>
    public static MediaSource FromBytes(ReadOnlyMemory<byte> content, string mimeType) => new Bytes(content, mimeType);

    /// <summary>
    /// A stream, read from its current position to its end and uploaded when the message is sent. A stream that can seek is read twice, and its position is
    /// restored. Any other stream can be used for only one message. The stream is not closed.
    /// </summary>
    /// <param name="content">The stream; nothing else may use it until the message is sent.</param>
    /// <param name="mimeType">The MIME type of its content.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public static MediaSource FromStream(Stream content, string mimeType) => new Streamed(content, mimeType);

    /// <summary>The kind of source.</summary>
    public sealed override string ToString() => GetType().Name;

    internal abstract void Check(ref ViolationList violations, in FieldPath path, MediaKind kind);

    /// <summary>An uploaded medium.</summary>
    /// <param name="MediaId">Meta's id of it.</param>
    public sealed record Id(string MediaId) : MediaSource
    {
        internal override void Check(ref ViolationList violations, in FieldPath path, MediaKind kind)
        {
            if (!Grammar.IsToken(MediaId, 256))
            {
                violations.Add($"{path}.id", "is not a media id; give the id that the upload returned");
            }
        }
    }

    /// <summary>A medium behind a public link.</summary>
    /// <param name="Address">An absolute http or https address.</param>
    public sealed record Link(Uri Address) : MediaSource
    {
        internal override void Check(ref ViolationList violations, in FieldPath path, MediaKind kind) => violations.WebAddress($"{path}.link", Address);
    }

    /// <summary>Content that is uploaded before the message is sent. What is stored and sent is the id of the upload.</summary>
    public abstract record Upload : MediaSource
    {
        private protected Upload(string? mimeType) => MimeType = mimeType;

        /// <summary>The MIME type of the content.</summary>
        /// <value>Null for a file whose name gives it.</value>
        public string? MimeType { get; }

        /// <summary>The MIME type with which the content is uploaded as a medium of this kind; null when it is not known.</summary>
        /// <exception cref="ArgumentNullException"><paramref name="kind"/> is null.</exception>
        public virtual string? MimeTypeFor(MediaKind kind)
        {
            ArgumentNullException.ThrowIfNull(kind);
            return MimeType;
        }

        internal override void Check(ref ViolationList violations, in FieldPath path, MediaKind kind) =>
            violations.Add(path, kind.CheckMimeType("", MimeTypeFor(kind)));
    }

    /// <summary>A file on this machine.</summary>
    public sealed record File : Upload
    {
        /// <summary>Names the file. The MIME type is taken from its extension. The file is opened when the message is sent.</summary>
        /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
        public File(string path)
            : this(path, mimeType: null)
        {
        }

        /// <summary>Names the file. It is opened when the message is sent.</summary>
        /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
        public File(string path, string? mimeType)
            : base(mimeType)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            Path = path;
        }

        /// <summary>The path of the file.</summary>
        public string Path { get; }

        /// <inheritdoc />
        public override string? MimeTypeFor(MediaKind kind) => base.MimeTypeFor(kind) ?? kind.MimeTypeOf(Path);
    }

    /// <summary>Bytes in memory.</summary>
    public sealed record Bytes : Upload
    {
        /// <summary>Takes the bytes, without a copy.</summary>
        public Bytes(ReadOnlyMemory<byte> content, string mimeType)
            : base(mimeType) => Content = content;

        /// <summary>The bytes.</summary>
        public ReadOnlyMemory<byte> Content { get; }

        internal override void Check(ref ViolationList violations, in FieldPath path, MediaKind kind)
        {
            base.Check(ref violations, path, kind);
            violations.Add(path, kind.CheckLength("", Content.Length, Content.Span));
        }
    }

    /// <summary>The rest of a stream.</summary>
    public sealed record Streamed : Upload
    {
        /// <summary>Takes the stream. It is read when the message is sent.</summary>
        /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
        public Streamed(Stream content, string mimeType)
            : base(mimeType)
        {
            ArgumentNullException.ThrowIfNull(content);
            Content = content;
        }

        /// <summary>The stream. It is not part of the JSON.</summary>
        [JsonIgnore]
        public Stream Content { get; }
    }
}
