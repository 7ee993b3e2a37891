using System.Diagnostics.CodeAnalysis;
using WhatsSession.Errors;

namespace WhatsSession;

/// <summary>The result of a request that does not send a message.</summary>
/// <remarks>Immutable.</remarks>
public sealed class GraphResult
{
    internal static readonly GraphResult Success = new();

    /// <summary>Why it failed; null when it succeeded.</summary>
    public GraphError? Error { get; init; }

    /// <summary>Whether the request succeeded.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The limits of the platform that the request breaks. Because of them the request was not made.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>Throws when the request failed, for callers who prefer an exception.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public void EnsureSuccess()
    {
        if (!IsSuccess)
        {
            throw new GraphErrorException(Error);
        }
    }

    /// <summary>"Success", or what Meta answered. No personal data.</summary>
    public override string ToString() => Error?.ToString() ?? "Success";

    /// <summary>The result of a request that was not made, because Meta would refuse it.</summary>
    /// <param name="violations">The limits of the platform that it breaks.</param>
    public static GraphResult NotSent(IReadOnlyList<Violation> violations) => new() { Error = AnswerErrors.NotSent(violations), Violations = violations };

    /// <summary>The result of a request with a value that was not made, because Meta would refuse it.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="violations">The limits of the platform that it breaks.</param>
    public static GraphResult<T> NotSent<T>(IReadOnlyList<Violation> violations)
        where T : class => new() { Error = AnswerErrors.NotSent(violations), Violations = violations };
}
