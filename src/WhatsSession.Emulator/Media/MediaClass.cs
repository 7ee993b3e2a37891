namespace WhatsSession.Emulator.Media;

/// <summary>Which files a message of a kind may carry, and how large.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media, 11 December 2025.</remarks>
internal sealed record MediaClass(string Type, long Largest, IReadOnlyList<string> MimeTypes)
{
    private const long Megabyte = 1024 * 1024;

    private const long LargestStillSticker = 100 * 1024;

    private static readonly MediaClass[] All =
    [
        new("audio", 16 * Megabyte, ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"]),
        new("document", 100 * Megabyte,
        [
            "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ]),
        new("image", 5 * Megabyte, ["image/jpeg", "image/png"]),
        new("sticker", 500 * 1024, ["image/webp"]),
        new("video", 16 * Megabyte, ["video/mp4", "video/3gpp"]),
    ];

    public static string AllMimeTypes => string.Join(", ", All.SelectMany(static c => c.MimeTypes));

    /// <returns>Null when Meta takes no such files.</returns>
    public static MediaClass? OfMimeType(string mimeType) => Array.Find(All, c => c.MimeTypes.Contains(Bare(mimeType), StringComparer.OrdinalIgnoreCase));

    /// <summary>Stickers that do not move are smaller.</summary>
    public long LargestOf(ReadOnlySpan<byte> file) => Type is "sticker" && !IsAnimated(file) ? LargestStillSticker : Largest;

    /// <summary>Without parameters such as <c>codecs=opus</c>.</summary>
    public static string Bare(string mimeType) => mimeType.Split(';', 2)[0].Trim();

    /// <summary>By the flag in the extended header of a WebP file: https://developers.google.com/speed/webp/docs/riff_container, as of November 2026.</summary>
    private static bool IsAnimated(ReadOnlySpan<byte> file) => file.Length > 20 && file[12..16].SequenceEqual("VP8X"u8) && (file[20] & 0x02) != 0;
}
