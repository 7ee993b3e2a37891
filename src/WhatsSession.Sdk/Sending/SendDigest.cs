using System.Security.Cryptography;
using System.Text;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>What tells a send with an idempotency key from another: to whom it goes, and what it says.</summary>
internal static class SendDigest
{
    // In the place of what is to be uploaded, which may be a stream that can be read once.
    private static readonly MediaSource Upload = MediaSource.FromId("upload");

    public static byte[] Of(OutboundSend send)
    {
        var message = MediaParts.HasUploads(send.Message) ? MediaParts.Replace(send.Message, static _ => Upload) : send.Message;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(send.Conversation.Party));
        hash.AppendData([0]);
        hash.AppendData(MessageJson.Write(message));
        return hash.GetHashAndReset();
    }
}
