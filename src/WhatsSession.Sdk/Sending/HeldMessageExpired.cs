using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The SDK reports that a held message expired and is not sent: the customer did not write in time.</summary>
public sealed class HeldMessageExpired : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="heldMessage">The id it was held under.</param>
    /// <param name="at">When it expired.</param>
    public HeldMessageExpired(ConversationKey conversation, IntentId heldMessage, Instant at)
        : this(EngineEvent.OfExpiry(conversation, heldMessage, send: null, at)) =>
        HeldMessage = heldMessage;

    internal HeldMessageExpired(StoredEvent stored)
        : base(stored.ToKept()) => _conversation = stored.Conversation.GetValueOrDefault();

    /// <summary>The id it was held under.</summary>
    public IntentId HeldMessage { get; init; }

    /// <summary>The message as the JSON that would have been sent, without recipient and callback data.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The caller's own data; null when there was none.</summary>
    public string? CallbackData { get; init; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;
}
