namespace WhatsSession.Time;

/// <summary>
/// A clock that follows another one: it runs at real speed between what it is told, jumps ahead with the other, and stands still with it.
/// </summary>
/// <remarks>
/// Timestamps jump too, for what the SDK knows of the time is counted by them: a time of day that went ahead alone would be a wrong clock. They never go
/// back; the time of day does, when the other clock is more than a second behind, as after its restart. Timers that a jump makes due fire at once, and
/// periodic ones once. Thread safe.
/// </remarks>
/// <param name="real">The time it runs along with.</param>
internal sealed class FollowedClock(TimeProvider real) : TimeProvider
{
    // What is told is late by the way it took, and by that this clock is ahead.
    private static readonly long Tolerable = TimeSpan.FromSeconds(1).Ticks;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158
    private readonly HashSet<FollowedTimer> _armed = [];
    private long _ran = real.GetUtcNow().UtcTicks;
    private long _since = real.GetTimestamp();
    private long _back;
    private bool _isFrozen;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return new(Ran() - _back, TimeSpan.Zero);
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return Ran();
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FollowedTimer(this, real, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes where the other clock is.</summary>
    /// <returns>By how much the time of day went back; zero as a rule.</returns>
    public TimeSpan Follow(ClockReading reading)
    {
        lock (_gate)
        {
            var ran = Ran();
            var ahead = reading.UtcTicks - (ran - _back);
            var back = 0L;
            if (ahead > 0)
            {
                ran += ahead;
            }
            else if (-ahead > Tolerable)
            {
                back = -ahead;
                _back += back;
            }

            Set(ran, reading.IsFrozen);
            return TimeSpan.FromTicks(back);
        }
    }

    /// <summary>Goes on by itself.</summary>
    public void Release()
    {
        lock (_gate)
        {
            Set(Ran(), isFrozen: false);
        }
    }

    /// <summary>Arms a timer, or puts it to rest. False when it is disposed.</summary>
    internal bool Arm(FollowedTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                _armed.Remove(timer);
                timer.Wake(dueTime);
                return true;
            }

            var ran = Ran();
            timer.Due = ran + Math.Min(dueTime.Ticks, long.MaxValue - ran);
            _armed.Add(timer);
            Wake(timer, ran);
            return true;
        }
    }

    internal void Retire(FollowedTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _armed.Remove(timer);
        }
    }

    /// <summary>Whether a timer that woke up is due; it is armed for its next time, or for what is left.</summary>
    internal bool IsDue(FollowedTimer timer)
    {
        lock (_gate)
        {
            if (!_armed.Contains(timer))
            {
                return false;
            }

            var ran = Ran();
            if (timer.Due > ran)
            {
                Wake(timer, ran);
                return false;
            }

            if (timer.Period == 0)
            {
                _armed.Remove(timer);
                return true;
            }

            // After a jump over many periods the next one counts from where the clock is now.
            timer.Due = timer.Due + timer.Period > ran ? timer.Due + timer.Period : ran + timer.Period;
            Wake(timer, ran);
            return true;
        }
    }

    private long Ran() => _isFrozen ? _ran : _ran + real.GetElapsedTime(_since).Ticks;

    private void Set(long ran, bool isFrozen)
    {
        (_ran, _since, _isFrozen) = (ran, real.GetTimestamp(), isFrozen);
        foreach (var timer in _armed)
        {
            Wake(timer, ran);
        }
    }

    private void Wake(FollowedTimer timer, long ran)
    {
        var left = timer.Due - ran;
        if (left > 0 && _isFrozen)
        {
            timer.Wake(Timeout.InfiniteTimeSpan);
            return;
        }

        // Whole milliseconds, rounded up: the system's timer cuts fractions off and would wake too early again and again.
        var milliseconds = Math.Ceiling(TimeSpan.FromTicks(Math.Max(0, left)).TotalMilliseconds);
        timer.Wake(TimeSpan.FromMilliseconds(Math.Min(milliseconds, LongestWait.TotalMilliseconds)));
    }
}
