using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A postal address of a contact. Every part may be left out.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ContactAddress
{
    /// <summary>The street and the house number.</summary>
    public string? Street { get; init; }

    /// <summary>The city.</summary>
    public string? City { get; init; }

    /// <summary>The state or the region.</summary>
    public string? State { get; init; }

    /// <summary>The postal code.</summary>
    public string? Zip { get; init; }

    /// <summary>The name of the country.</summary>
    public string? Country { get; init; }

    /// <summary>The country's two letters of ISO 3166.</summary>
    public string? CountryCode { get; init; }

    /// <summary>The kind of address, such as <c>HOME</c> or <c>WORK</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactAddress);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.Text(path + ".street", Street);
        violations.Text(path + ".city", City);
        violations.Text(path + ".state", State);
        violations.Text(path + ".zip", Zip);
        violations.Text(path + ".country", Country);
        violations.Text(path + ".country_code", CountryCode);
        violations.Text(path + ".type", Type);
    }
}
