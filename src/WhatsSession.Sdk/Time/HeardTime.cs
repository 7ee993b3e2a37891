using NodaTime;

namespace WhatsSession.Time;

/// <summary>
/// Meta's time as this host knows it, whatever its clock says: what Meta's answers and webhooks told, what the store knew when the host started, and the time
/// that went by since.
/// </summary>
/// <remarks>
/// <para>It is never ahead of Meta's, and behind it by no more than what was heard was late.</para>
/// <para>
/// An answer is believed when our clock, an earlier answer, the store's time or a webhook agrees with it to a day. Of webhooks each body is one witness: the
/// newest of its times that is no more than a day after our clock, what was answered and the store's time; the second newest of all witnesses counts. What
/// webhooks told does not make others believed, so their order says nothing, and however many come, they lead no more than a day ahead of all else.
/// </para>
/// </remarks>
/// <param name="clock">Our clock.</param>
/// <param name="stored">Reads the store's time; null for a host without a store.</param>
internal sealed class HeardTime(TimeProvider clock, Func<CancellationToken, ValueTask<Instant?>>? stored = null)
{
    // How much further than whatever else is known a time in a webhook is believed, and how well an answer has to agree with it.
    private static readonly Duration Doubtful = Duration.FromDays(1);

    // How far ahead two that agree are believed. A host whose clock is further behind than a certificate is old gets no answer of Meta's.
    private static readonly Duration Incredible = Duration.FromDays(400);

    // How long a store goes without. It is little beside the days for which it keeps things.
    private static readonly Duration StoredWithin = Duration.FromHours(1);

    // When a store that was not to be told is tried again.
    private static readonly TimeSpan TriedAgainAfter = TimeSpan.FromMinutes(1);

    // Older times in webhooks, such as those of Meta's samples, tell nothing of the present when nothing else does.
    private static readonly Duration Stale = Duration.FromDays(30);

    // What was heard is late by some seconds, and a clock may be wrong by some.
    private static readonly Duration Tolerable = Duration.FromMinutes(1);

#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158

    // How far our clock went beyond it is how far it was set forward since.
    private readonly RunningTime _atFirst = new(clock.GetInstant(), clock.GetTimestamp());

    private MetaTime _witnessed;

    // The last of each, believed or not.
    private RunningTime? _lastAnswer;
    private RunningTime? _lastTold;

    private RunningTime? _answered;
    private RunningTime? _heard;
    private RunningTime? _atStart;
    private volatile bool _knowsStore = stored is null;

    // What a store has for certain; at first when there was something to tell.
    private Instant? _stored;
    private long? _triedAt;

    /// <summary>Meta's time; null when nothing is known that is to be believed.</summary>
    public Instant? Now => Read().Meta;

    /// <summary>The later of our clock and Meta's: what lies after it is of the future.</summary>
    public Instant Latest => Read().Latest;

    /// <summary>The earlier of our clock and Meta's: what lies before it is past.</summary>
    public Instant Earliest => Read() is var now && now.Meta is { } meta ? Instant.Min(now.Own, meta) : now.Own;

    /// <summary>
    /// What lies before it is over, whatever clock said when it began: our clock, unless it is more than a minute ahead of Meta's time, once Meta answered,
    /// and before that of what the clock was when the process began and the time that went by since.
    /// </summary>
    public Instant Sure
    {
        get
        {
            var own = clock.GetInstant();
            lock (_gate)
            {
                return SureOf(own, clock.GetTimestamp());
            }
        }
    }

    /// <summary>
    /// By what work is claimed, leased and put off: our clock, which others on the store share, unless it was set forward by more than a minute while this
    /// process runs, and nothing that was heard bears that out: then <see cref="Sure"/>. A moment of a wrong clock, kept in the store, would hold a
    /// conversation back until then.
    /// </summary>
    /// <remarks>
    /// Hosts that were set forward together go by what went by, each whether Meta answered it or not, so that none takes another's leases for over. A clock
    /// that was wrong when the process began is left alone, for what was put off before Meta answered would be late by as much.
    /// </remarks>
    public Instant ForDispatch => ToDispatch(clock.GetInstant());

    /// <summary>Whether the store's time was read. Before that no event may be stamped: a clock may be wrong from the start.</summary>
    public bool KnowsStore => _knowsStore;

    /// <summary>Reads the store's time, unless that was done. When it fails, the next call tries again.</summary>
    public ValueTask ReadStoreAsync(CancellationToken cancellationToken) => _knowsStore ? default : ReadStoreOnceAsync(cancellationToken);

