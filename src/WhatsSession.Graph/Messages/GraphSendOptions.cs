namespace WhatsSession;

/// <summary>The optional parts of a request that sends a message.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record GraphSendOptions
{
    /// <summary>
    /// The message that this one answers. The customer sees it as a quote above this message. A reaction names its own message and does not use this property.
    /// </summary>
    /// <value>Null by default.</value>
    public MessageId? ReplyTo { get; init; }

    /// <summary>Data of at most 512 characters that comes back in every status of the message.</summary>
    /// <value>Null by default.</value>
    public string? CallbackData { get; init; }

    /// <summary>
    /// The customer's identity key hash, as webhooks give it. Meta delivers the message only if the hash is still the same (137000 otherwise). The identity
    /// check of the number must be on.
    /// </summary>
    /// <value>Null by default: no check.</value>
    public string? IdentityKeyHash { get; init; }

    /// <summary>The account for which the message is sent, when several partners use one number (<c>messaging_account_id</c>).</summary>
    /// <value>Null by default.</value>
    public string? MessagingAccountId { get; init; }

    /// <summary>How long to wait for the answer. It can be shorter than the time-out of the <see cref="HttpClient"/>, but not longer.</summary>
    /// <value>Null by default: the time-out of the <see cref="HttpClient"/>.</value>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(GraphSendOptions);
}
