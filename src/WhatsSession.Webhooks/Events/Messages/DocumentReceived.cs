namespace WhatsSession;

/// <summary>A document by a customer.</summary>
public sealed class DocumentReceived : MediaReceived
{
    /// <summary>The name of the file; null when absent.</summary>
    public string? FileName { get; init; }
}
