namespace WhatsSession;

/// <summary>A web address on a contact card.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted.</remarks>
public sealed class ContactCardLink
{
    /// <summary>The address as it was written; null when absent.</summary>
    public string? Address { get; init; }

    /// <summary>The kind, such as WORK; null when absent.</summary>
    public string? Kind { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactCardLink);
}
