using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// A fallback template that was claimed but has no known result: the process ended before it sent the template, or before it stored the result. The template
/// is not sent again in its closed window.
/// </summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class AbandonedFallback
{
    internal AbandonedFallback(ClaimedFallback claimed, Conversation? conversation)
    {
        Claimed = claimed;
        Conversation = conversation;
    }

    /// <summary>The conversation, to read its state and to send. Null when the options do not have its business number. It is not part of the JSON.</summary>
    [JsonIgnore]
    public Conversation? Conversation { get; }

    /// <summary>The key of the conversation.</summary>
    public ConversationKey ConversationKey => Claimed.Claim.Conversation;

    /// <summary>The name of the template.</summary>
    public string Template => Claimed.Template;

    /// <summary>Our id of the send. The conversation's history has a message with this id, unless the process ended before it was stored.</summary>
    public IntentId Intent => Claimed.Intent;

    /// <summary>When it was claimed.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant ClaimedAt => Claimed.ClaimedAt;

    /// <summary>The claim as the store has it.</summary>
    internal ClaimedFallback Claimed { get; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"abandoned {Claimed}";
}
