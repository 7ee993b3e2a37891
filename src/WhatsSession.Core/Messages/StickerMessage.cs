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
}
