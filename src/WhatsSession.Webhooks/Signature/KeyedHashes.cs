using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSession.Signature;

/// <summary>The hashes that a thread has keyed with secrets: to key one takes as long as to hash half a kilobyte.</summary>
/// <remarks>
/// A thread keeps those of the last <see cref="Capacity"/> secrets that it was given, until others come in their place or it ends.
/// A secret is keyed at its second use: whoever gives another one each time pays no more than without.
/// </remarks>
internal sealed class KeyedHashes
{
    public const int Capacity = 8;

    [ThreadStatic]
    private static KeyedHashes? _ofThread;

    private readonly (string Secret, IncrementalHash? Hash)[] _entries = new (string, IncrementalHash?)[Capacity];
    private int _next;

    public static KeyedHashes OfThread => _ofThread ??= new KeyedHashes();

    /// <summary>How many secrets are keyed.</summary>
    public int Count => _entries.Count(static entry => entry.Hash is not null);

    /// <summary>Computes the HMAC-SHA256 of a body.</summary>
    public void Compute(string secret, ReadOnlySpan<byte> body, Span<byte> computed)
    {
        foreach (ref var entry in _entries.AsSpan())
        {
            if (AreEqual(entry.Secret, secret))
            {
                entry.Hash ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
                entry.Hash.AppendData(body);
                entry.Hash.GetHashAndReset(computed);
                return;
            }
        }

        ref var oldest = ref _entries[_next];
        _next = (_next + 1) % Capacity;
        oldest.Hash?.Dispose();
        oldest = (secret, null);
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, computed);
    }

    // Mostly it is the same string. Else in constant time, as secrets are.
    private static bool AreEqual(string? kept, string secret) => ReferenceEquals(kept, secret)
        || (kept is not null && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(kept.AsSpan()), MemoryMarshal.AsBytes(secret.AsSpan())));
}
