namespace WhatsSession;

/// <summary>The medium of a message in a history.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> is redacted.</remarks>
public sealed record HistoryMedia
{
    /// <summary>
    /// Meta's id of it, for <see cref="BusinessNumber.DownloadMediaAsync"/>: received media are kept 7 days, uploaded ones 30. Null for a link.
    /// </summary>
    public string? MediaId { get; init; }

    /// <summary>The address that Meta fetches it from; null when it was uploaded or received.</summary>
    public string? Link { get; init; }

    /// <summary>The MIME type; null when the message does not name it, as one that the business sent.</summary>
    public string? MimeType { get; init; }

    /// <summary>The name of the file; null when the message names none.</summary>
    public string? FileName { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(HistoryMedia);
}
