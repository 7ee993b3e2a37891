using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>The name of a contact: as it is shown, and at least one of its parts.</summary>
/// <param name="Formatted">The whole name as it is shown.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ContactName(string Formatted)
{
    /// <summary>Makes a name from a first and a last name.</summary>
    /// <param name="first">The first name.</param>
    /// <param name="last">The last name.</param>
    public ContactName(string first, string last)
        : this($"{first} {last}")
    {
        First = first;
        Last = last;
    }

    /// <summary>The first name.</summary>
    /// <value>Null by default.</value>
    public string? First { get; init; }

    /// <summary>The last name.</summary>
    /// <value>Null by default.</value>
    public string? Last { get; init; }

    /// <summary>The middle name.</summary>
    /// <value>Null by default.</value>
    public string? Middle { get; init; }

    /// <summary>The part before the name, such as a title.</summary>
    /// <value>Null by default.</value>
    public string? Prefix { get; init; }

    /// <summary>The part after the name.</summary>
    /// <value>Null by default.</value>
    public string? Suffix { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactName);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.Required(path + ".formatted_name", Formatted);
        violations.Text(path + ".first_name", First);
        violations.Text(path + ".last_name", Last);
        violations.Text(path + ".middle_name", Middle);
        violations.Text(path + ".prefix", Prefix);
        violations.Text(path + ".suffix", Suffix);
        if (string.IsNullOrWhiteSpace(First) && string.IsNullOrWhiteSpace(Last)
            && string.IsNullOrWhiteSpace(Middle) && string.IsNullOrWhiteSpace(Prefix) && string.IsNullOrWhiteSpace(Suffix))
        {
            violations.Add(path, "has no part beside the formatted name; give the first or the last name too");
        }
    }
}
