namespace WhatsSession;

/// <summary>An e-mail address on a contact card.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted.</remarks>
public sealed class ContactCardEmail
{
    /// <summary>The address; null when absent.</summary>
    public string? Address { get; init; }

    /// <summary>The kind, such as WORK; null when absent.</summary>
    public string? Kind { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactCardEmail);
}
