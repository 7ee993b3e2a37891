namespace WhatsSession;

/// <summary>What a webhook says of the customer beside the message.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted.</remarks>
public sealed class Contact
{
    /// <summary>The name that the customer chose; null when absent.</summary>
    public string? Name { get; internal set; }

    /// <summary>The username that the customer adopted, without a leading at sign; null when there is none.</summary>
    public string? Username { get; internal set; }

    /// <summary>The customer's phone number; null when hidden.</summary>
    public CustomerId? Phone { get; internal set; }

    /// <summary>The customer's business-scoped user id; null in older payloads.</summary>
    public CustomerId? BusinessScopedId { get; internal set; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(Contact);
}
