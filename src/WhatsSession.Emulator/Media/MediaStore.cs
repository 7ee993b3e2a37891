using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Media;

/// <summary>The files at Meta, and the addresses they are fetched from.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media, 11 December 2025.</remarks>
internal sealed class MediaStore(MetaTime time, OwnAddress address)
{
    public const string DownloadPath = "/whatsapp_business/attachments/";

    private static readonly TimeSpan UploadsKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan InboundKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan UrlValid = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, StoredMedia> _files = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private long _last = RandomNumberGenerator.GetInt32(100_000_000, 999_999_999) * 1_000_000L;

    public StoredMedia AddUpload(EmulatedNumber number, string mimeType, ReadOnlyMemory<byte> bytes) => Add(number, mimeType, bytes, UploadsKept);

    public StoredMedia AddInbound(EmulatedNumber number, string mimeType, ReadOnlyMemory<byte> bytes) => Add(number, mimeType, bytes, InboundKept);

    /// <returns>Null when there is none, or no more.</returns>
    public StoredMedia? Find(string id) => _files.TryGetValue(id, out var file) && time.Now < file.Expires ? file : null;

    public bool Remove(string id) => _files.TryRemove(id, out _);

    /// <summary>An address for the next five minutes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="baseAddress">By which address the client reaches the emulator; null for any.</param>
    public Uri UrlOf(StoredMedia file, Uri? baseAddress = null)
    {
        var expires = (time.Now + UrlValid).UtcTicks;
        var path = string.Create(CultureInfo.InvariantCulture, $"{DownloadPath}?mid={file.Id}&ext={expires}&hash={Seal(file.Id, expires)}");
        return new(baseAddress ?? address.Value, path);
    }

    /// <returns>Null when the address is not one of ours, or no more.</returns>
    public StoredMedia? Follow(string? id, string? expires, string? seal) =>
        id is not null && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until) && time.Now.UtcTicks < until
        && string.Equals(seal, Seal(id, until), StringComparison.Ordinal)
            ? Find(id)
            : null;

    private StoredMedia Add(EmulatedNumber number, string mimeType, ReadOnlyMemory<byte> bytes, TimeSpan kept)
    {
        var file = new StoredMedia
        {
            Id = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture),
            Number = number,
            MimeType = mimeType,
            Bytes = bytes,
            Sha256 = SHA256.HashData(bytes.Span),
            Expires = time.Now + kept,
        };
        _files[file.Id] = file;
        time.Clock.CreateTimer(_ => Remove(file.Id), null, kept, Timeout.InfiniteTimeSpan);
        return file;
    }

    private string Seal(string id, long expires)
    {
        var content = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}|{expires}"));
        return Convert.ToHexString(HMACSHA256.HashData(_key, content)).ToLowerInvariant();
    }
}
