using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSession;

/// <summary>Checks signatures with fixed secrets, without allocating: each thread keeps one keyed hash per secret and uses it again.</summary>
/// <remarks>The keyed hashes belong to the verifier: after it was replaced and collected, no thread keeps its secrets.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "Many share a verifier and none knows when it ends. What it holds is freed when it is collected.")]
public sealed class WebhookVerifier
{
    private readonly ThreadLocal<IncrementalHash[]> _hashes;
    private readonly IReadOnlyList<string>[] _apps;

    /// <summary>Takes the secrets of one app. Several secrets may be valid at the same time while you rotate them.</summary>
    /// <param name="appSecrets">The secrets; empty ones count as none.</param>
    public WebhookVerifier(IEnumerable<string> appSecrets)
        : this((appSecrets ?? throw new ArgumentNullException(nameof(appSecrets))).Select(static secret => ("", secret)))
    {
    }

    /// <summary>Takes the secrets of several apps.</summary>
    /// <param name="appSecrets">The secrets, each with the name of its app.</param>
    public WebhookVerifier(IEnumerable<(string App, string Secret)> appSecrets)
    {
        ArgumentNullException.ThrowIfNull(appSecrets);
        var bySecret = appSecrets
            .Where(static live => Whole(live).Secret.Length > 0)
            .GroupBy(static live => live.Secret, static live => live.App, StringComparer.Ordinal)
            .ToList();
        byte[][] secrets = [.. bySecret.Select(static apps => Encoding.UTF8.GetBytes(apps.Key))];
        _hashes = new ThreadLocal<IncrementalHash[]>(
            () => Array.ConvertAll(secrets, static secret => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret)));
        _apps = [.. bySecret.Select(static apps => apps.ToArray())];
    }

    private static (string App, string Secret) Whole((string App, string Secret) appSecret) => appSecret is { App: null } or { Secret: null }
        ? throw new ArgumentException("A secret, or the name of its app, is null.", nameof(appSecret))
        : appSecret;

    /// <summary>Whether there is at least one secret. Without a secret every signature is refused.</summary>
    public bool HasSecrets => _apps.Length > 0;

    /// <summary>Whether one of the secrets made the signature. The rules are those of <see cref="WebhookSignature"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> body, string? header) => FindSigners(body, header) is not null;

    /// <summary>The names of the apps whose secret made the signature. It is one name, unless apps share a secret. Null when no secret fits.</summary>
    public IReadOnlyList<string>? FindSigners(ReadOnlySpan<byte> body, string? header)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (!WebhookSignature.TryParse(header, given))
        {
            return null;
        }

        // All are tried, whichever it is.
        IReadOnlyList<string>? signers = null;
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        var hashes = _hashes.Value!;
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i].AppendData(body);
            hashes[i].GetHashAndReset(computed);
            signers = CryptographicOperations.FixedTimeEquals(computed, given) ? _apps[i] : signers;
        }

        return signers;
    }
}
