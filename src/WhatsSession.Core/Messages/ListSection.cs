using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A group of rows of a <see cref="ListMessage"/>.</summary>
/// <remarks>Immutable. Equality is by value, but the rows compare by reference.</remarks>
public sealed record ListSection
{
    /// <summary>Makes a section.</summary>
    /// <param name="title">1 to 24 characters; may be null in a list of one section.</param>
    /// <param name="rows">One or more rows.</param>
    /// <exception cref="ArgumentException"><paramref name="rows"/> is null or has a null in it.</exception>
    public ListSection(string? title, params ListRow[] rows)
    {
        Title = title;
        Rows = CopiedList.Of(rows);
    }

    /// <summary>The heading of the rows.</summary>
    public string? Title { get; init; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<ListRow> Rows { get; init => field = CopiedList.Checked(value); }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ListSection);
}
