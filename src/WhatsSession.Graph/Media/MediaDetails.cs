using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>Meta's data about a medium.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record MediaDetails
{
    /// <summary>Why there is no data; null when Meta answered.</summary>
    public GraphError? Error { get; init; }

    /// <summary>Whether Meta answered.</summary>
    [MemberNotNullWhen(true, nameof(Address))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null && Address is not null;

    /// <summary>The download address. It is valid for five minutes and needs the token of the number. <c>DownloadMediaAsync</c> uses it.</summary>
    public Uri? Address { get; init; }

    /// <summary>The MIME type; empty when Meta names none.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>The number of bytes; null when Meta names none.</summary>
    public long? Length { get; init; }

    /// <summary>The SHA-256 as Meta wrote it, usually in hexadecimal; null when Meta names none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Returns the address, or throws when the request failed.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public Uri EnsureSuccess() => IsSuccess ? Address : throw new GraphErrorException(Error);
}
