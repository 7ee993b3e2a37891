using System.Buffers.Binary;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The payloads that could not be read to their end, each once.</summary>
internal sealed class InMemoryQuarantine
{
    // Of the object, its arrays and its places in the two collections.
    private const int Overhead = 300;

    private static readonly Comparer<QuarantinedPayload> Oldest = Comparer<QuarantinedPayload>.Create(static (left, right) =>
        PlaceOf(left).CompareTo(PlaceOf(right)));

    private readonly Dictionary<EventKey, QuarantinedPayload> _byKey = [];
    private readonly SortedSet<QuarantinedPayload> _byPlace = new(Oldest);

    /// <summary>How much memory the payloads take, by estimate.</summary>
    public long Bytes { get; private set; }

    /// <summary>How much memory a payload takes, by estimate: small ones cost more than their bytes.</summary>
    public static int BytesOf(QuarantinedPayload payload) => Overhead + payload.Payload.Length + (sizeof(char) * payload.Reason.Length);

    public void Add(QuarantinedPayload payload)
    {
        if (_byKey.TryAdd(payload.Key, payload))
        {
            _byPlace.Add(payload);
            Bytes += BytesOf(payload);
        }
    }

    public IReadOnlyList<QuarantinedPayload> List(QuarantinedPayload? after, int limit) => ListPage.Of(_byPlace.After(after), limit, ListPage.BytesOf);

    public bool Remove(EventKey key)
    {
        if (!_byKey.Remove(key, out var payload))
        {
            return false;
        }

        _byPlace.Remove(payload);
        Bytes -= BytesOf(payload);
        return true;
    }

    /// <summary>Removes the payloads that name a customer.</summary>
    public void Erase(ErasureScope scope)
    {
        foreach (var payload in _byKey.Values.Where(scope.Covers).ToArray())
        {
            Remove(payload.Key);
        }
    }

    private static (Instant ReceivedAt, UInt128 Key) PlaceOf(QuarantinedPayload payload)
    {
        Span<byte> key = stackalloc byte[EventKey.Length];
        payload.Key.WriteTo(key);
        return (payload.ReceivedAt, BinaryPrimitives.ReadUInt128BigEndian(key));
    }
}
