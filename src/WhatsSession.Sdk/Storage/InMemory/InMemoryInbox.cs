namespace WhatsSession.Storage.InMemory;

/// <summary>What came in: which events were seen, what of them waits for handlers, and what could not be read. Each once.</summary>
internal sealed class InMemoryInbox(InMemoryTime time, InMemoryTombstones tombstones, long maximumBytes)
{
    private readonly InMemorySeen _seen = new(time);
    private readonly InMemoryQuarantine _quarantine = new();

    public InMemoryOutbox Outbox { get; } = new(time);

    public InMemoryTurns Turns { get; } = new(time);

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

    /// <summary>Refuses what there is no room for: what waits is never dropped, so somebody has to wait with the rest.</summary>
    /// <param name="coming">How much is to come, in bytes.</param>
    /// <exception cref="StoreUnavailableException">It would be more than the limit.</exception>
    public void ThrowIfFull(long coming)
    {
        if (Outbox.Bytes + Turns.Bytes + _quarantine.Bytes + coming > maximumBytes)
        {
            throw new StoreUnavailableException(FormattableString.Invariant(
                $"The store in memory holds {Outbox.Bytes + Turns.Bytes} bytes of events that wait for handlers or are parked, and {_quarantine.Bytes} ")
                + "bytes in quarantine; "
                + FormattableString.Invariant($"{coming} more would be over its limit of {maximumBytes} bytes."));
        }
    }

    /// <inheritdoc cref="ThrowIfFull(long)" />
    public void ThrowIfFull(IngestPlan plan)
    {
        var coming = plan.Quarantined is { } payload ? InMemoryQuarantine.BytesOf(payload) : 0L;
        foreach (var stored in plan.Events)
        {
            coming += plan.Queues(stored) ? InMemoryOutboxEntry.BytesOf(stored) : 0;
        }

        if (coming > 0)
        {
            ThrowIfFull(coming);
        }
    }

    public void Quarantine(QuarantinedPayload payload) => _quarantine.Add(payload);

    public IReadOnlyList<QuarantinedPayload> ListQuarantined(QuarantinedPayload? after, int limit) => _quarantine.List(after, limit);

    public bool RemoveQuarantined(EventKey key) => _quarantine.Remove(key);

    /// <summary>Removes what waits of a customer, and the payloads that name it.</summary>
    public void Erase(ErasureScope scope)
    {
        Turns.Erase(scope);
        Outbox.Remove(stored => stored.Conversation is null && scope.Covers(stored));
        foreach (var member in scope.Members)
        {
            Outbox.Remove(member);
        }

        _quarantine.Erase(scope);
    }

    public void Forget() => _seen.Forget();
}
