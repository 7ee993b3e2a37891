using System.Security.Cryptography;
using System.Text;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>What tells the message of a send with an idempotency key from another.</summary>
/// <remarks>
/// Two digests of 16 bytes each: of what the message says, with the MIME types of what is to be uploaded and the names under which documents are shown;
/// and of the contents that are to be uploaded. The second is zero while a content cannot be told: a stream that can be read once alone is for its upload,
/// and a file may be gone when a send is repeated. Then the first decides.
/// </remarks>
internal static class SendDigest
{
    private const int Half = 16;

    // In the place of what is to be uploaded: its id is another each time.
    private static readonly MediaSource Upload = MediaSource.FromId("upload");

    /// <summary>Reads what is to be uploaded, where it can be read again, and leaves it as it was.</summary>
    public static async ValueTask<byte[]> OfAsync(Message message, CancellationToken cancellationToken)
    {
        var digest = new byte[2 * Half];
        if (!MediaParts.HasUploads(message))
        {
            SHA256.HashData(MessageJson.Write(message)).AsSpan(0, Half).CopyTo(digest);
            return digest;
        }

        var parts = MediaParts.Of(message);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MessageJson.Write(MediaParts.Replace(message, static _ => Upload)));
        foreach (var part in parts)
        {
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(part.Content.MimeTypeFor(part.Kind) ?? ""));
        }

        hash.GetHashAndReset().AsSpan(0, Half).CopyTo(digest);
        foreach (var part in parts)
        {
            if (await ContentUploads.DigestAsync(part, cancellationToken).ConfigureAwait(false) is not { } content)
            {
                return digest;
            }

            hash.AppendData(content);
        }

        hash.GetHashAndReset().AsSpan(0, Half).CopyTo(digest.AsSpan(Half));
        return digest;
    }

    /// <summary>Whether two digests are of one message, as far as it can be told.</summary>
    public static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right)
        || (left.Length == 2 * Half && right.Length == left.Length && left[..Half].SequenceEqual(right[..Half]) && (IsUntold(left) || IsUntold(right)));

    private static bool IsUntold(ReadOnlySpan<byte> digest) => !digest[Half..].ContainsAnyExcept((byte)0);
}
