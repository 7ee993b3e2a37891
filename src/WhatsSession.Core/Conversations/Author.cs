namespace WhatsSession;

/// <summary>Who writes a message of the business. It decides whose answer the message is.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows only the kind, because an id may be a name.</remarks>
public sealed record Author
{
    private Author(AuthorKind kind, string? id) => (Kind, Id) = (kind, id);

    /// <summary>A program, such as a handler.</summary>
    public static Author Bot { get; } = new(AuthorKind.Bot, id: null);

    /// <summary>A follow-up sequence.</summary>
    public static Author Sequence { get; } = new(AuthorKind.Sequence, id: null);

    /// <summary>The author is not known. It counts as a person.</summary>
    public static Author Unknown { get; } = new(AuthorKind.Unknown, id: null);

    /// <summary>The kind.</summary>
    public AuthorKind Kind { get; }

    /// <summary>The application's own id of the person; null for other kinds.</summary>
    public string? Id { get; }

    /// <summary>A person.</summary>
    /// <param name="id">The application's own id of the person.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is null or empty.</exception>
    public static Author Person(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new Author(AuthorKind.Person, id);
    }

    /// <summary>The kind.</summary>
    public override string ToString() => Kind.ToString();
}
