using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>Where a contact works. Every part may be left out.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ContactOrganization
{
    /// <summary>The name of the company.</summary>
    public string? Company { get; init; }

    /// <summary>The department.</summary>
    public string? Department { get; init; }

    /// <summary>The person's position in it.</summary>
    public string? Title { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactOrganization);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.Text(path + ".company", Company);
        violations.Text(path + ".department", Department);
        violations.Text(path + ".title", Title);
    }
}
