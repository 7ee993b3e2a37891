using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What is known of a conversation at a moment: its facts, and how far back the number's history goes.</summary>
/// <remarks>Immutable; equality is by value. It may be read by several threads at once.</remarks>
public sealed record ConversationSnapshot
{
    /// <summary>The conversation.</summary>
    public required ConversationKey Key { get; init; }

    /// <summary>
    /// The facts, joined over the identifiers of the customer, user ids that Meta replaced among them. Whether a window goes along with a new user id
    /// is not documented: here it does, and one refusal (131047) teaches otherwise.
    /// </summary>
    public ConversationState State { get; init; }

    /// <summary>
    /// When the first webhook of the business number was accepted; null when there was none.
    /// Until 24 hours later a conversation without events is unknown, not closed.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? HistorySince { get; init; }

    /// <summary>What Meta last said of whether the account may answer customers; null when it said nothing.</summary>
    public MessagingRestriction? Restriction { get; init; }

    /// <summary>
    /// Whether the newest message of the business did not reach the customer: Meta accepted it and told by a status that it failed. It still counts as an
    /// answer: <see cref="ConversationState.AwaitsReply"/> is not raised again.
    /// </summary>
    public bool LastAnswerFailed { get; init; }

    /// <summary>False when the store could not be read: then nothing else here is known.</summary>
    /// <value>True by default.</value>
    public bool StoreAvailable { get; init; } = true;

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"snapshot of {Key}";
}
