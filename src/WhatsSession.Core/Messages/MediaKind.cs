using System.Buffers;
using System.Globalization;
using WhatsSession.Identity;

namespace WhatsSession;

/// <summary>The kind of a medium. It decides which types and sizes Meta accepts.</summary>
/// <remarks>
/// A megabyte is 1,048,576 bytes. Immutable; one value of each kind.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media">Meta, 11 December 2025.</see>
/// </remarks>
public sealed class MediaKind
{
    /// <summary>How many of the first bytes <see cref="MaximumLengthOf"/> looks at: 21.</summary>
    public const int HeadLength = 21;

    private const long Kilobyte = 1024;
    private const long Megabyte = 1024 * Kilobyte;

    private static readonly SearchValues<char> Printable = Grammar.Range(' ', '~');

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly (string MimeType, string[] Endings)[] _types;

    private MediaKind(string name, long maximumLength, params (string MimeType, string[] Endings)[] types)
    {
        Name = name;
        MaximumLength = maximumLength;
        _types = types;
        MimeTypes = Array.AsReadOnly(Array.ConvertAll(types, type => type.MimeType));
    }

    /// <summary>JPEG or PNG, at most 5 MB.</summary>
    public static MediaKind Image { get; } = new("image", 5 * Megabyte, ("image/jpeg", [".jpg", ".jpeg"]), ("image/png", [".png"]));

    /// <summary>MP4 or 3GPP, at most 16 MB.</summary>
    public static MediaKind Video { get; } = new("video", 16 * Megabyte, ("video/mp4", [".mp4"]), ("video/3gpp", [".3gp", ".3gpp"]));

    /// <summary>The animation in the header of a marketing template: MP4, at most 3.5 MB.</summary>
    public static MediaKind Gif { get; } = new("gif", 7 * Megabyte / 2, ("video/mp4", [".mp4"]));

    /// <summary>AAC, AMR, MP3, MP4 audio or OGG, at most 16 MB.</summary>
    public static MediaKind Audio { get; } = new(
        "audio",
        16 * Megabyte,
        ("audio/aac", [".aac"]),
        ("audio/amr", [".amr"]),
        ("audio/mpeg", [".mp3"]),
        ("audio/mp4", [".m4a", ".mp4"]),
        ("audio/ogg", [".ogg", ".oga", ".opus"]));

    /// <summary>A voice note: OGG with OPUS, at most 16 MB. A MIME type that names another codec is refused. A MIME type without a codec is accepted.</summary>
    public static MediaKind Voice { get; } = new("voice", 16 * Megabyte, ("audio/ogg", [".ogg", ".oga", ".opus"]));

