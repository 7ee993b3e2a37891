namespace WhatsSession.Storage;

/// <summary>A send as a store has it.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class StoredSend
{
    /// <summary>The intent as it was stored.</summary>
    public required SendIntent Intent { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Intent is null."); }

    /// <summary>What is known about it.</summary>
    public required IntentState State { get; init; }

    /// <summary>Meta's id of the message; null while it is not known.</summary>
    public MessageId? Message { get; init; }

    /// <summary>The message that Meta refused with a status, so that the SDK sent it a second time. Null when it was sent once.</summary>
    public MessageId? RetriedAfter { get; init; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"send {Intent.Id} ({State})";
}
