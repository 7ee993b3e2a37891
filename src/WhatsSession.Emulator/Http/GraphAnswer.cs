using System.Text.Json;

namespace WhatsSession.Emulator.Http;

/// <summary>The answer to a Graph request, with what the journal keeps of it.</summary>
internal sealed record GraphAnswer
{
    public required int StatusCode { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; init; } = "application/json; charset=UTF-8";

    /// <summary>In seconds; null for no such header.</summary>
    public int? RetryAfter { get; init; }

    public int? ErrorCode { get; init; }

    /// <summary>Why it was refused, in Meta's words; null when it was not, or when a fault answered without any.</summary>
    public string? Reason { get; init; }

    public string? NumberId { get; init; }

    public string? To { get; init; }

    public string? Type { get; init; }

    public string? MessageId { get; init; }

    /// <summary>False when a fault cut off the answer to a request that was refused.</summary>
    public bool? WasCarriedOut { get; init; }

    /// <summary>A message was accepted, of kind <see cref="Type"/>.</summary>
    public bool IsAcceptedMessage { get; init; }

    public static GraphAnswer Success { get; } = Ok(0, static (json, _) =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", value: true);
        json.WriteEndObject();
    });

    public static GraphAnswer Ok<T>(T state, Action<Utf8JsonWriter, T> write) => new() { StatusCode = 200, Body = WireJson.Write(state, write) };

    public static implicit operator GraphAnswer(GraphError error) => new()
    {
        StatusCode = error.HttpStatus,
        ErrorCode = error.Code,
        Reason = error.UserMessage ?? error.Details ?? error.Title,
        Body = WireJson.Write(error, static (json, e) => e.WriteForHttp(json)),
    };
}
