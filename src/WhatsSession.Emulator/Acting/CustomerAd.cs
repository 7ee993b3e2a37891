namespace WhatsSession.Emulator;

/// <summary>An advertisement that leads to a chat with the business.</summary>
public sealed record CustomerAd
{
    /// <summary>The advertisement's id.</summary>
    public required string SourceId { get; init; }

    /// <summary>The advertisement's headline.</summary>
    public required string Headline { get; init; }

    /// <summary>The click's id. An advertisement in a WhatsApp status has no such id.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? ClickId { get; init; }
}
