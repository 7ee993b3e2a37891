namespace WhatsSession;

/// <summary>The SDK tells that a held message was given up: the customer answered, and Meta refused it for good.</summary>
public sealed class HeldMessageRefused : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    internal HeldMessageRefused(ConversationKey conversation) => _conversation = conversation;

    /// <summary>The id it was held under.</summary>
    public IntentId HeldMessage { get; internal init; }

    /// <summary>Why Meta refused it.</summary>
    public GraphError Error { get; internal init; } = new();

    /// <summary>The message as the JSON that was sent, without recipient and callback data.</summary>
    public ReadOnlyMemory<byte> Content { get; internal init; }

    /// <summary>The caller's own data; null when there was none.</summary>
    public string? CallbackData { get; internal init; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;
}
