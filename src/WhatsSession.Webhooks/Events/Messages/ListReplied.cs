namespace WhatsSession;

/// <summary>A customer picked a row of a list message.</summary>
public sealed class ListReplied : MessageReceived
{
    /// <summary>The row's id.</summary>
    public string RowId { get; init; } = "";

    /// <summary>The row's title.</summary>
    public string Title { get; init; } = "";

    /// <summary>The row's second line; null when it had none.</summary>
    public string? Description { get; init; }
}
