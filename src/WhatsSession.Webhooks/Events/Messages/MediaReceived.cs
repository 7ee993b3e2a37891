using WhatsSession.Shared;

namespace WhatsSession;

/// <summary>A message by a customer that carries one medium.</summary>
public abstract class MediaReceived : MessageReceived
{
    private string _mediaId = "";
    private string _mimeType = "";
    private string _sha256 = "";
    private Uri? _url;
    private SlicedText _caption;

    /// <summary>Makes one with nothing in it: the properties are set where it is made.</summary>
    protected MediaReceived()
    {
    }

    /// <summary>Meta's id of the medium, kept 7 days; empty when Meta could not provide it.</summary>
    public string MediaId
    {
        get => _mediaId;
        init => _mediaId = value;
    }

    /// <summary>The MIME type, such as <c>image/jpeg</c>. It may have parameters, such as <c>audio/ogg; codecs=opus</c>.</summary>
    public string MimeType
    {
        get => _mimeType;
        init => _mimeType = value;
    }

    /// <summary>The SHA-256 of the content in base64; empty when absent.</summary>
    public string Sha256
    {
        get => _sha256;
        init => _sha256 = value;
    }

    /// <summary>The caption; null when there is none.</summary>
    public string? Caption
    {
        get => _caption.In(Raw);
        init => _caption = SlicedText.Of(value);
    }

    /// <summary>The download address. It is valid for about five minutes and needs the access token. Null in older payloads.</summary>
    public Uri? Url
    {
        get => _url;
        init => _url = value;
    }

    /// <summary>The medium: what the kinds of media have in common.</summary>
    internal void SetMedium(string mediaId, string mimeType, string sha256, SlicedText caption, Uri? url)
    {
        _mediaId = mediaId;
        _mimeType = mimeType;
        _sha256 = sha256;
        _caption = caption;
        _url = url;
    }

    private protected override void MoveTexts(int sliceStart) => _caption.MoveTo(sliceStart);
}
