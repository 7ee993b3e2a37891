using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>Signs webhooks with the app secret. Thread safe.</summary>
internal sealed class WebhookSigner(string appSecret)
{
    private const string Prefix = "sha256=";

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(appSecret);

    /// <param name="body">The raw body.</param>
    /// <param name="wrongly">Whether the signature shall be wrong.</param>
    public string Sign(ReadOnlySpan<byte> body, bool wrongly)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, body, hash);
        if (wrongly)
        {
            hash[0] ^= 0xFF;
        }

        Span<char> signature = stackalloc char[Prefix.Length + (2 * HMACSHA256.HashSizeInBytes)];
        Prefix.CopyTo(signature);
        for (var i = 0; i < hash.Length; i++)
        {
            hash[i].TryFormat(signature[(Prefix.Length + (2 * i))..], out _, "x2", CultureInfo.InvariantCulture);
        }

        return new(signature);
    }
}
