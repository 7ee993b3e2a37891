using System.Collections.Concurrent;

namespace WhatsSession.StorePromises;

/// <summary>Another's clock that knows what waits for it: limits that are there to end a wait, half a minute and more, apart.</summary>
internal sealed class WaitedClock(TimeProvider inner) : TimeProvider
{
    private static readonly TimeSpan Limits = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Timer, DateTimeOffset> _waits = [];

    /// <summary>When the first of the waits ends; null when nothing waits.</summary>
    public DateTimeOffset? NextEnd => _waits.IsEmpty ? null : _waits.Values.Cast<DateTimeOffset?>().Min();

    /// <summary>How much the time of day is ahead of the other clock's; waits and elapsed time are not.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Ahead;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback);
        timer.Start(inner.CreateTimer(timer.Call, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);
        return timer;
    }

    private sealed class Timer(WaitedClock clock, TimerCallback callback) : ITimer
    {
        private ITimer? _timer;

        public void Start(ITimer timer, TimeSpan dueTime, TimeSpan period)
        {
            _timer = timer;
            Change(dueTime, period);
        }

        public void Call(object? state)
        {
            clock._waits.TryRemove(this, out _);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._waits.TryRemove(this, out _);
            if (dueTime > TimeSpan.Zero && dueTime < Limits)
            {
                clock._waits[this] = clock.GetUtcNow() + dueTime;
            }

            return _timer!.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock._waits.TryRemove(this, out _);
            _timer!.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            clock._waits.TryRemove(this, out _);
            await _timer!.DisposeAsync();
        }
    }
}
