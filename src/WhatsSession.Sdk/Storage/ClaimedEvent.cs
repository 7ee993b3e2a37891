using NodaTime;

namespace WhatsSession.Storage;

/// <summary>An event that this host may dispatch until its lease ends.</summary>
public sealed class ClaimedEvent
{
    /// <summary>The event.</summary>
    public required StoredEvent Event { get; init; }

    /// <summary>The position in the outbox; within a conversation, events are dispatched in this order.</summary>
    public required long Position { get; init; }

    /// <summary>The fencing token: a finish with an older token changes nothing.</summary>
    public required long Token { get; init; }

    /// <summary>Which try this is: 1 for the first. The same whether or not the claim counted it.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// Whether <see cref="IInboxStore.CountTryAsync"/> is to count the try before it begins: for an event that was claimed ahead of its place, and was claimed
    /// before, perhaps by a process that ended over it. An event is spared that in its first claim.
    /// </summary>
    /// <value>False by default.</value>
    public bool MustBeCounted { get; init; }

    /// <summary>When the first of these tries began, as its <see cref="ClaimRequest.Now"/> said; the first since the event was postponed.</summary>
    public required Instant FirstTriedAt { get; init; }

    /// <summary>What the last <see cref="DispatchResult.Postponed"/> said; 0 when there was none.</summary>
    public int Postponements { get; init; }

    /// <summary>What the last <see cref="DispatchResult.Postponed"/> said of when the wait began; null when there was none.</summary>
    public Instant? PostponedSince { get; init; }

    /// <summary>The names of the handlers that have completed for this event in earlier tries.</summary>
    public required IReadOnlyCollection<string> CompletedHandlers { get; init; }
}
