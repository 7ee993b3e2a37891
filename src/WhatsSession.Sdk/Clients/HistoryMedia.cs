namespace WhatsSession;

/// <summary>The medium of a message in a history.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> is redacted.</remarks>
public sealed record HistoryMedia
{
    /// <summary>
    /// Meta's id of the medium, for <see cref="BusinessNumber.DownloadMediaAsync"/>. Meta keeps received media for 7 days and uploaded media for 30 days. Null
    /// for a link.
    /// </summary>
    public string? MediaId { get; init; }

    /// <summary>The address that Meta fetches it from; null when it was uploaded or received.</summary>
    public string? Link { get; init; }

    /// <summary>The MIME type. Null when the message does not name it; a message that the business sent does not.</summary>
    public string? MimeType { get; init; }

    /// <summary>The name of the file; null when the message names none.</summary>
    public string? FileName { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(HistoryMedia);
}
