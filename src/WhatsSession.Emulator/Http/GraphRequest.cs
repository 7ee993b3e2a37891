namespace WhatsSession.Emulator.Http;

/// <summary>An HTTP request to the Graph API.</summary>
internal sealed class GraphRequest
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>One value of the query, or null.</summary>
    public required Func<string, string?> Query { get; init; }

    public required string? Authorization { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The header of a resumable upload.</summary>
    public string? FileOffset { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body was longer than Meta takes; <see cref="Body"/> is its beginning.</summary>
    public required bool BodyTooLong { get; init; }

    /// <summary>The journal does not keep it.</summary>
    public bool IsFile { get; init; }

    /// <summary>By which address the client reaches the emulator.</summary>
    public required Uri BaseAddress { get; init; }

    public bool Is(string method) => string.Equals(Method, method, StringComparison.OrdinalIgnoreCase);
}
