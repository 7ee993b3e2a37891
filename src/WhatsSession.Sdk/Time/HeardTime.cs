using NodaTime;

namespace WhatsSession.Time;

/// <summary>
/// Meta's time as this host knows it, whatever its clock says: what Meta's answers and webhooks told, and the time that went by since.
/// </summary>
/// <remarks>It is never ahead of Meta's, and behind it by no more than what was heard was late.</remarks>
internal sealed class HeardTime(TimeProvider clock)
{
    // How much further than whatever else is known a time in a webhook is believed, and how well an answer has to agree with it.
    private static readonly Duration Doubtful = Duration.FromDays(1);

    // How long a store goes without. It is little beside the days for which it keeps things.
    private static readonly Duration StoredWithin = Duration.FromHours(1);

    // Older times in webhooks, such as those of Meta's samples, tell nothing of the present.
    private static readonly Duration Stale = Duration.FromDays(30);

#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158

    private MetaTime _heard;

    // The last of each, believed or not.
    private Instant _lastAnswer;
    private Instant _lastTold;

    private Instant? _value;
    private long _since;

    // What a store was told last; at first when there was something to tell.
    private Instant _stored;

    /// <summary>Meta's time; null when nothing was heard that is to be believed.</summary>
    public Instant? Now
    {
        get
        {
            lock (_gate)
            {
                return _value is { } value ? value + Duration.FromTimeSpan(clock.GetElapsedTime(_since)) : null;
            }
        }
    }

    /// <summary>Whether the store is to be told, which learns of Meta's time by webhooks else, and for an hour none came.</summary>
    public bool IsToBeStored
    {
        get
        {
            var now = Now;
            lock (_gate)
            {
                return now - _stored >= StoredWithin;
            }
        }
    }

    /// <summary>The later of our clock and Meta's: what lies after it is of the future.</summary>
    public Instant Latest => clock.GetInstant() is var own && Now is { } meta ? Instant.Max(own, meta) : own;

    /// <summary>The earlier of our clock and Meta's: what lies before it is past.</summary>
    public Instant Earliest => clock.GetInstant() is var own && Now is { } meta ? Instant.Min(own, meta) : own;

    /// <summary>Meta's time for a store; null when nothing was heard that is to be believed.</summary>
    public Instant? ToStore()
    {
        var now = Now;
        lock (_gate)
        {
            _stored = now ?? _stored;
        }

        return now;
    }

    /// <summary>Hears the time of an answer of Meta's. It is believed when our clock or a webhook agrees.</summary>
    public void Answer(Instant time)
    {
        lock (_gate)
        {
            _lastAnswer = time;
            if (IsNear(time, clock.GetInstant()))
            {
                _heard = _heard.Answer(time);
            }

            Settle();
        }
    }

    /// <summary>Hears the times of a webhook, as they were sent.</summary>
    public void Tell(List<WhatsAppEvent> events)
    {
        var own = clock.GetInstant();
        lock (_gate)
        {
            foreach (var read in events)
            {
                // What has no time came out of the reader as 1970.
                if (read.Timestamp > NodaConstants.UnixEpoch)
                {
                    _lastTold = read.Timestamp;
                    Settle();
                    if (read.Timestamp - Doubtful <= Instant.Max(own, _value ?? own) && own - read.Timestamp <= Stale)
                    {
                        _heard = _heard.Tell(read.Timestamp);
                    }
                }
            }

            Settle();
        }
    }

    private static bool IsNear(Instant left, Instant right) => left - right is var apart && apart <= Doubtful && apart >= -Doubtful;

    private void Settle()
    {
        if (_lastAnswer != default && _lastTold != default && IsNear(_lastAnswer, _lastTold))
        {
            _heard = _heard.Answer(_lastAnswer);
        }

        if (_heard.Value is not { } value)
        {
            return;
        }

        var now = clock.GetTimestamp();
        if (_value is not { } known || value > known + Duration.FromTimeSpan(clock.GetElapsedTime(_since, now)))
        {
            _stored = _value is null ? value : _stored;
            (_value, _since) = (value, now);
        }
    }
}
