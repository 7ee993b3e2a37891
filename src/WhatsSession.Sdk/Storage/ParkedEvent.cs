using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>An event that was parked because a handler failed too often, so that its conversation can continue.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class ParkedEvent
{
    /// <summary>The event.</summary>
    public required StoredEvent Event { get; init; }

    /// <summary>Its position in the outbox. After a replay it is dispatched before all later events of its conversation that are not being handled.</summary>
    public required long Position { get; init; }

    /// <summary>The number of attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>The type of the last exception; no content.</summary>
    public required string Error { get; init; }

    /// <summary>The names of the handlers that have completed; a replay does not call them again.</summary>
    public required IReadOnlyCollection<string> CompletedHandlers { get; init; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{Event}, parked after {Attempts} tries: {Error}";
}
