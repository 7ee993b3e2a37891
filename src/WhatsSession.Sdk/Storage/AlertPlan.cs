using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The answer of an <see cref="IAlertPlanner"/>.</summary>
/// <param name="Due">
/// The events to put into the outbox, each with its <see cref="EventFacts.Alert"/>. The key of each is its identity: a store that has seen it passes over it.
/// </param>
/// <param name="NextCheck">When to look again; null for not until the customer writes.</param>
public sealed record AlertPlan(IReadOnlyList<StoredEvent> Due, Instant? NextCheck)
{
    /// <summary>Nothing is due, now or later.</summary>
    public static AlertPlan Nothing { get; } = new([], NextCheck: null);
}
