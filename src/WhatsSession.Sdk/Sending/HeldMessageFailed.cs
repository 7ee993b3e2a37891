using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The SDK reports that a held message cannot be sent: the customer has written, but the message was then refused permanently.</summary>
public sealed class HeldMessageFailed : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="heldMessage">The id it was held under.</param>
    /// <param name="outcome">The permanent refusal. It gives <see cref="Reason"/> and <see cref="Error"/>.</param>
    /// <param name="at">When it was refused.</param>
    /// <exception cref="ArgumentNullException"><paramref name="outcome"/> is null.</exception>
    public HeldMessageFailed(ConversationKey conversation, IntentId heldMessage, SendOutcome outcome, Instant at)
        : this(EngineEvent.OfFailure(conversation, heldMessage, send: null, outcome ?? throw new ArgumentNullException(nameof(outcome)), at))
    {
        HeldMessage = heldMessage;
        Reason = outcome.Describe();
        Error = (outcome as SendOutcome.Rejected)?.Error;
    }

    internal HeldMessageFailed(StoredEvent stored)
        : base(stored.ToKept()) => _conversation = stored.Conversation.GetValueOrDefault();

    /// <summary>The id it was held under.</summary>
    public IntentId HeldMessage { get; init; }

    /// <summary>Why, in English: <see cref="SendOutcome.Describe"/> of the refusal. No personal data.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What Meta answered; null when no request was made.</summary>
    public GraphError? Error { get; init; }

    /// <summary>The message as the JSON that would have been sent, without recipient and callback data.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The caller's own data; null when there was none.</summary>
    public string? CallbackData { get; init; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;
}
