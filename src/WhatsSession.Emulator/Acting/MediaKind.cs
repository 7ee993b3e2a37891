namespace WhatsSession.Emulator.Acting;

/// <summary>A kind of media that customers send, with a small file of that kind.</summary>
internal sealed record MediaKind(string Type, string MimeType, byte[] SampleFile)
{
    // One pixel.
    public static readonly MediaKind Image = new("image", "image/jpeg", Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////"
        + "wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="));

    public static readonly MediaKind Video = new("video", "video/mp4", [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 2, 0]);

    public static readonly MediaKind Document = new("document", "application/pdf", [.. "%PDF-1.4\n%%EOF\n"u8]);

    public static readonly MediaKind VoiceNote = new("audio", "audio/ogg; codecs=opus", [.. "OggS"u8, 0, 2]);

    public CustomerMedia Sample(string? caption) => new()
    {
        Type = Type,
        MimeType = MimeType,
        Bytes = SampleFile,
        Caption = caption,
        FileName = this == Document ? "document.pdf" : null,
        IsVoice = this == VoiceNote,
    };
}
