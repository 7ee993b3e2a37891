namespace WhatsSession;

/// <summary>What a customer's message refers to.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted.</remarks>
public sealed class MessageContext
{
    /// <summary>The message that is answered or whose button was tapped; null when it is not named.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Who wrote that message: the business's own phone number or a customer's; null when it is not named.</summary>
    public CustomerId? From { get; init; }

    /// <summary>Whether the message was forwarded.</summary>
    public bool IsForwarded { get; init; }

    /// <summary>Whether the message was forwarded more than five times.</summary>
    public bool IsFrequentlyForwarded { get; init; }

    /// <summary>The product that the customer asks about; null when there is none.</summary>
    public ReferredProduct? ReferredProduct { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(MessageContext);
}
