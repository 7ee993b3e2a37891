namespace WhatsSession;

/// <summary>
/// The other parts of a request that sends a message, like <see cref="GraphSendOptions"/>. It is for callers who have the callback data as bytes and want no
/// allocation.
/// </summary>
public readonly ref struct MessageEnvelope
{
    /// <summary>The message that is answered, shown quoted above this one. A reaction names its message itself and leaves this out.</summary>
    public MessageId? ReplyTo { get; init; }

    /// <summary>The customer's identity key hash; null for no check.</summary>
    public string? IdentityKeyHash { get; init; }

    /// <summary>The account on whose behalf the message goes, where several use one number; null for none.</summary>
    public string? MessagingAccountId { get; init; }

    /// <summary>The callback data as UTF-8: at most 512 characters; empty for none.</summary>
    public ReadOnlySpan<byte> CallbackData { get; init; }

    /// <summary>
    /// How long to wait for the answer. It can be shorter than the time-out of the <see cref="HttpClient"/>, but not longer. Null for the time-out of the
    /// <see cref="HttpClient"/>.
    /// </summary>
    public TimeSpan? Deadline { get; init; }
}
