using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>What became of a request that posts no message.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GraphResult
{
    internal static readonly GraphResult Success = new();

    /// <summary>Why it failed; null when Meta did it.</summary>
    public GraphError? Error { get; init; }

    /// <summary>Whether Meta did it.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Throws when it failed, for callers who want that to be an exception.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public void EnsureSuccess()
    {
        if (!IsSuccess)
        {
            throw new GraphErrorException(Error);
        }
    }
}
