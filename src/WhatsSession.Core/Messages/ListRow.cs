namespace WhatsSession;

/// <summary>One row of a <see cref="ListMessage"/>.</summary>
/// <param name="Id">What comes back when it is picked: 1 to 200 characters, unique in the message. The customer does not see it.</param>
/// <param name="Title">What the customer sees: 1 to 24 characters.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ListRow(string Id, string Title)
{
    /// <summary>Makes a row with a second line.</summary>
    /// <param name="id">What comes back when it is picked.</param>
    /// <param name="title">What the customer sees.</param>
    /// <param name="description">A second line of 1 to 72 characters.</param>
    public ListRow(string id, string title, string? description)
        : this(id, title) => Description = description;

    /// <summary>A second line of 1 to 72 characters.</summary>
    /// <value>Null by default.</value>
    public string? Description { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ListRow);
}
