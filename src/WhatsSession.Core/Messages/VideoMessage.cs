using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A video: MP4 or 3GPP with H.264 and AAC, at most 16 MB.</summary>
public sealed record VideoMessage : MediaMessage
{
    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public VideoMessage(MediaSource source)
        : base(source)
    {
    }

    /// <summary>A caption of 1 to 1,024 characters.</summary>
    /// <value>Null by default: no caption.</value>
    public string? Caption { get; init; }

    /// <inheritdoc />
    public override string Kind => "video";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Video;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Optional("video.caption", Caption, MaximumCaptionLength);
    }
}
