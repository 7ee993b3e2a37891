using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>An image: JPEG or PNG, at most 5 MB.</summary>
public sealed record ImageMessage : MediaMessage
{
    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public ImageMessage(MediaSource source)
        : base(source)
    {
    }

    /// <summary>A caption of 1 to 1,024 characters.</summary>
    /// <value>Null by default: no caption.</value>
    public string? Caption { get; init; }

    /// <inheritdoc />
    public override string Kind => "image";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Image;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Optional("image.caption", Caption, MaximumCaptionLength);
    }
}
