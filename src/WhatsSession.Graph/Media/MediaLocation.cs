using System.Security.Cryptography;

namespace WhatsSession;

/// <summary>What is known about a medium before it is downloaded.</summary>
/// <param name="Number">The business number that received it.</param>
/// <param name="MediaId">Meta's id of it.</param>
/// <param name="Address">The download address, which is valid for about five minutes; null when not known yet.</param>
/// <param name="Sha256">Its SHA-256: in base64 as in webhooks, or in hexadecimal as in the API. Null or any other text counts as not known.</param>
public sealed record MediaLocation(PhoneNumberId Number, string MediaId, Uri? Address, string? Sha256)
{
    /// <summary>The bytes of the SHA-256, or null.</summary>
    internal byte[]? Digest()
    {
        var digest = new byte[SHA256.HashSizeInBytes];
        var isKnown = Sha256 is not null
            && (Sha256.Length == 2 * digest.Length
                ? TryReadHex(Sha256, digest)
                : Convert.TryFromBase64String(Sha256, digest, out var written) && written == digest.Length);
        return isKnown ? digest : null;
    }

    private static bool TryReadHex(string text, Span<byte> bytes)
    {
        if (!text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        Convert.FromHexString(text).CopyTo(bytes);
        return true;
    }
}
