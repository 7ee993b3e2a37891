namespace WhatsSession.Media;

/// <summary>The name under which content is uploaded: it tells the type and nothing of the file's own name.</summary>
internal static class FileNames
{
    // Longer ones are names of formats, not endings.
    private const int LongestEnding = 5;

    /// <summary>The name for content of a type; without an ending where none is known.</summary>
    /// <param name="mimeType">The MIME type without parameters.</param>
    public static string Of(string mimeType) => EndingOf(mimeType.ToLowerInvariant()) is { } ending ? "media." + ending : "media";

    private static string? EndingOf(string mimeType) => mimeType switch
    {
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "image/jpeg" => "jpg",
        "text/plain" => "txt",
        "video/3gpp" => "3gp",
        "video/quicktime" => "mov",
        "application/msword" => "doc",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.ms-powerpoint" => "ppt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",

        // Most types are named as their files end: application/pdf, image/png, audio/ogg, text/csv.
        _ => mimeType[(mimeType.IndexOf('/', StringComparison.Ordinal) + 1)..] is { Length: > 0 and <= LongestEnding } subtype
            && subtype.All(char.IsAsciiLetterOrDigit) ? subtype : null,
    };
}
