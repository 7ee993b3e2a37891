using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// A claim to send a fallback template of which nothing was heard since: the process ended before the template was sent, or before that was noted.
/// It is not sent again in its closed window.
/// </summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class AbandonedFallback
{
    internal AbandonedFallback(ClaimedFallback claimed, Conversation? conversation)
    {
        Claimed = claimed;
        Conversation = conversation;
    }

    /// <summary>The conversation, to ask and to send; null when the options name no such business number. No part of the JSON.</summary>
    [JsonIgnore]
    public Conversation? Conversation { get; }

    /// <summary>What the conversation is known by.</summary>
    public ConversationKey ConversationKey => Claimed.Claim.Conversation;

    /// <summary>The name of the template.</summary>
    public string Template => Claimed.Template;

    /// <summary>Our id of the send; the history of the conversation has it, unless the process ended before it was stored.</summary>
    public IntentId Intent => Claimed.Intent;

    /// <summary>When it was claimed.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant ClaimedAt => Claimed.ClaimedAt;

    /// <summary>What the store has.</summary>
    internal ClaimedFallback Claimed { get; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"abandoned {Claimed}";
}
