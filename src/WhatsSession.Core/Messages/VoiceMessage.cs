namespace WhatsSession;

/// <summary>A voice note: OGG with the OPUS codec, at most 16 MB; WhatsApp shows the play icon up to 512 KB. Its statuses include <c>played</c>.</summary>
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
}
