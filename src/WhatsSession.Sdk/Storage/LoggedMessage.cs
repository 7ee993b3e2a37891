using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>One line of a conversation's history: a customer's message, or a message that the business sent.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class LoggedMessage
{
    /// <summary>Whether the customer wrote it; otherwise the business did.</summary>
    public required bool IsInbound { get; init; }

    /// <summary>When it was sent: the customer's timestamp, or the moment the business's message was handed over.</summary>
    public required Instant At { get; init; }

    /// <summary>Meta's id; null for a message of the business that was not accepted, or not yet.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Our id of a message of the business; null for a customer's message.</summary>
    public IntentId? Intent { get; init; }

    /// <summary>What is known of a message of the business; null for a customer's message.</summary>
    public IntentState? State { get; init; }

    /// <summary>The message as UTF-8 JSON: the slice of the webhook, or the content of the send.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{(IsInbound ? "inbound" : "outbound")} message";
}
