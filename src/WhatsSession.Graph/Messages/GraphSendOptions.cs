namespace WhatsSession;

/// <summary>What a request may say beside the message.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record GraphSendOptions
{
    /// <summary>The message that is answered, shown quoted above this one. A reaction names its message itself and leaves this out.</summary>
    /// <value>Null by default.</value>
    public MessageId? ReplyTo { get; init; }

    /// <summary>Data of at most 512 characters that comes back in every status of the message.</summary>
    /// <value>Null by default.</value>
    public string? CallbackData { get; init; }

    /// <summary>
    /// The customer's identity key hash, as webhooks give it: Meta delivers the message only while it is still the same (137000 otherwise).
    /// Needs the identity check of the number to be on.
    /// </summary>
    /// <value>Null by default: no check.</value>
    public string? IdentityKeyHash { get; init; }

    /// <summary>The account on whose behalf the message goes, where several partners use one number (<c>messaging_account_id</c>).</summary>
    /// <value>Null by default.</value>
    public string? MessagingAccountId { get; init; }

    /// <summary>How long to wait for the answer; it can shorten the time that the <see cref="HttpClient"/> waits, not lengthen it.</summary>
    /// <value>Null by default: as long as the <see cref="HttpClient"/> waits.</value>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(GraphSendOptions);
}
