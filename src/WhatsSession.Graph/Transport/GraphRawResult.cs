using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The result of a raw request.</summary>
/// <remarks>Immutable.</remarks>
public sealed class GraphRawResult
{
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The body as Meta sent it, usually JSON as UTF-8; empty when the request failed.</summary>
    /// <value>Empty by default.</value>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Why it failed: Meta's error, or the reason why there is no answer. Null when it succeeded.</summary>
    public GraphError? Error { get; init; }

    /// <summary>How long Meta asks to wait, if it says so; a day at most.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether Meta answered with a success status and without an error. The content of the body is not checked.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Returns the body, or throws when the request failed.</summary>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    public ReadOnlyMemory<byte> EnsureSuccess() => IsSuccess ? Body : throw new GraphErrorException(Error);

    /// <summary>The status, without content.</summary>
    public override string ToString() => HttpStatus is { } status ? FormattableString.Invariant($"HTTP {status}") : "no answer";
}
