namespace WhatsSession;

/// <summary>A postal address on a contact card.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted.</remarks>
public sealed class ContactCardAddress
{
    /// <summary>Street and house number; null when absent.</summary>
    public string? Street { get; internal set; }

    /// <summary>The city; null when absent.</summary>
    public string? City { get; internal set; }

    /// <summary>The state or province; null when absent.</summary>
    public string? State { get; internal set; }

    /// <summary>The postal code; null when absent.</summary>
    public string? PostalCode { get; internal set; }

    /// <summary>The country by name; null when absent.</summary>
    public string? Country { get; internal set; }

    /// <summary>The country by its two letters; null when absent.</summary>
    public string? CountryCode { get; internal set; }

    /// <summary>The kind, such as HOME; null when absent.</summary>
    public string? Kind { get; internal set; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactCardAddress);
}
