using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>A kind of media that customers send.</summary>
internal sealed record MediaKind(string Type, string MimeType)
{
    public static readonly MediaKind Image = new("image", "image/jpeg");
    public static readonly MediaKind Video = new("video", "video/mp4");
    public static readonly MediaKind Document = new("document", "application/pdf");
    public static readonly MediaKind VoiceNote = new("audio", "audio/ogg; codecs=opus");

    public void Write(Utf8JsonWriter json, string? caption)
    {
        var id = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture) + "000001";
        json.WriteStartObject(Type);
        json.WriteString("id", id);
        json.WriteString("mime_type", MimeType);
        json.WriteString("sha256", Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(id))));
        if (this == Document)
        {
            json.WriteString("filename", "document.pdf");
        }

        if (this == VoiceNote)
        {
            json.WriteBoolean("voice", true);
        }

        if (!string.IsNullOrEmpty(caption))
        {
            json.WriteString("caption", caption);
        }

        json.WriteEndObject();
    }
}
