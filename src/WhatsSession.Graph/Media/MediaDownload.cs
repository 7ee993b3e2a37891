using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>The result of a download.</summary>
/// <remarks>Immutable.</remarks>
public sealed class MediaDownload
{
    /// <summary>Why it failed; null when the content is complete.</summary>
    public GraphError? Error { get; init; }

    /// <summary>Whether the content is complete and, if its SHA-256 is known, correct.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>
    /// Whether it failed because the medium is larger than <see cref="GraphClientOptions.MaximumDownloadSize"/>. Not more than that was written.
    /// </summary>
    public bool IsTooLarge { get; init; }

    /// <summary>The MIME type from the header of the answer; empty when it has none.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>How many bytes were written.</summary>
    public long Length { get; init; }

    /// <summary>Throws when it failed, for callers who want that to be an exception.</summary>
    /// <exception cref="GraphErrorException">
    /// Meta refused the request or could not be reached, or the content is too large, incomplete or not the right one.
    /// </exception>
    public void EnsureSuccess()
    {
        if (!IsSuccess)
        {
            throw new GraphErrorException(Error);
        }
    }
}
