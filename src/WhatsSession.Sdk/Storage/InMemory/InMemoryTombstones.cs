using System.Security.Cryptography;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>What stays of erased conversations for 8 days.</summary>
internal sealed class InMemoryTombstones(InMemoryTime time)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(Tombstone.SecretLength);
    private readonly InMemoryDays<Tombstone, Instant> _erased = new(time);
    private volatile bool _any;

    /// <summary>Whether anything was ever erased. May be asked without the store's gate.</summary>
    public bool Any => _any;

    public void Add(PhoneNumberId number, string id, Instant at)
    {
        _any = true;
        var tombstone = Tombstone.Of(_secret, number, id);
        if (!_erased.TryGet(tombstone, out var earlier) || at > earlier)
        {
            // Under the day of the last erasure.
            _erased.Remove(tombstone);
            _erased.TryAdd(tombstone, at, at);
        }
    }

    public void Add(PhoneNumberId number, MessageId? message, Instant at)
    {
        if (message is { } id)
        {
            Add(number, id.Value, at);
        }
    }

    /// <summary>When it was erased; null when it was not.</summary>
    public Instant? Find(PhoneNumberId number, string id) => _any && _erased.TryGet(Tombstone.Of(_secret, number, id), out var at) ? at : null;

    /// <summary>Whether an event is of what was erased.</summary>
    public bool Covers(StoredEvent stored) => _any && Tombstone.Covers(stored, Find);

    public void Forget() => _erased.Forget();
}
