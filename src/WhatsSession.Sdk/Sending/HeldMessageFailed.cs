using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The SDK tells that a held message cannot be sent: the customer has written, but the message was refused for good when it was to go out.</summary>
public sealed class HeldMessageFailed : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    internal HeldMessageFailed(StoredEvent stored)
        : base(stored.ToKept()) => _conversation = stored.Conversation.GetValueOrDefault();

    /// <summary>The id it was held under.</summary>
    public IntentId HeldMessage { get; internal init; }

    /// <summary>Why, in English: <see cref="SendOutcome.Describe"/> of the refusal. No personal data.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>What Meta answered; null when no request was made.</summary>
    public GraphError? Error { get; internal init; }

    /// <summary>The message as the JSON that would have been sent, without recipient and callback data.</summary>
    public ReadOnlyMemory<byte> Content { get; internal init; }

    /// <summary>The caller's own data; null when there was none.</summary>
    public string? CallbackData { get; internal init; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;
}
