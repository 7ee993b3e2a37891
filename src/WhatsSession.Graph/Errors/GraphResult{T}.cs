using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>The result of a request that returns a value.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <remarks>Immutable.</remarks>
public sealed class GraphResult<T>
    where T : class
{
    /// <summary>What Meta answered; null when the request failed.</summary>
    public T? Value { get; init; }

    /// <summary>Why it failed; null when it succeeded.</summary>
    public GraphError? Error { get; init; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The limits of the platform that the request breaks, for which it was not made.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>Returns the value, or throws when the request failed.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public T EnsureSuccess() => IsSuccess ? Value : throw new GraphErrorException(Error);

    /// <summary>"Success", or what Meta answered. No personal data.</summary>
    public override string ToString() => Error?.ToString() ?? "Success";
}
