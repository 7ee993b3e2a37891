using Microsoft.Extensions.Time.Testing;
using WhatsSession.Time;

namespace WhatsSession.Sdk.Tests.Time;

[WithoutEmulator("The clock alone, beside a real time that the test moves.")]
public sealed class FollowedClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Start);
    private readonly FollowedClock _clock;
    private int _fired;

    public FollowedClockTests() => _clock = new(_real);

    [Fact]
    public void Follow_Ahead_TimeOfDayAndTimestampsJump()
    {
        var before = _clock.GetTimestamp();

        Tell(Start.AddHours(23));

        _clock.GetUtcNow().Should().Be(Start.AddHours(23));
        _clock.GetElapsedTime(before).Should().Be(TimeSpan.FromHours(23));
    }

    [Fact]
    public void Follow_Running_GoesOnAtRealSpeed()
    {
        Tell(Start.AddHours(1));

        _real.Advance(TimeSpan.FromMinutes(5));

        _clock.GetUtcNow().Should().Be(Start.AddHours(1).AddMinutes(5));
    }

    [Fact]
    public void Follow_Frozen_StandsStillWithItsTimersUntilReleased()
    {
        using var timer = Timer(TimeSpan.FromSeconds(10));
        Tell(Start, isFrozen: true);

        _real.Advance(TimeSpan.FromHours(1));
        (_clock.GetUtcNow(), _fired).Should().Be((Start, 0));
        _clock.Release();
        _real.Advance(TimeSpan.FromSeconds(10));

        (_clock.GetUtcNow(), _fired).Should().Be((Start.AddSeconds(10), 1));
    }

    [Fact]
    public async Task DisposeAsync_CallbackRuns_WaitsForItsEnd()
    {
        using var gate = new ManualResetEventSlim();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = new FollowedClock(TimeProvider.System).CreateTimer(
            _ =>
            {
                running.TrySetResult();
                gate.Wait(Soon.Limit);
            },
            state: null,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        await running.Task.InTimeAsync();

        var disposing = timer.DisposeAsync().AsTask();

        disposing.IsCompleted.Should().BeFalse();
        gate.Set();
        await disposing.InTimeAsync();
    }

    [Fact]
    public void Follow_AheadPastATimer_ItFiresAtOnce()
    {
        using var timer = Timer(TimeSpan.FromHours(23));
        using var later = Timer(TimeSpan.FromHours(25));

        Tell(Start.AddHours(23), isFrozen: true);
        _real.Advance(TimeSpan.Zero);

        _fired.Should().Be(1);
    }

    [Fact]
    public void Follow_AheadPastManyPeriods_FiresOnceAndGoesOn()
    {
        using var timer = _clock.CreateTimer(_ => _fired++, state: null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));

        Tell(Start.AddHours(23));
        _real.Advance(TimeSpan.Zero);
        _fired.Should().Be(1);
        _real.Advance(TimeSpan.FromSeconds(10));

        _fired.Should().Be(2);
    }

    /// <summary>The answer took its time, or the clocks differ by what the first one took.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Follow_BehindByUpToASecond_StaysWhereItIs(int milliseconds)
    {
        Tell(Start.AddMilliseconds(-milliseconds));

        _clock.GetUtcNow().Should().Be(Start);
    }

    [Fact]
    public void Follow_BehindByMore_TimeOfDayGoesBackAndTimestampsDoNot()
    {
        var before = _clock.GetTimestamp();

        var back = _clock.Follow(new(Start.AddHours(-1).UtcTicks, IsFrozen: false, Change: 0));

        (back, _clock.GetUtcNow()).Should().Be((TimeSpan.FromHours(1), Start.AddHours(-1)));
        _clock.GetElapsedTime(before).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Timer_DisposedOrPutToRest_DoesNotFire()
    {
        var disposed = Timer(TimeSpan.FromSeconds(1));
        using var resting = Timer(TimeSpan.FromSeconds(1));

        disposed.Dispose();
        resting.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan).Should().BeTrue();
        Tell(Start.AddHours(1));
        _real.Advance(TimeSpan.FromHours(1));

        _fired.Should().Be(0);
        disposed.Change(TimeSpan.Zero, TimeSpan.Zero).Should().BeFalse();
    }

    [Fact]
    public async Task Timer_DisposedWhileItFires_EndsWithItsCallback()
    {
        using var gate = new ManualResetEventSlim();
        var fires = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = new FollowedClock(TimeProvider.System).CreateTimer(
            _ =>
            {
                fires.SetResult();
                gate.Wait(Soon.Limit);
            },
            state: null,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        await fires.Task.InTimeAsync();

        var disposed = timer.DisposeAsync().AsTask();

        disposed.IsCompleted.Should().BeFalse();
        gate.Set();
        await disposed.InTimeAsync();
    }

    [Theory]
    [InlineData("""{"now":"2026-11-30T09:00:00+00:00","frozen":true,"change":3}""", true)]
    [InlineData("""{"now":"soon","frozen":true,"change":3}""", false)]
    [InlineData("""{"now":"2026-11-30T09:00:00+00:00","frozen":1,"change":3}""", false)]
    [InlineData("""{"now":"2026-11-30T09:00:00+00:00","frozen":true}""", false)]
    [InlineData("[]", false)]
    [InlineData("<html>", false)]
    [InlineData("", false)]
    public void Parse_Answer_IsAReadingOrNull(string json, bool isOne)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));

        ClockReading.Parse(stream).Should().Be(isOne ? new ClockReading(Start.UtcTicks, IsFrozen: true, Change: 3) : (ClockReading?)null);
    }

    private ITimer Timer(TimeSpan due) => _clock.CreateTimer(_ => _fired++, state: null, due, Timeout.InfiniteTimeSpan);

    private void Tell(DateTimeOffset now, bool isFrozen = false) => _clock.Follow(new(now.UtcTicks, isFrozen, Change: 0));
}
