namespace WhatsSession;

/// <summary>A postal address on a contact card.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted.</remarks>
public sealed class ContactCardAddress
{
    /// <summary>Street and house number; null when absent.</summary>
    public string? Street { get; init; }

    /// <summary>The city; null when absent.</summary>
    public string? City { get; init; }

    /// <summary>The state or province; null when absent.</summary>
    public string? State { get; init; }

    /// <summary>The postal code; null when absent.</summary>
    public string? PostalCode { get; init; }

    /// <summary>The country by name; null when absent.</summary>
    public string? Country { get; init; }

    /// <summary>The country by its two letters; null when absent.</summary>
    public string? CountryCode { get; init; }

    /// <summary>The kind, such as HOME; null when absent.</summary>
    public string? Kind { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactCardAddress);
}
