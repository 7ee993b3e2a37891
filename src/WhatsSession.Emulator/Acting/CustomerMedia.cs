namespace WhatsSession.Emulator;

/// <summary>A file that a customer sends.</summary>
public sealed record CustomerMedia
{
    /// <summary><c>image</c>, <c>video</c>, <c>audio</c>, <c>document</c> or <c>sticker</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The MIME type, such as <c>image/jpeg</c>.</summary>
    public required string MimeType { get; init; }

    /// <summary>The file.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The caption.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? Caption { get; init; }

    /// <summary>A document's name.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? FileName { get; init; }

    /// <summary>Whether an <c>audio</c> is a voice note.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool IsVoice { get; init; }
}
