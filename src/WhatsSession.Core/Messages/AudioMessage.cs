namespace WhatsSession;

/// <summary>
/// An audio file: AAC, AMR, MP3, MP4 audio or OGG with OPUS (mono), at most 16 MB. It has no caption. <see cref="VoiceMessage"/> is a voice note.
/// </summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/audio-messages">Meta, 16 October 2025.</see>
/// </remarks>
public sealed record AudioMessage : MediaMessage
{
    /// <summary>Makes the message from an earlier upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public AudioMessage(MediaSource source)
        : base(source)
    {
    }

    /// <inheritdoc />
    public override string Kind => "audio";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Audio;

    /// <summary>An audio file from a file on this machine, uploaded when the message is sent. The MIME type is taken from the file's extension.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static AudioMessage FromFile(string path) => new(MediaSource.FromFile(path));

    /// <summary>An audio file that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    public static AudioMessage FromLink(Uri link) => new(MediaSource.FromLink(link));

    /// <summary>An audio file that Meta fetches from a public http or https address and caches.</summary>
    /// <param name="link">The absolute address.</param>
    /// <exception cref="UriFormatException"><paramref name="link"/> is not an absolute address.</exception>
    public static AudioMessage FromLink(string link) => new(MediaSource.FromLink(link));

    /// <summary>An audio file that was uploaded to Meta before.</summary>
    /// <param name="mediaId">Meta's id of the upload. It is valid for 30 days and only for the number that uploaded it.</param>
    public static AudioMessage FromId(string mediaId) => new(MediaSource.FromId(mediaId));

    /// <summary>An audio file from bytes in memory, uploaded when the message is sent.</summary>
    /// <param name="content">The bytes; do not change them until the message is sent.</param>
    /// <param name="mimeType">Their MIME type.</param>
    public static AudioMessage FromBytes(ReadOnlyMemory<byte> content, string mimeType) => new(MediaSource.FromBytes(content, mimeType));
}
