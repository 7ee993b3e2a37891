namespace WhatsSession;

/// <summary>A customer reacted to a message, or removed the reaction.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/reaction">Meta, read November 2025.</see>
/// </remarks>
public sealed class ReactionReceived : MessageReceived
{
    /// <summary>The message that the reaction belongs to; null when it is not named.</summary>
    public MessageId? ReactedTo { get; init; }

    /// <summary>The emoji; null when the reaction was removed.</summary>
    public string? Emoji { get; init; }

    /// <summary>Whether the reaction was removed.</summary>
    public bool IsRemoval => Emoji is null;
}
