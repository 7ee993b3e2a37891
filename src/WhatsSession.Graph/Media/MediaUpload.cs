using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>The result of an upload.</summary>
/// <remarks>Immutable.</remarks>
public sealed class MediaUpload
{
    /// <summary>
    /// Meta's id of the medium, for <see cref="MediaSource.FromId"/>; null when there is none. It is valid for 30 days and only for the number that uploaded
    /// it.
    /// </summary>
    public string? MediaId { get; init; }

    /// <summary>Why it failed; null when Meta has the medium.</summary>
    public GraphError? Error { get; init; }

    /// <summary>Whether Meta has the medium.</summary>
    [MemberNotNullWhen(true, nameof(MediaId))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null && MediaId is not null;

    /// <summary>The limits of the platform that the content breaks. Because of them it was not uploaded, or not completely.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>How many bytes were uploaded.</summary>
    public long Length { get; init; }

    /// <summary>Returns Meta's id of the medium, or throws when the upload failed.</summary>
    /// <exception cref="GraphErrorException">The content breaks a limit, Meta refused it, or Meta could not be reached.</exception>
    public string EnsureSuccess() => IsSuccess ? MediaId : throw new GraphErrorException(Error);

    /// <summary>The SHA-256 of the uploaded content; null when it was not read completely.</summary>
    public ReadOnlyMemory<byte>? Sha256 { get; init; }

    /// <summary>How long Meta asks to wait, if it says so; at most one day.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The result for content that breaks limits of the platform, so that nothing was uploaded.</summary>
    /// <param name="violations">The limits.</param>
    public static MediaUpload Refused(IReadOnlyList<Violation> violations) => new()
    {
        Violations = violations,
        Error = new GraphError { Message = "Not uploaded: " + string.Join("; ", violations), Category = GraphErrorCategory.InvalidRequest },
    };
}
