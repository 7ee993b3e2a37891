namespace WhatsSession.Tests;

/// <summary>The media of the messages: ids for the comparison of bodies, contents where Meta's side checks what it was given.</summary>
internal sealed record SampleMedia(MediaSource Image, MediaSource Video, MediaSource Audio, MediaSource Document, MediaSource Sticker)
{
    public static SampleMedia Ids { get; } = new(MediaSource.FromId("9"), MediaSource.FromId("9"), MediaSource.FromId("9"), MediaSource.FromId("9"), MediaSource.FromId("9"));

    public static SampleMedia Contents { get; } = new(
        MediaSource.FromBytes("a picture"u8.ToArray(), "image/png"),
        MediaSource.FromBytes("a film"u8.ToArray(), "video/mp4"),
        MediaSource.FromBytes("a sound"u8.ToArray(), "audio/ogg; codecs=opus"),
        MediaSource.FromBytes("%PDF"u8.ToArray(), "application/pdf"),
        MediaSource.FromBytes("a sticker"u8.ToArray(), "image/webp"));
}