    /// <summary>A text, PDF, Word, Excel or PowerPoint file, at most 100 MB.</summary>
    public static MediaKind Document { get; } = new(
        "document",
        100 * Megabyte,
        ("text/plain", [".txt"]),
        ("application/pdf", [".pdf"]),
        ("application/msword", [".doc"]),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"]),
        ("application/vnd.ms-excel", [".xls"]),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"]),
        ("application/vnd.ms-powerpoint", [".ppt"]),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation", [".pptx"]));

    /// <summary>WebP: at most 500 KB when animated, else 100 KB.</summary>
    public static MediaKind Sticker { get; } = new("sticker", 500 * Kilobyte, ("image/webp", [".webp"]));

    /// <summary>The name of the kind.</summary>
    public string Name { get; }

    /// <summary>The maximum size of content of this kind, in bytes.</summary>
    public long MaximumLength { get; }

    /// <summary>The MIME types that Meta accepts for it.</summary>
    public IReadOnlyList<string> MimeTypes { get; }

    /// <summary>The kind for a MIME type; null when Meta does not accept this type.</summary>
    public static MediaKind? OfMimeType(string mimeType)
    {
        ArgumentNullException.ThrowIfNull(mimeType);
        return Array.Find(All(), kind => kind.Takes(mimeType));
    }

    /// <summary>The kind for a file, by the extension of its name; null when Meta does not accept such files. An <c>.mp4</c> file counts as a video.</summary>
    public static MediaKind? OfFile(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Array.Find(All(), kind => kind.MimeTypeOf(fileName) is not null);
    }

    /// <summary>The MIME type of a file, by the extension of its name; null when the kind has no such files.</summary>
    public string? MimeTypeOf(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        foreach (var (mimeType, endings) in _types)
        {
            foreach (var ending in endings)
            {
                if (fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                {
                    return mimeType;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The maximum size, in bytes, of content that begins with these bytes. <see cref="HeadLength"/> bytes are enough. An animated sticker may be larger than
    /// a still one.
    /// </summary>
    public long MaximumLengthOf(ReadOnlySpan<byte> head) => ReferenceEquals(this, Sticker) && !IsAnimated(head) ? 100 * Kilobyte : MaximumLength;

    /// <summary>Checks a MIME type. It may have parameters such as <c>codecs=opus</c>.</summary>
    /// <param name="path">The path that the violation names.</param>
    /// <param name="mimeType">The type; null when it is not known.</param>
    /// <returns>Null when Meta accepts it.</returns>
    public Violation? CheckMimeType(string path, string? mimeType) =>
        mimeType is not null && Takes(mimeType)
            ? null
            : new Violation(
                path,
                $"{(mimeType is null ? "has no known MIME type" : "has another MIME type than Meta takes")}; {string.Join(", ", MimeTypes)} are allowed");

    /// <summary>Checks the length of content.</summary>
    /// <param name="path">The path that the violation names.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="head">The first bytes; <see cref="HeadLength"/> bytes are enough.</param>
    /// <returns>Null when it is allowed.</returns>
    public Violation? CheckLength(string path, long length, ReadOnlySpan<byte> head)
    {
        if (length <= 0)
        {
            return new Violation(path, "has no content") { Limit = 1, Actual = length };
        }

        var most = MaximumLengthOf(head);
        return length <= most
            ? null
            : new Violation(path, string.Create(CultureInfo.InvariantCulture, $"has {length} bytes; the limit is {most}")) { Limit = most, Actual = length };
    }

    /// <summary>The name of the kind.</summary>
    public override string ToString() => Name;

    private static MediaKind[] All() => [Image, Video, Audio, Document, Sticker];

    private static bool IsAnimated(ReadOnlySpan<byte> webP) =>
        webP.Length >= HeadLength && webP.StartsWith("RIFF"u8) && webP[8..].StartsWith("WEBPVP8X"u8) && (webP[20] & 0x02) != 0;

    private bool Takes(string mimeType)
    {
        var bare = mimeType.AsSpan();
        var parameters = ReadOnlySpan<char>.Empty;
        if (bare.IndexOf(';') is >= 0 and var first)
        {
            parameters = bare[first..];
            bare = bare[..first];
        }

        foreach (var (known, _) in _types)
        {
            if (bare.Trim().Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return !mimeType.AsSpan().ContainsAnyExcept(Printable) && AreParameters(parameters, ReferenceEquals(this, Voice) ? "opus" : null);
            }
        }

        return false;
    }

    /// <summary>Whether a text is any number of <c>; name=value</c>, as the header of the upload has to be; a value may be quoted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="codec">The only codec that may be named; null for any. A type that names no codec is accepted.</param>
    private static bool AreParameters(ReadOnlySpan<char> text, string? codec)
    {
        while (!text.IsEmpty)
        {
            text = text[1..].TrimStart(' '); // The semicolon.
            var nameLength = TokenLength(text);
            if (nameLength == 0 || nameLength == text.Length || text[nameLength] != '=')
            {
                return false;
            }

            var name = text[..nameLength];
            text = text[(nameLength + 1)..];
            var valueLength = text is ['"', ..] ? text[1..].IndexOfAny('"', '\\') is >= 0 and var end && text[end + 1] == '"' ? end + 2 : 0 : TokenLength(text);
            if (valueLength == 0)
            {
                return false;
            }

            var value = text[..valueLength].Trim('"');
            if (codec is not null && name.Equals("codecs", StringComparison.OrdinalIgnoreCase)
                && !value.Trim(' ').Equals(codec, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            text = text[valueLength..].TrimStart(' ');
            if (text is not ([] or [';', ..]))
            {
                return false;
            }
        }

        return true;
    }

    private static int TokenLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(TokenCharacters) is >= 0 and var end ? end : text.Length;
}
