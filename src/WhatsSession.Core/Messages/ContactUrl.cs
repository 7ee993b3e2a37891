namespace WhatsSession;

/// <summary>A web page of a contact.</summary>
/// <param name="Address">An absolute http or https address.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ContactUrl(Uri Address)
{
    /// <summary>The kind of page, such as <c>HOME</c> or <c>WORK</c>.</summary>
    /// <value>Null by default.</value>
    public string? Type { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactUrl);
}
