namespace WhatsSession;

/// <summary>A voice note: OGG with the OPUS codec, at most 16 MB; WhatsApp shows the play icon only up to 512 KB. Its statuses include <c>played</c>.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/audio-messages">Meta, 16 October 2025.</see>
/// </remarks>
public sealed record VoiceMessage : MediaMessage
{
    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public VoiceMessage(MediaSource source)
        : base(source)
    {
    }

    /// <inheritdoc />
    public override string Kind => "audio";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Voice;

    /// <summary>A voice note from a file on this machine, uploaded when the message is sent. The MIME type is taken from the file's extension.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static VoiceMessage FromFile(string path) => new(MediaSource.FromFile(path));

    /// <summary>A voice note that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    public static VoiceMessage FromLink(Uri link) => new(MediaSource.FromLink(link));

    /// <summary>A voice note that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    /// <exception cref="UriFormatException"><paramref name="link"/> is not an absolute address.</exception>
    public static VoiceMessage FromLink(string link) => new(MediaSource.FromLink(link));

    /// <summary>A voice note that was uploaded to Meta before.</summary>
    /// <param name="mediaId">Meta's id of the upload. It is valid for 30 days and only for the number that uploaded it.</param>
    public static VoiceMessage FromId(string mediaId) => new(MediaSource.FromId(mediaId));

    /// <summary>A voice note from bytes in memory, uploaded when the message is sent.</summary>
    /// <param name="content">The bytes; do not change them until the message is sent.</param>
    /// <param name="mimeType">Their MIME type.</param>
    public static VoiceMessage FromBytes(ReadOnlyMemory<byte> content, string mimeType) => new(MediaSource.FromBytes(content, mimeType));
}
