using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The SDK reports that Meta refused a session message with a status (131047) after it had accepted the request. The window is closed, even if the SDK took it
/// for open.
/// </summary>
/// <remarks>It is raised once per send, after the retry if there was one. If the send named a fallback, the SDK sends the fallback.</remarks>
public sealed class SessionMessageRefused : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="intent">Our id of the send.</param>
    /// <param name="messageId">Meta's id of the refused message.</param>
    /// <param name="at">When it was refused.</param>
    public SessionMessageRefused(ConversationKey conversation, IntentId intent, MessageId messageId, Instant at)
        : this(EngineEvent.OfRefusal(conversation, intent, messageId, send: null, at))
    {
        Intent = intent;
        MessageId = messageId;
    }

    internal SessionMessageRefused(StoredEvent stored)
        : base(stored.ToKept()) => _conversation = stored.Conversation.GetValueOrDefault();

    /// <summary>Our id of the send.</summary>
    public IntentId Intent { get; init; }

    /// <summary>Meta's id of the refused message.</summary>
    public MessageId MessageId { get; init; }

    /// <summary>The message as the JSON that was sent, without recipient and callback data. Empty when the store no longer has it.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The caller's own data that was sent with the message; null when there was none.</summary>
    public string? CallbackData { get; init; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;
}
