namespace WhatsSession.Emulator;

/// <summary>Which files a message of a kind may carry, and how large.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media, 11 December 2025.</remarks>
internal sealed record MediaClass(string Type, long Largest, IReadOnlyList<string> MimeTypes)
{
    private const long Megabyte = 1024 * 1024;

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

    /// <summary>Without parameters such as <c>codecs=opus</c>.</summary>
    public static string Bare(string mimeType) => mimeType.Split(';', 2)[0].Trim();
}
