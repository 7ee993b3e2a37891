using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>A fallback template that Meta accepted and later refused with a status. The customer did not get it.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class RefusedFallback
{
    internal RefusedFallback(RefusedClaim refused, Conversation? conversation)
    {
        Refused = refused;
        Conversation = conversation;
    }

    /// <summary>The conversation, to ask and to send; null when the options name no such business number. No part of the JSON.</summary>
    [JsonIgnore]
    public Conversation? Conversation { get; }

    /// <summary>What the conversation is known by.</summary>
    public ConversationKey ConversationKey => Refused.Claimed.Claim.Conversation;

    /// <summary>The name of the template.</summary>
    public string Template => Refused.Claimed.Template;

    /// <summary>Our id of the send. The conversation's history has a message with this id.</summary>
    public IntentId Intent => Refused.Claimed.Intent;

    /// <summary>Meta's id of the message.</summary>
    public MessageId MessageId => Refused.Message;

    /// <summary>Why Meta refused it; its <see cref="GraphError.Advice"/> says what can be done.</summary>
    public GraphError Error => Refused.Failure.Error;

    /// <summary>When it was refused: the timestamp of the status.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant RefusedAt => Refused.Failure.At;

    /// <summary>What the store has.</summary>
    internal RefusedClaim Refused { get; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"refused {Refused}";
}
