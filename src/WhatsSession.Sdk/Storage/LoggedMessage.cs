using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// One message in a conversation's history: a customer's message, a message that the business sent, or the copy of a message that the business sent in another
/// way, such as in the phone app.
/// </summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class LoggedMessage
{
    /// <summary>Whether the customer wrote it; otherwise the business did.</summary>
    public required bool IsInbound { get; init; }

    /// <summary>When it was sent: the customer's timestamp, or the moment the business's message was handed over.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant At { get; init; }

    /// <summary>Meta's id. Null for a message of the business that Meta has not accepted, or not yet.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Our id of a message that was sent; null for a customer's message and for a copy.</summary>
    public IntentId? Intent { get; init; }

    /// <summary>What is known of a message that was sent; null for a customer's message and for a copy.</summary>
    public IntentState? State { get; init; }

    /// <summary>Who wrote it, when Meta has accepted it from this SDK; null for a customer's message, for a copy, and when the author is not known.</summary>
    public Author? By { get; init; }

    /// <summary>
    /// What the customer sent up to and including this time is answered by this message. Null for a customer's message, and for one of the business that
    /// answers nothing that was not answered before.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? AnswersUntil { get; init; }

    /// <summary>The message as UTF-8 JSON: its part of the webhook, or the content of the send.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{(IsInbound ? "inbound" : "outbound")} message";
}
