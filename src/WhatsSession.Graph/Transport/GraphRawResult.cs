using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What became of a raw request.</summary>
/// <remarks>Immutable.</remarks>
public sealed class GraphRawResult
{
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The body as Meta sent it, mostly JSON as UTF-8; empty when the request failed.</summary>
    /// <value>Empty by default.</value>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Why it failed: Meta's error, or why there is no answer; null when it did not.</summary>
    public GraphError? Error { get; init; }

    /// <summary>How long Meta asks to wait, if it says so; a day at most.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether Meta answered with a status of success and without an error. What the body says is for the caller to read.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The body, for callers who want a failure to be an exception.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public ReadOnlyMemory<byte> EnsureSuccess() => IsSuccess ? Body : throw new GraphErrorException(Error);

    /// <summary>The status, without content.</summary>
    public override string ToString() => HttpStatus is { } status ? FormattableString.Invariant($"HTTP {status}") : "no answer";
}
