using WhatsSession.Shared;

namespace WhatsSession;

/// <summary>A message by a customer that carries one medium.</summary>
public abstract class MediaReceived : MessageReceived
{
    private SlicedText _caption;

    private protected MediaReceived()
    {
    }

    /// <summary>Meta's id of the medium, kept 7 days; empty when Meta could not provide it.</summary>
    public string MediaId { get; internal set; } = "";

    /// <summary>The MIME type, such as <c>image/jpeg</c>; may carry parameters, such as <c>audio/ogg; codecs=opus</c>.</summary>
    public string MimeType { get; internal set; } = "";

    /// <summary>The SHA-256 of the content in base64; empty when absent.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>The caption; null when there is none.</summary>
    public string? Caption => _caption.In(Raw);

    /// <summary>Where the content can be downloaded with the access token for about five minutes; null in older payloads.</summary>
    public Uri? Url { get; internal set; }

    internal SlicedText SlicedCaption
    {
        set => _caption = value;
    }

    private protected override void MoveTexts(int sliceStart) => _caption.MoveTo(sliceStart);
}
