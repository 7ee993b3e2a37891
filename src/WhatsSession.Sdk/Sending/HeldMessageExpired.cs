using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The SDK tells that a held message was given up: the customer did not write in time.</summary>
public sealed class HeldMessageExpired : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    internal HeldMessageExpired(StoredEvent stored)
        : base(stored.ToKept()) => _conversation = stored.Conversation.GetValueOrDefault();

    /// <summary>The id it was held under.</summary>
    public IntentId HeldMessage { get; internal init; }

    /// <summary>The message as the JSON that would have been sent, without recipient and callback data.</summary>
    public ReadOnlyMemory<byte> Content { get; internal init; }

    /// <summary>The caller's own data; null when there was none.</summary>
    public string? CallbackData { get; internal init; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;
}
