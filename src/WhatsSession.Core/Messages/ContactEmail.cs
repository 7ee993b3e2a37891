namespace WhatsSession;

/// <summary>An e-mail address of a contact.</summary>
/// <param name="Address">The address.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ContactEmail(string Address)
{
    /// <summary>The kind of address, such as <c>HOME</c> or <c>WORK</c>.</summary>
    /// <value>Null by default.</value>
    public string? Type { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactEmail);
}
