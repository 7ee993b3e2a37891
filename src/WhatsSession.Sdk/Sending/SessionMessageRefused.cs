using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The SDK tells that Meta refused a session message by a status (131047) although it had accepted the request:
/// the window is closed, whatever was thought of it.
/// </summary>
/// <remarks>Raised once per send, after the second try if there was one. A fallback that the send named goes out by itself.</remarks>
public sealed class SessionMessageRefused : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    internal SessionMessageRefused(StoredEvent stored)
        : base(stored.ToKept()) => _conversation = stored.Conversation.GetValueOrDefault();

    /// <summary>Our id of the send.</summary>
    public IntentId Intent { get; internal init; }

    /// <summary>Meta's id of the refused message.</summary>
    public MessageId MessageId { get; internal init; }

    /// <summary>The message as the JSON that was sent, without recipient and callback data; empty when the store has it no more.</summary>
    public ReadOnlyMemory<byte> Content { get; internal init; }

    /// <summary>The caller's own data that was sent with the message; null when there was none.</summary>
    public string? CallbackData { get; internal init; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;
}
