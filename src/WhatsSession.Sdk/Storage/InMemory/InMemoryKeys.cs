using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The idempotency keys that were taken, and with what outcome.</summary>
internal sealed class InMemoryKeys(InMemoryTime time, InMemoryIdentities identities)
{
    private readonly InMemoryDays<IdempotencyKey, Entry> _keys = new(time);

    /// <returns>What was recorded of whoever took the key before; null when nobody did.</returns>
    public RecordedOutcome? Take(IdempotencyKey key, KeyedSend send, Instant now)
    {
        _keys.Forget();
        if (!_keys.TryGet(key, out var entry))
        {
            _keys.Add(key, new Entry(send, now, Outcome: default), now);
            return null;
        }

        var isSame = identities.IsSame(entry.Send.Conversation, entry.TakenAt, send.Conversation);
        return new RecordedOutcome(entry.Send.Intent, isSame, entry.Send.Content, entry.Outcome);
    }

    public void Record(IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> outcome)
    {
        if (_keys.TryGet(key, out var entry) && entry.Send.Intent == intent)
        {
            _keys.Set(key, entry with { Outcome = outcome }, default);
        }
    }

    public void Release(IdempotencyKey key, IntentId intent)
    {
        if (_keys.TryGet(key, out var entry) && entry.Send.Intent == intent)
        {
            _keys.Remove(key);
        }
    }

    /// <summary>Removes the keys of sends to a customer, whatever became of the sends.</summary>
    public void Erase(ErasureScope scope) => _keys.RemoveAll((_, entry) => scope.Contains(entry.Send.Conversation));

    public void Forget() => _keys.Forget();

    private readonly record struct Entry(KeyedSend Send, Instant TakenAt, ReadOnlyMemory<byte> Outcome);
}
