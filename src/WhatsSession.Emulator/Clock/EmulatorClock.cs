using WhatsSession.Emulator.Clock;

namespace WhatsSession.Emulator;

/// <summary>
/// The clock of an emulator, and of all code that uses it as its <see cref="TimeProvider"/>. It runs at real speed from a chosen instant. You can stop it and
/// move it forward.
/// </summary>
/// <remarks>Never goes back. Thread safe. <see cref="GetTimestamp"/> counts the same ticks as <see cref="GetUtcNow"/>.</remarks>
public sealed class EmulatorClock : TimeProvider
{
    /// <summary>The clock stops here, so that times after the present can always be computed.</summary>
    internal static readonly DateTimeOffset End = new(9900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly object _state = new();
    private readonly object _firing = new();
    private readonly SortedSet<ClockTimer> _armed = new(ClockTimer.ByDue);
    private readonly TimeProvider _real;
    private readonly ITimer _wake;
    private long _ticks;
    private long _realAnchor;
    private long _sequence;
    private bool _frozen;

    /// <param name="startsAt">Its first instant.</param>
    /// <param name="frozen">Whether it stands still from the start.</param>
    /// <param name="real">The time it runs along with.</param>
    internal EmulatorClock(DateTimeOffset startsAt, bool frozen, TimeProvider real)
    {
        _real = real;
        _ticks = startsAt.UtcTicks;
        _realAnchor = real.GetTimestamp();
        _frozen = frozen;
        _wake = real.CreateTimer(static clock => ((EmulatorClock)clock!).FireDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether time stands still between jumps.</summary>
    /// <value>Default <see langword="false"/>, or what <c>EmulatorOptions.ClockFrozen</c> says.</value>
    public bool Frozen
    {
        get
        {
            lock (_state)
            {
                return _frozen;
            }
        }

        set
        {
            lock (_state)
            {
                SetNow(NowTicks());
                _frozen = value;
                SetWake();
            }

            Changing?.Invoke(null);
        }
    }

    /// <summary>Told where a jump leads before anything that is due on the way happens, and null when the clock was stopped or let run.</summary>
    internal Action<DateTimeOffset?>? Changing { get; set; }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <inheritdoc />
    public override long GetTimestamp()
    {
        lock (_state)
        {
            return NowTicks();
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the clock forward. Every timer that becomes due on the way fires on the calling thread, in order, and the clock then shows the time of that
    /// timer.
    /// </summary>
    /// <param name="by">How far. Zero fires what is due now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative or leads past the year 9899.</exception>
    public void Advance(TimeSpan by) => FireUntil(now => After(new(now, TimeSpan.Zero), by).UtcTicks);

    /// <summary>Moves the clock forward to an instant, as <see cref="Advance"/> does. It has no effect if the clock has already reached it.</summary>
    /// <param name="instant">Where to go.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="instant"/> is past the year 9899.</exception>
    public void AdvanceTo(DateTimeOffset instant)
    {
        Check(instant);
        FireUntil(_ => instant.UtcTicks);
    }

    internal static void Check(DateTimeOffset instant)
    {
        if (instant > End)
        {
            throw new ArgumentOutOfRangeException(nameof(instant), instant, "The clock goes no further than the year 9899: give an earlier instant.");
        }
    }

    /// <summary>Where a jump leads.</summary>
    internal static DateTimeOffset After(DateTimeOffset now, TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(by), by, "The clock never goes back: give a positive time.");
        }

        return by <= End - now
            ? now + by
            : throw new ArgumentOutOfRangeException(nameof(by), by, "The clock goes no further than the year 9899: give a shorter time.");
    }

    /// <summary>Fires the timers that are due now, for callers that must not wait for the clock to do it.</summary>
    internal void CatchUp() => FireUntil(static now => now);

    internal bool Arm(ClockTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_state)
        {
            if (timer.Disposed)
            {
                return false;
            }

            _armed.Remove(timer);
            timer.Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Add(timer, NowTicks(), dueTime.Ticks);
            }

            SetWake();
            return true;
        }
    }

    internal void Retire(ClockTimer timer)
    {
        lock (_state)
        {
            timer.Disposed = true;
            _armed.Remove(timer);
        }
    }

    private void FireDue()
    {
        // Someone else is firing; they set the wake-up again when they are done.
        if (!Monitor.TryEnter(_firing))
        {
            return;
        }

        try
        {
            while (TakeDue(GetTimestamp()) is { } timer)
            {
                timer.Fire();
            }
        }
        finally
        {
            Monitor.Exit(_firing);
            lock (_state)
            {
                SetWake();
            }
        }
    }

    /// <param name="find">The target, from the present moment: under the lock, so that jumps of several threads add up.</param>
    private void FireUntil(Func<long, long> find)
    {
        lock (_firing)
        {
            var from = GetTimestamp();
            var target = find(from);
            if (target > from)
            {
                Changing?.Invoke(new(target, TimeSpan.Zero));
            }

            try
            {
                while (TakeDue(target) is { } timer)
                {
                    timer.Fire();
                }
            }
            finally
            {
                lock (_state)
                {
                    SetNow(target);
                }
            }
        }

        lock (_state)
        {
            SetWake();
        }
    }

    private ClockTimer? TakeDue(long until)
    {
        lock (_state)
        {
            if (_armed.Min is not { } next || next.Due > until)
            {
                return null;
            }

            _armed.Remove(next);
            SetNow(next.Due);
            if (next.Period > 0)
            {
                Add(next, next.Due, next.Period);
            }

            return next;
        }
    }

    private void Add(ClockTimer timer, long from, long by)
    {
        // No time is too long: what lies past the end of the calendar is due there.
        timer.Due = from + Math.Min(by, DateTimeOffset.MaxValue.UtcTicks - from);
        timer.Sequence = ++_sequence;
        _armed.Add(timer);
    }

    private long NowTicks() => _frozen ? _ticks : _ticks + _real.GetElapsedTime(_realAnchor).Ticks;

    private void SetNow(long ticks)
    {
        var now = NowTicks();
        _ticks = Math.Max(now, ticks);
        _realAnchor = _real.GetTimestamp();
    }

    private void SetWake()
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (_armed.Min is { } next)
        {
            var left = next.Due - NowTicks();
            if (left <= 0)
            {
                wait = TimeSpan.Zero;
            }
            else if (!_frozen)
            {
                // Whole milliseconds, rounded up: the system timer cuts fractions off and would wake too early again and again.
                wait = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(TimeSpan.FromTicks(left).TotalMilliseconds), LongestWait.TotalMilliseconds));
            }
        }

        _wake.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
