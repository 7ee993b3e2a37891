using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Emulator.Tests.Clock;

public sealed class EmulatorClockTests
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    [Fact]
    public async Task Advance_SeveralTimers_FireInDueOrderAtTheirInstants()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = Timer(clock, "late", 30, fired);
        using var early = Timer(clock, "early", 10, fired);
        using var tie = Timer(clock, "tie", 10, fired);
        using var beyond = Timer(clock, "beyond", 61, fired);

        clock.Advance(TimeSpan.FromSeconds(60));

        fired.Should().Equal(("early", TimeSpan.FromSeconds(10)), ("tie", TimeSpan.FromSeconds(10)), ("late", TimeSpan.FromSeconds(30)));
        clock.GetUtcNow().Should().Be(Business.Start.AddSeconds(60));
    }

    [Fact]
    public async Task Advance_TimerMadeByAFiredTimer_FiresInTheSameJump()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;
        var fired = new List<(string Name, TimeSpan At)>();
        using var later = Timer(clock, "later", 25, fired);
        using var first = clock.CreateTimer(_ => Timer(clock, "second", 10, fired), null, TimeSpan.FromSeconds(10), Never);

        clock.Advance(TimeSpan.FromSeconds(30));

        fired.Should().Equal(("second", TimeSpan.FromSeconds(20)), ("later", TimeSpan.FromSeconds(25)));
    }

    [Fact]
    public async Task Advance_PeriodicTimer_FiresForEveryPeriod()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;
        var at = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => at.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(5));

        at.Should().Equal(Business.Start.AddSeconds(1), Business.Start.AddSeconds(3), Business.Start.AddSeconds(5));
    }

    [Fact]
    public async Task Advance_ChangedAndDisposedTimers_DoNotFireAtTheOldTime()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;
        var fired = new List<(string Name, TimeSpan At)>();
        var moved = Timer(clock, "moved", 10, fired);
        var stopped = Timer(clock, "stopped", 10, fired);
        var disposed = Timer(clock, "disposed", 10, fired);
        moved.Change(TimeSpan.FromSeconds(20), Never).Should().BeTrue();
        stopped.Change(Never, Never).Should().BeTrue();
        disposed.Dispose();
        disposed.Change(TimeSpan.Zero, Never).Should().BeFalse();

        clock.Advance(TimeSpan.FromMinutes(1));

        fired.Should().Equal(("moved", TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Advance_TimerOfTheLongestTime_DoesNotFire()
    {
        await using var business = await Business.OpenAsync();
        var fired = 0;
        using var timer = business.Emulator.Clock.CreateTimer(_ => fired++, null, TimeSpan.MaxValue, TimeSpan.MaxValue);

        business.Emulator.Clock.Advance(TimeSpan.FromDays(365));

        fired.Should().Be(0);
    }

    [Fact]
    public async Task Advance_DelayOfTheClock_Completes()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;
        var delay = Task.Delay(TimeSpan.FromHours(24), clock);

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        delay.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromTicks(1));

        await delay.WithinLimitAsync();
    }

    [Fact]
    public async Task Advance_BackwardsOrPastTheEnd_Throws()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;

        clock.Invoking(c => c.Advance(TimeSpan.FromTicks(-1))).Should().Throw<ArgumentOutOfRangeException>();
        clock.Invoking(c => c.Advance(TimeSpan.MaxValue)).Should().Throw<ArgumentOutOfRangeException>();
        clock.AdvanceTo(Business.Start.AddDays(-1));
        clock.GetUtcNow().Should().Be(Business.Start);
    }

    [Fact]
    public async Task Frozen_TimeStandsStillAndElapsedFollowsAdvance()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;
        var start = clock.GetTimestamp();

        clock.GetUtcNow().Should().Be(clock.GetUtcNow()).And.Be(Business.Start);
        clock.Advance(TimeSpan.FromMilliseconds(1234));

        clock.GetElapsedTime(start).Should().Be(TimeSpan.FromMilliseconds(1234));
        clock.Frozen.Should().BeTrue();
    }

    [Fact]
    public async Task Frozen_DueTimer_FiresWithoutAnAdvance()
    {
        await using var business = await Business.OpenAsync();
        var fired = new TaskCompletionSource();

        using var timer = business.Emulator.Clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Never);

        await fired.Task.WithinLimitAsync();
        business.Emulator.Clock.GetUtcNow().Should().Be(Business.Start);
    }

    [Fact]
    public void Running_Timers_FireAtRealSpeed()
    {
        var real = new FakeTimeProvider();
        var clock = new EmulatorClock(Business.Start, frozen: false, real);
        var delay = Task.Delay(TimeSpan.FromMilliseconds(20), clock);

        real.Advance(TimeSpan.FromMilliseconds(19));
        delay.IsCompleted.Should().BeFalse();
        real.Advance(TimeSpan.FromMilliseconds(1));

        delay.IsCompleted.Should().BeTrue();
        clock.GetUtcNow().Should().Be(Business.Start.AddMilliseconds(20));
    }

    [Fact]
    public void Frozen_Released_TimersRunOn()
    {
        var real = new FakeTimeProvider();
        var clock = new EmulatorClock(Business.Start, frozen: true, real);
        var delay = Task.Delay(TimeSpan.FromMilliseconds(5), clock);

        real.Advance(TimeSpan.FromHours(1));
        delay.IsCompleted.Should().BeFalse();
        clock.Frozen = false;
        real.Advance(TimeSpan.FromMilliseconds(5));

        delay.IsCompleted.Should().BeTrue();
        clock.Frozen = true;
        real.Advance(TimeSpan.FromHours(1));
        clock.GetUtcNow().Should().Be(Business.Start.AddMilliseconds(5));
    }

    [Fact]
    public async Task Advance_FromManyThreads_AddsUp()
    {
        await using var business = await Business.OpenAsync();
        var clock = business.Emulator.Clock;
        var count = 0;
        using var timer = clock.CreateTimer(_ => Interlocked.Increment(ref count), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        })));

        clock.GetUtcNow().Should().Be(Business.Start.AddSeconds(800));
        count.Should().Be(800);
    }

    private static ITimer Timer(EmulatorClock clock, string name, int seconds, List<(string Name, TimeSpan At)> fired) =>
        clock.CreateTimer(_ => fired.Add((name, clock.GetUtcNow() - Business.Start)), null, TimeSpan.FromSeconds(seconds), Never);
}
