using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>An event that was set aside because a handler failed too often, so that its conversation could go on.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class ParkedEvent
{
    /// <summary>The event.</summary>
    public required StoredEvent Event { get; init; }

    /// <summary>Its position in the outbox; replayed, it is dispatched before everything of its conversation that came after it and is not in flight.</summary>
    public required long Position { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>The type of the last exception; no content.</summary>
    public required string Error { get; init; }

    /// <summary>The names of the handlers that have completed; a replay does not call them again.</summary>
    public required IReadOnlyCollection<string> CompletedHandlers { get; init; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{Event}, parked after {Attempts} tries: {Error}";
}
