namespace WhatsSession;

/// <summary>A phone number on a contact card.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted.</remarks>
public sealed class ContactCardPhone
{
    /// <summary>The number as it was written; null when absent.</summary>
    public string? Number { get; init; }

    /// <summary>The number as WhatsApp knows it; null when it is not on WhatsApp.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The kind, such as CELL or HOME; null when absent.</summary>
    public string? Kind { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactCardPhone);
}
