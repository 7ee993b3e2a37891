using System.Security.Cryptography;
using System.Text;
using WhatsSession.Signature;

namespace WhatsSession;

/// <summary>The signature that Meta puts on every webhook: HMAC-SHA256 of the raw body with the app secret.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint">Meta, read November 2025.</see>
/// Compute it over the bytes exactly as they arrived. JSON that was read and written again has other bytes.
/// </remarks>
public static class WebhookSignature
{
    /// <summary>The name of the header that carries the signature.</summary>
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string, ReadOnlySpan{string})"/>
    /// <remarks>For secrets in an array, and for languages that cannot pass a list of arguments as a span.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="appSecrets"/> is null.</exception>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, params string[] appSecrets)
    {
        ArgumentNullException.ThrowIfNull(appSecrets);
        return Verify(body, header, new ReadOnlySpan<string>(appSecrets));
    }

    /// <summary>
    /// Whether <paramref name="header"/> is the signature of <paramref name="body"/> with one of the secrets. It takes the same time for every wrong
    /// signature.
    /// </summary>
    /// <param name="body">The raw body.</param>
    /// <param name="header">The value of the header: <c>sha256=</c> and 64 hexadecimal digits of either case. Null or anything else is no signature.</param>
    /// <param name="appSecrets">The valid secrets; there are two while you rotate the secret. All are tried. Null and empty secrets never match.</param>
    /// <remarks>
    /// Each thread keeps the keyed hashes of the last eight secrets, so that it checks the next webhook faster and without allocation. A hash is kept until
    /// other secrets replace it or the thread ends.
    /// </remarks>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, params ReadOnlySpan<string> appSecrets)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (!TryParse(header, given))
        {
            return false;
        }

        var matches = false;
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        var hashes = KeyedHashes.OfThread;
        foreach (var secret in appSecrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                hashes.Compute(secret, body, computed);
                matches |= CryptographicOperations.FixedTimeEquals(computed, given);
            }
        }

        return matches;
    }

    /// <summary>The value of the header for a body, as Meta would send it.</summary>
    public static string Compute(ReadOnlySpan<byte> body, string appSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(appSecret);
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body, computed);
        return Prefix + Convert.ToHexString(computed).ToLowerInvariant();
    }

    internal static bool TryParse(string? header, Span<byte> signature)
    {
        if (header is null || header.Length != Prefix.Length + (2 * SHA256.HashSizeInBytes) || !header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var digits = header.AsSpan(Prefix.Length);
        for (var i = 0; i < SHA256.HashSizeInBytes; i++)
        {
            var high = HexValue(digits[2 * i]);
            var low = HexValue(digits[(2 * i) + 1]);
            if ((high | low) < 0)
            {
                return false;
            }

            signature[i] = (byte)((high << 4) | low);
        }

        return true;
    }

    // By character: a table takes half the time of the comparisons, for 64 digits of every webhook.
    private static ReadOnlySpan<sbyte> HexValues =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1,
        -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    ];

    private static int HexValue(char digit) => digit < 128 ? HexValues[digit] : -1;
}