    /// <summary>What a moment of our clock's is by <see cref="ForDispatch"/>.</summary>
    public Instant ToDispatch(Instant own)
    {
        var shown = clock.GetInstant();
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            return shown - At(_atFirst, now) > Tolerable ? own - (shown - SureOf(shown, now)) : own;
        }
    }

    /// <summary>All times at one moment.</summary>
    public TimeReading Read()
    {
        var own = clock.GetInstant();
        lock (_gate)
        {
            return Read(own, clock.GetTimestamp());
        }
    }

    /// <summary>Meta's time for a store that learns it by webhooks else, and for an hour was told none; null for not now.</summary>
    public Instant? TakeDue()
    {
        var own = clock.GetInstant();
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (!(Read(own, now).Meta is { } meta && meta - _stored >= StoredWithin)
                || (_triedAt is { } tried && clock.GetElapsedTime(tried, now) < TriedAgainAfter))
            {
                return null;
            }

            _triedAt = now;
            return meta;
        }
    }

    /// <summary>Notes that a store was told a time, and has it.</summary>
    public void Stored(Instant? time)
    {
        if (time is not { } told)
        {
            return;
        }

        lock (_gate)
        {
            _stored = Instant.Max(told, _stored ?? told);
        }
    }

    /// <summary>Hears the time of an answer of Meta's.</summary>
    public void Answer(Instant time)
    {
        var own = clock.GetInstant();
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _lastAnswer = new RunningTime(time, now);
            if (IsNear(time, own) || IsNear(time, At(_answered, now)) || IsNear(time, At(_atStart, now))
                || (IsNear(time, At(_lastTold, now)) && IsCredible(time, SureAt(own, now))))
            {
                Believe(time, now);
            }
        }
    }

    /// <summary>Hears the times of a webhook, as they were sent.</summary>
    public void Tell(List<WhatsAppEvent> events)
    {
        var own = clock.GetInstant();
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var sure = SureAt(own, now);
            Instant? newest = null;
            foreach (var read in events)
            {
                // What has no time came out of the reader as 1970.
                if (read.Timestamp > NodaConstants.UnixEpoch && IsCredible(read.Timestamp, sure))
                {
                    newest = newest > read.Timestamp ? newest : read.Timestamp;
                    if (At(_lastAnswer, now) is { } answer && IsNear(answer, read.Timestamp) && IsCredible(answer, sure))
                    {
                        Believe(answer, now);
                    }
                }
            }

            if (newest is not { } last)
            {
                return;
            }

            _lastTold = new RunningTime(last, now);
            if (WitnessOf(events, SureAt(own, now), oldest: Read(own, now).Meta is null ? own - Stale : Instant.MinValue) is { } witness)
            {
                _witnessed = _witnessed.Tell(witness);
                Raise(_witnessed.Second, now);
            }
        }
    }

    private static Instant? WitnessOf(List<WhatsAppEvent> events, Instant sure, Instant oldest)
    {
        Instant? witness = null;
        foreach (var read in events)
        {
            if (read.Timestamp > NodaConstants.UnixEpoch && read.Timestamp - Doubtful <= sure && read.Timestamp >= oldest)
            {
                witness = witness > read.Timestamp ? witness : read.Timestamp;
            }
        }

        return witness;
    }

    private static bool IsNear(Instant left, Instant? right) => right is { } other && left - other is var apart && apart <= Doubtful && apart >= -Doubtful;

    private static bool IsCredible(Instant time, Instant sure) => time - sure <= Incredible;

    private async ValueTask ReadStoreOnceAsync(CancellationToken cancellationToken)
    {
        var time = await stored!(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (time is { } known)
            {
                _atStart ??= new RunningTime(known, clock.GetTimestamp());
                _stored = Instant.Max(known, _stored ?? known);
            }
        }

        _knowsStore = true;
    }

    private Instant SureOf(Instant own, long now)
    {
        var (meta, ran) = (Read(own, now).Meta, At(_atFirst, now));
        var least = _answered is not null || meta > ran ? meta : ran;
        return own - least > Tolerable ? least.GetValueOrDefault() : own;
    }

    /// <summary>The latest that is known without a webhook.</summary>
    private Instant SureAt(Instant own, long now) => new TimeReading(own, At(_answered, now), At(_atStart, now)).Latest;

    private TimeReading Read(Instant own, long now) => new(own, At(_heard, now), At(_atStart, now));

    private Instant? At(RunningTime? time, long now) => time is { } known ? known.At + Duration.FromTimeSpan(clock.GetElapsedTime(known.Since, now)) : null;

    private void Believe(Instant answer, long now)
    {
        _witnessed = _witnessed.Answer(answer);
        _answered = At(_answered, now) >= answer ? _answered : new RunningTime(answer, now);
        Raise(answer, now);
    }

    private void Raise(Instant time, long now)
    {
        if (time > NodaConstants.UnixEpoch && !(At(_heard, now) >= time))
        {
            _heard = new RunningTime(time, now);
            _stored ??= time;
        }
    }

    /// <param name="At">The time.</param>
    /// <param name="Since">When it was that, by the timestamps of our clock, which no correction of its time of day moves.</param>
    private readonly record struct RunningTime(Instant At, long Since);
}
