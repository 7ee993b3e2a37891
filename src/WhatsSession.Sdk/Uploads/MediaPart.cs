namespace WhatsSession.Uploads;

/// <summary>One place in a message whose content is to be uploaded.</summary>
/// <param name="Content">The content.</param>
/// <param name="Kind">What it is sent as.</param>
/// <param name="Path">Its path in the request.</param>
internal readonly record struct MediaPart(MediaSource.Upload Content, MediaKind Kind, string Path)
{
    /// <summary>Whether it can be uploaded anew: a stream that cannot seek is spent by its first upload.</summary>
    public bool CanBeReadAgain => Content is not MediaSource.Streamed { Content.CanSeek: false };
}
