using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What is known about a conversation at a moment: its facts, and how far back the number's history goes.</summary>
/// <remarks>Immutable; equality is by value. It may be read by several threads at once.</remarks>
public sealed record ConversationSnapshot
{
    /// <summary>The conversation.</summary>
    public required ConversationKey Key { get; init; }

    /// <summary>
    /// The facts, joined over all identifiers of the customer, including user ids that Meta replaced. Meta does not document whether an open window stays open
    /// when Meta gives the customer a new user id. The SDK assumes that it does, until Meta refuses a message (131047).
    /// </summary>
    public ConversationState State { get; init; }

    /// <summary>
    /// When the first webhook of the business number was accepted; null when there was none.
    /// Until 24 hours later a conversation without events is unknown, not closed.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? HistorySince { get; init; }

    /// <summary>Meta's latest notice on whether the account may answer customers; null when there was none.</summary>
    public MessagingRestriction? Restriction { get; init; }

    /// <summary>
    /// Whether the newest message of the business did not reach the customer: Meta accepted it, and a status later told that it failed. It still counts as an
    /// answer: <see cref="ConversationState.AwaitsReply"/> does not become true again.
    /// </summary>
    public bool LastAnswerFailed { get; init; }

    /// <summary>False when the store could not be read: then nothing else here is known.</summary>
    /// <value>True by default.</value>
    public bool StoreAvailable { get; init; } = true;

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"snapshot of {Key}";
}
