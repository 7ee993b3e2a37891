using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The answer of an <see cref="IAlertPlanner"/>.</summary>
/// <param name="due">The events to put into the outbox.</param>
/// <param name="nextCheck">When to check again; null for not before the customer writes.</param>
public sealed class AlertPlan(IReadOnlyList<StoredEvent> due, Instant? nextCheck)
{
    /// <summary>Nothing is due, now or later.</summary>
    public static AlertPlan Nothing { get; } = new([], nextCheck: null);

    /// <summary>
    /// The events to put into the outbox, each with its <see cref="EventFacts.Alert"/>. The key of each is its identity: a store that has already seen the key
    /// ignores the event.
    /// </summary>
    public IReadOnlyList<StoredEvent> Due { get; } = due;

    /// <summary>When to check again; null for not before the customer writes.</summary>
    public Instant? NextCheck { get; } = nextCheck;
}
