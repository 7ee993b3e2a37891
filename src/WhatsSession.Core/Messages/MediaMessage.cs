using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A session message that carries one medium.</summary>
public abstract record MediaMessage : SessionMessage
{
    /// <summary>The maximum length of a caption: 1,024 characters.</summary>
    public const int MaximumCaptionLength = 1024;

    private protected MediaMessage(MediaSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Source = source;
    }

    /// <summary>Where the content comes from.</summary>
    public MediaSource Source { get; init => field = RequiredPart.Of(value); }

    /// <summary>The kind of the medium. It decides which types and sizes may be uploaded.</summary>
    public abstract MediaKind MediaKind { get; }

    private protected override bool GoesToGroups => true;

    private protected override void Check(ref ViolationList violations) => Source.Check(ref violations, Kind, MediaKind);
}
