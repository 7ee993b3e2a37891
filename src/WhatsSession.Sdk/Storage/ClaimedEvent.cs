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

    /// <summary>Which attempt this is: 1 for the first. It is the same whether or not the claim counted it.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// Whether <see cref="IInboxStore.CountTryAsync"/> must count the attempt before it starts. This is so for an event that was claimed ahead of its place
    /// and was already claimed before, perhaps by a process that crashed because of it. For the first claim of an event it is not needed.
    /// </summary>
    /// <value>False by default.</value>
    public bool MustBeCounted { get; init; }

    /// <summary>
    /// When the first of these attempts started, by its <see cref="ClaimRequest.Now"/>. Attempts before the event was postponed do not count.
    /// </summary>
    public required Instant FirstTriedAt { get; init; }

    /// <summary>The value of the last <see cref="DispatchResult.Postponed"/>; 0 when there was none.</summary>
    public int Postponements { get; init; }

    /// <summary>When the wait started, by the last <see cref="DispatchResult.Postponed"/>; null when there was none.</summary>
    public Instant? PostponedSince { get; init; }

    /// <summary>The names of the handlers that have completed for this event in earlier attempts.</summary>
    public required IReadOnlyCollection<string> CompletedHandlers { get; init; }
}
