namespace WhatsSession.Storage;

/// <summary>A send as a store has it.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class StoredSend
{
    /// <summary>The wish as it was stored.</summary>
    public required SendIntent Intent { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Intent is null."); }

    /// <summary>What is known of it.</summary>
    public required IntentState State { get; init; }

    /// <summary>Meta's id of the message; null while it is not known.</summary>
    public MessageId? Message { get; init; }

    /// <summary>The message whose refusal by a status made the SDK send it a second time; null when it was sent once.</summary>
    public MessageId? RetriedAfter { get; init; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"send {Intent.Id} ({State})";
}
