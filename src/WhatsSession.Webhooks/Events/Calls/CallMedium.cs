namespace WhatsSession;

/// <summary>The recording or the transcript of a call.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted. Meta keeps it 7 days.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2026.</see>
/// </remarks>
public sealed class CallMedium
{
    /// <summary>Meta's id of the medium; empty when absent.</summary>
    public string MediaId { get; init; } = "";

    /// <summary>The MIME type, such as <c>audio/ogg</c> of a recording and <c>application/json</c> of a transcript; empty when absent.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>The SHA-256 of the content in base64; empty when absent.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Where the content can be downloaded with the access token for about five minutes; null when absent.</summary>
    public Uri? Url { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(CallMedium);
}
