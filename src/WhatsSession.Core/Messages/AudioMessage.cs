namespace WhatsSession;

/// <summary>
/// An audio file: AAC, AMR, MP3, MP4 audio or OGG with OPUS (mono), at most 16 MB. It has no caption. <see cref="VoiceMessage"/> is a voice note.
/// </summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/audio-messages">Meta, 16 October 2025.</see>
/// </remarks>
public sealed record AudioMessage : MediaMessage
{
    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public AudioMessage(MediaSource source)
        : base(source)
    {
    }

    /// <inheritdoc />
    public override string Kind => "audio";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Audio;
}
