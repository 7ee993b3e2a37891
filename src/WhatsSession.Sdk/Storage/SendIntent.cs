using NodaTime;

namespace WhatsSession;

/// <summary>The wish to send one message, stored before the request is written, so that a lost answer can be settled by a status.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class SendIntent
{
    /// <summary>Its id, which rides in the message's callback data.</summary>
    public required IntentId Id { get; init; }

    /// <summary>The conversation.</summary>
    public required ConversationKey Conversation { get; init; }

    /// <summary>The message.</summary>
    public required Message Message { get; init; }

    /// <summary>The customer's last qualifying event that the guard relied on; null when none was known.</summary>
    public Instant? Evidence { get; init; }

    /// <summary>When it was stored, on the injected clock.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>The message as the JSON body of a send without recipient and callback data, for stores that keep bytes. Written anew at each call.</summary>
    public byte[] WriteContent() => MessageWriter.WriteContent(Message);

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"intent {Id}";
}
