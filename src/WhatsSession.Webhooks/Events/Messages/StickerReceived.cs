namespace WhatsSession;

/// <summary>A sticker by a customer.</summary>
public sealed class StickerReceived : MediaReceived
{
    /// <summary>Whether it is animated.</summary>
    public bool IsAnimated { get; init; }
}
