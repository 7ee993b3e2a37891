using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>
/// Sends of this process that the store may know as under way although Meta surely does not have them: it reported a failure when they were to be saved, or
/// when it was to be noted that they failed. Only this process knows: to any other a send that is under way may be at Meta.
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

    /// <summary>Notes of a send under way that it failed, if it is one of these: the store had not heard of it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The send.</param>
    /// <param name="save">Saves it once more under a token, and tells whether it could: it is another's if not.</param>
    /// <returns>Whether Meta surely does not have it, and the store knows now.</returns>
    /// <exception cref="StoreUnavailableException">It could not be noted; it is remembered on.</exception>
    public async Task<bool> TakeBackAsync(ISendStore store, IntentId id, Func<long, ValueTask<bool>> save)
    {
        if (!TryTake(id, out var token))
        {
            return false;
        }

        try
        {
            if (!await save(token).ConfigureAwait(false))
            {
                return false;
            }

            await store.SettleIntentAsync(new SendSettlement(id, IntentState.Failed, Message: null), CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (StoreUnavailableException)
        {
            Add(id, token);
            throw;
        }
    }

    public void Add(IntentId id, long token = 0)
    {
        if (_tokens.Count >= Capacity)
        {
            _tokens.Clear();
        }

        _tokens[id] = token;
    }
}
