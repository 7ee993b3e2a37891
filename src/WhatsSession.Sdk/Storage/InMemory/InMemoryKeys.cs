using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The idempotency keys that were taken, and with what outcome.</summary>
internal sealed class InMemoryKeys(InMemoryTime time)
{
    private readonly InMemoryDays<IdempotencyKey, (ConversationKey Conversation, RecordedOutcome Recorded)> _keys = new(time);

    /// <returns>What was recorded of whoever took the key before; null when nobody did.</returns>
    public RecordedOutcome? Take(IdempotencyKey key, KeyedSend send, Instant now)
    {
        _keys.Forget();
        return _keys.TryAdd(key, (send.Conversation, new RecordedOutcome(send.Intent, send.Content, default)), now) ? null
            : _keys.TryGet(key, out var entry) ? entry.Recorded
            : null;
    }

    public void Record(IdempotencyKey key, ReadOnlyMemory<byte> outcome)
    {
        if (_keys.TryGet(key, out var entry))
        {
            _keys.Set(key, entry with { Recorded = entry.Recorded with { Outcome = outcome } }, default);
        }
    }

    public void Release(IdempotencyKey key) => _keys.Remove(key);

    /// <summary>Removes the keys of sends to a customer, whatever became of the sends.</summary>
    public void Erase(ErasureScope scope) => _keys.RemoveAll((_, entry) => scope.Contains(entry.Conversation));

    public void Forget() => _keys.Forget();
}
