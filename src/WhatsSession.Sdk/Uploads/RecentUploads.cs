using NodaTime;
using WhatsSession.Time;

namespace WhatsSession.Uploads;

/// <summary>The uploads of this process that Meta still has; of too many, those used longest ago are forgotten.</summary>
/// <remarks>
/// Thread safe. Uploaded ids live 30 days
/// (<see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media">Meta, 11 December 2025</see>).
/// </remarks>
internal sealed class RecentUploads(TimeProvider clock)
{
    public const int Capacity = 4096;

    // A day less than Meta's 30, so that a message sent now still finds it when it is delivered late.
    public static readonly Duration Lifetime = Duration.FromDays(29);

    private readonly Dictionary<UploadKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>The upload, if its id is known and lives for so long.</summary>
    public MediaUpload? Find(UploadKey key, Duration keepFor)
    {
        lock (_byUse)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            var left = node.Value.Expires - clock.GetInstant();
            if (left <= Duration.Zero)
            {
                RemoveEntry(key);
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return left > keepFor ? node.Value.Upload : null;
        }
    }

    public void Add(UploadKey key, MediaUpload upload)
    {
        lock (_byUse)
        {
            RemoveEntry(key);
            _entries[key] = _byUse.AddFirst(new Entry(key, upload, clock.GetInstant() + Lifetime));
            if (_entries.Count > Capacity)
            {
                RemoveEntry(_byUse.Last!.Value.Key);
            }
        }
    }

    public void Remove(UploadKey key)
    {
        lock (_byUse)
        {
            RemoveEntry(key);
        }
    }

    /// <summary>Forgets an id that was deleted.</summary>
    public void Remove(string mediaId)
    {
        lock (_byUse)
        {
            foreach (var entry in _byUse.Where(entry => string.Equals(entry.Upload.MediaId, mediaId, StringComparison.Ordinal)).ToList())
            {
                RemoveEntry(entry.Key);
            }
        }
    }

    private void RemoveEntry(UploadKey key)
    {
        if (_entries.Remove(key, out var node))
        {
            _byUse.Remove(node);
        }
    }

    private sealed record Entry(UploadKey Key, MediaUpload Upload, Instant Expires);
}
