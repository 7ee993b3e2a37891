using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace WhatsSession.Sending;

/// <summary>
/// Sends of this process that the store may have taken although it reported a failure, and whose requests were surely not written. Only this process knows:
/// to any other a send that was taken, and of which nothing more is known, may be at Meta.
/// </summary>
/// <remarks>Thread safe. What is forgotten counts as what may be at Meta, so that nothing goes twice.</remarks>
internal sealed class UnwrittenSends
{
    private const int Capacity = 4096;

    // By the token under which each was to be saved.
    private readonly ConcurrentDictionary<IntentId, long> _tokens = new();

    /// <summary>A token that no other run has; never 0.</summary>
    public static long NewToken()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) | 1;
    }

    /// <summary>Takes over a send from whoever met the failure. One caller gets it.</summary>
    /// <param name="id">The send.</param>
    /// <param name="token">The token under which it may be saved.</param>
    public bool TryTake(IntentId id, out long token) => _tokens.TryRemove(id, out token);

    public bool Contains(IntentId id) => _tokens.ContainsKey(id);

    public void Add(IntentId id, long token = 0)
    {
        if (_tokens.Count >= Capacity)
        {
            _tokens.Clear();
        }

        _tokens[id] = token;
    }
}
