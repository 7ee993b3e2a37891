using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>The result of a resumable upload. Its handle names the sample for the header of a template, or the picture of a profile.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record SampleUpload
{
    /// <summary>The handle (<c>header_handle</c>); null when there is none.</summary>
    public string? Handle { get; init; }

    /// <summary>Meta's id of the upload, to continue it after a failure; null when it did not start.</summary>
    public string? UploadId { get; init; }

    /// <summary>Why it failed; null when Meta has all of the content.</summary>
    public GraphError? Error { get; init; }

    /// <summary>Whether Meta has all of the content.</summary>
    [MemberNotNullWhen(true, nameof(Handle))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null && Handle is not null;

    /// <summary>Returns the handle, or throws when the upload failed.</summary>
    /// <exception cref="GraphErrorException">The content could not be read, Meta refused it, or Meta could not be reached.</exception>
    public string EnsureSuccess() => IsSuccess ? Handle : throw new GraphErrorException(Error);
}
