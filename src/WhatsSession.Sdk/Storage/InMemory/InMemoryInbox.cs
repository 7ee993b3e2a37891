using System.Buffers.Binary;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>What came in: which events were seen, what of them waits for handlers, and what could not be read. Each once.</summary>
internal sealed class InMemoryInbox(InMemoryTombstones tombstones, long maximumBytes)
{
    private readonly InMemorySeen _seen = new();
    private readonly Dictionary<EventKey, QuarantinedPayload> _quarantine = [];
    private long _quarantinedBytes;

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

    /// <summary>Refuses what there is no room for: what waits is never dropped, so somebody has to wait with the rest.</summary>
    /// <param name="coming">How much is to come, in bytes.</param>
    /// <exception cref="StoreUnavailableException">It would be more than the limit.</exception>
    public void ThrowIfFull(long coming)
    {
        if (Outbox.Bytes + _quarantinedBytes + coming > maximumBytes)
        {
            throw new StoreUnavailableException(FormattableString.Invariant(
                $"The store in memory holds {Outbox.Bytes} bytes of events that wait for handlers or are parked, and {_quarantinedBytes} bytes in quarantine; ")
                + FormattableString.Invariant($"{coming} more would be over its limit of {maximumBytes} bytes."));
        }
    }

    /// <inheritdoc cref="ThrowIfFull(long)" />
    public void ThrowIfFull(IngestPlan plan)
    {
        var coming = (long)(plan.Quarantined?.Payload.Length ?? 0);
        foreach (var stored in plan.Events)
        {
            coming += plan.Queues(stored) ? InMemoryOutboxEntry.BytesOf(stored) : 0;
        }

        if (coming > 0)
        {
            ThrowIfFull(coming);
        }
    }

    public void Quarantine(QuarantinedPayload payload)
    {
        if (_quarantine.TryAdd(payload.Key, payload))
        {
            _quarantinedBytes += payload.Payload.Length;
        }
    }

    public IReadOnlyList<QuarantinedPayload> ListQuarantined(QuarantinedPayload? after, int limit) => ListPage.Of(
        _quarantine.Values
            .Where(payload => after is null || PlaceOf(payload).CompareTo(PlaceOf(after)) > 0)
            .OrderBy(PlaceOf),
        limit,
        ListPage.BytesOf);

    public bool RemoveQuarantined(EventKey key)
    {
        if (!_quarantine.Remove(key, out var payload))
        {
            return false;
        }

        _quarantinedBytes -= payload.Payload.Length;
        return true;
    }

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
            RemoveQuarantined(payload.Key);
        }
    }

    public void Forget(Instant now) => _seen.Forget(now);

    private static (Instant ReceivedAt, UInt128 Key) PlaceOf(QuarantinedPayload payload)
    {
        Span<byte> key = stackalloc byte[EventKey.Length];
        payload.Key.WriteTo(key);
        return (payload.ReceivedAt, BinaryPrimitives.ReadUInt128BigEndian(key));
    }
}
