using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A document, at most 100 MB.</summary>
public sealed record DocumentMessage : MediaMessage
{
    /// <summary>The most characters a file name may have: 240.</summary>
    public const int MaximumFileNameLength = 240;

    /// <summary>Makes the message of an upload, a link or content to upload.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public DocumentMessage(MediaSource source)
        : base(source)
    {
    }

    /// <summary>A caption of 1 to 1,024 characters.</summary>
    /// <value>Null by default: no caption.</value>
    public string? Caption { get; init; }

    /// <summary>The file name shown to the customer: 1 to 240 characters; its ending decides the icon.</summary>
    /// <value>Null by default: the name of a <see cref="MediaSource.File"/>; for other sources Meta finds one.</value>
    public string? FileName { get; init; }

    /// <inheritdoc />
    public override string Kind => "document";

    /// <inheritdoc />
    public override MediaKind MediaKind => MediaKind.Document;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Optional("document.caption", Caption, MaximumCaptionLength);
        violations.Optional("document.filename", FileName, MaximumFileNameLength);
    }
}
