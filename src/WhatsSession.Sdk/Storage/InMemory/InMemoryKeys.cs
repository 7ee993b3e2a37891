using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The idempotency keys that were taken, and with what outcome.</summary>
internal sealed class InMemoryKeys
{
    private readonly InMemoryDays<IdempotencyKey, RecordedOutcome> _keys = new();

    /// <returns>What was recorded of whoever took the key before; null when nobody did.</returns>
    public RecordedOutcome? Take(IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> content, Instant now)
    {
        _keys.Forget(now);
        return _keys.TryAdd(key, new RecordedOutcome(intent, content, default), now) ? null
            : _keys.TryGet(key, out var recorded) ? recorded
            : null;
    }

    public void Record(IdempotencyKey key, ReadOnlyMemory<byte> outcome)
    {
        if (_keys.TryGet(key, out var recorded))
        {
            _keys.Set(key, recorded with { Outcome = outcome }, default);
        }
    }

    public void Release(IdempotencyKey key) => _keys.Remove(key);

    /// <summary>Removes the keys of sends.</summary>
    public void Remove(HashSet<IntentId> intents) => _keys.RemoveAll((_, recorded) => intents.Contains(recorded.Intent));

    public void Forget(Instant now) => _keys.Forget(now);
}
