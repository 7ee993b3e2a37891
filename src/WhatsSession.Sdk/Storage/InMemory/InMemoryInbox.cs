using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>What came in: which events were seen, what of them waits for handlers, and what could not be read. Each once.</summary>
internal sealed class InMemoryInbox(InMemoryTombstones tombstones)
{
    private readonly InMemorySeen _seen = new();
    private readonly Dictionary<EventKey, QuarantinedPayload> _quarantine = [];

    public InMemoryOutbox Outbox { get; } = new();

    /// <summary>Notes the key of an event.</summary>
    /// <returns>False when it was seen before.</returns>
    public bool See(StoredEvent stored) => _seen.Add(stored.Key, stored.ReceivedAt);

    /// <summary>Puts an event of the SDK itself into the outbox.</summary>
    /// <returns>False when it was there before, or is of what was erased.</returns>
    public bool Enqueue(StoredEvent stored)
    {
        if (tombstones.Covers(stored) || !See(stored))
        {
            return false;
        }

        Outbox.Add(stored);
        return true;
    }

    public void Quarantine(QuarantinedPayload payload) => _quarantine.TryAdd(payload.Key, payload);

    public QuarantinedPayload[] ListQuarantined(int limit) => [.. _quarantine.Values.OrderBy(static payload => payload.ReceivedAt).Take(limit)];

    public bool RemoveQuarantined(EventKey key) => _quarantine.Remove(key);

    /// <summary>Removes what waits of a customer, and the payloads that name it.</summary>
    public void Erase(ErasureScope scope)
    {
        Outbox.Remove(stored => stored.Conversation is null && scope.Covers(stored));
        foreach (var member in scope.Members)
        {
            Outbox.Remove(member);
        }

        foreach (var payload in _quarantine.Values.Where(scope.Covers).ToArray())
        {
            _quarantine.Remove(payload.Key);
        }
    }

    public void Forget(Instant now) => _seen.Forget(now);
}
