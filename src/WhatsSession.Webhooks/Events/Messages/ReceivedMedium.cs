using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>What the objects of the five kinds of media have in common.</summary>
internal struct ReceivedMedium
{
    private string? _id;
    private string? _mimeType;
    private string? _sha256;
    private SlicedText _caption;
    private Uri? _url;

    public bool IsPresent { get; set; }

    public bool IsVoice { get; private set; }

    public bool IsAnimated { get; private set; }

    public string? FileName { get; private set; }

    public void ParseProperty(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("id"u8))
        {
            _id = JsonText.ReadId(ref reader);
        }
        else if (name.SequenceEqual("mime_type"u8))
        {
            _mimeType = Utf8Interner.Read(ref reader);
        }
        else if (name.SequenceEqual("sha256"u8))
        {
            _sha256 = JsonText.Read(ref reader);
        }
        else if (name.SequenceEqual("caption"u8))
        {
            _caption = SlicedText.Read(ref reader);
        }
        else if (name.SequenceEqual("url"u8))
        {
            _url = JsonText.ReadUrl(ref reader);
        }
        else if (name.SequenceEqual("filename"u8))
        {
            FileName = JsonText.Read(ref reader);
        }
        else if (name.SequenceEqual("voice"u8))
        {
            IsVoice = JsonText.ReadBoolean(ref reader);
        }
        else if (name.SequenceEqual("animated"u8))
        {
            IsAnimated = JsonText.ReadBoolean(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    public readonly MediaReceived Fill(MediaReceived media)
    {
        media.SetMedium(_id ?? "", _mimeType ?? "", _sha256 ?? "", _caption, _url);
        return media;
    }
}
