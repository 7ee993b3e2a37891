namespace WhatsSession.Emulator.Clock;

/// <summary>
/// A timer on an <see cref="EmulatorClock"/>. The clock owns its mutable fields and changes them under its lock, only while the timer is not armed.
/// </summary>
internal sealed class ClockTimer(EmulatorClock clock, TimerCallback callback, object? state) : ITimer
{
    public static readonly IComparer<ClockTimer> ByDue = Comparer<ClockTimer>.Create(static (a, b) =>
        a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Sequence.CompareTo(b.Sequence));

    // As the system's timers do, so that AsyncLocal values and the current activity reach the callback.
#pragma warning disable CA2213 // A captured context holds nothing to release.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
#pragma warning restore CA2213

    public long Due { get; set; }

    public long Sequence { get; set; }

    public long Period { get; set; }

    public bool Disposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNegative(dueTime, nameof(dueTime));
        ThrowIfNegative(period, nameof(period));
        return clock.Arm(this, dueTime, period);
    }

    public void Fire()
    {
        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, new ContextCallback(callback), state);
        }
    }

    public void Dispose() => clock.Retire(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void ThrowIfNegative(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, time, "A timer's time is zero, positive, or Timeout.InfiniteTimeSpan.");
        }
    }
}
