using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Sdk.Tests;

/// <summary>A clock whose time of day is set wrong, and right again; elapsed time and timers are the other clock's.</summary>
internal sealed class SkewedClock(FakeTimeProvider inner) : TimeProvider
{
    /// <summary>How much the time of day is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Ahead;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
