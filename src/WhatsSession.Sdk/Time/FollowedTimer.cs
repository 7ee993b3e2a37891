namespace WhatsSession.Time;

/// <summary>A timer on a <see cref="FollowedClock"/>, woken by a real one. The clock alone reads and changes its fields, under its lock.</summary>
internal sealed class FollowedTimer : ITimer
{
    private readonly FollowedClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _real;

    public FollowedTimer(FollowedClock clock, TimeProvider real, TimerCallback callback, object? state)
    {
        (_clock, _callback, _state) = (clock, callback, state);
        _real = real.CreateTimer(static timer => ((FollowedTimer)timer!).OnWoken(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long Due { get; set; }

    public long Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNegative(dueTime, nameof(dueTime));
        ThrowIfNegative(period, nameof(period));
        return _clock.Arm(this, dueTime, period);
    }

    public void Wake(TimeSpan after) => _real.Change(after, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _clock.Retire(this);
        _real.Dispose();
    }

    /// <summary>As every timer's: when it is over, so is the callback that was running.</summary>
    public ValueTask DisposeAsync()
    {
        _clock.Retire(this);
        return _real.DisposeAsync();
    }

    private void OnWoken()
    {
        if (_clock.IsDue(this))
        {
            _callback(_state);
        }
    }

    private static void ThrowIfNegative(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, time, "A timer's time is zero, positive, or Timeout.InfiniteTimeSpan.");
        }
    }
}
