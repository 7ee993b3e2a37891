using System.Security.Cryptography;
using System.Text;

namespace WhatsSession;

/// <summary>Checks signatures with fixed secrets, without allocating: each thread keeps one keyed hash per secret and uses it again.</summary>
internal sealed class WebhookVerifier
{
    [ThreadStatic]
    private static ThreadHashes? _ofThread;

    private readonly byte[][] _secrets;

    public WebhookVerifier(IEnumerable<string> appSecrets) => _secrets = [.. appSecrets.Where(secret => secret.Length > 0).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];

    public bool HasSecrets => _secrets.Length > 0;

    /// <summary>As <see cref="WebhookSignature.Verify"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> body, string? header)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (!WebhookSignature.TryParse(header, given))
        {
            return false;
        }

        if (_ofThread is not { } ofThread || ofThread.Owner != this)
        {
            _ofThread = ofThread = new ThreadHashes(this, Array.ConvertAll(_secrets, secret => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret)));
        }

        var matches = false;
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var hash in ofThread.Hashes)
        {
            hash.AppendData(body);
            hash.GetHashAndReset(computed);
            matches |= CryptographicOperations.FixedTimeEquals(computed, given);
        }

        return matches;
    }

    private sealed record ThreadHashes(WebhookVerifier Owner, IncrementalHash[] Hashes);
}
