using System.Text;

namespace WhatsSession.Emulator;

/// <summary>A Graph request as the emulator saw and answered it.</summary>
public sealed class LoggedRequest
{
    /// <summary>Its place in the order of arrival, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was answered, on the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The phone number id of the path, if the emulator serves it.</summary>
    public string? NumberId { get; init; }

    /// <summary>The <c>to</c> or else the <c>recipient</c> of a message, as given.</summary>
    public string? To { get; init; }

    /// <summary>The kind of a message; <c>read</c> or <c>typing</c> for those; else <see langword="null"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The HTTP status of the answer; 0 when a fault cut the connection instead.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Meta's error code, when the answer was an error.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Why it was refused, in Meta's words; else <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The id given to an accepted message, or the inbound id of a read receipt.</summary>
    public string? MessageId { get; init; }

    /// <summary>The body as it came; empty when there was none, or when it was a file.</summary>
    public string Json
    {
        get => Encoding.UTF8.GetString(Body.Span);
        init => Body = Encoding.UTF8.GetBytes(value);
    }

    internal ReadOnlyMemory<byte> Body { get; init; }
}
