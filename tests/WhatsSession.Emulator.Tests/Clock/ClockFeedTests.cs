using WhatsSession.Emulator.Clock;

namespace WhatsSession.Emulator.Tests.Clock;

/// <summary>Applications in other processes follow the clock.</summary>
public sealed class ClockFeedTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private readonly EmulatorClock _clock = new(Start, frozen: true, TimeProvider.System);
    private readonly ClockFeed _feed;

    public ClockFeedTests() => _feed = new(_clock);

    [Fact]
    public async Task Announce_NobodyFollows_DoesNotWait()
    {
        var announced = _feed.AnnounceAsync(TimeSpan.FromHours(1));

        announced.IsCompleted.Should().BeTrue();
        (await announced).Should().Be(Start.AddHours(1));
    }

    [Fact]
    public async Task Announce_AFollower_WaitsUntilItAsksForTheNextChange()
    {
        var first = await _feed.NextAsync(known: -1, CancellationToken.None);
        var next = _feed.NextAsync(first.Change, CancellationToken.None);

        var announced = _feed.AnnounceAsync(TimeSpan.FromHours(1));
        var told = await next.WithinLimitAsync();
        announced.IsCompleted.Should().BeFalse();
        var later = _feed.NextAsync(told.Change, CancellationToken.None);

        await announced.WithinLimitAsync();
        (told.Now, later.IsCompleted, _clock.GetUtcNow()).Should().Be((Start.AddHours(1), false, Start));
    }

    [Fact]
    public async Task Announce_AFollowerBetweenTwoQuestions_IsWaitedFor()
    {
        var first = await _feed.NextAsync(known: -1, CancellationToken.None);

        var announced = _feed.AnnounceAsync(Start.AddHours(1));
        announced.IsCompleted.Should().BeFalse();
        var told = await _feed.NextAsync(first.Change, CancellationToken.None);
        announced.IsCompleted.Should().BeFalse();
        _ = _feed.NextAsync(told.Change, CancellationToken.None);

        await announced.WithinLimitAsync();
    }

    [Fact]
    public async Task Announce_AFollowerThatLeft_IsWaitedForOnce()
    {
        await _feed.NextAsync(known: -1, CancellationToken.None);

        await _feed.AnnounceAsync(Start.AddHours(1)).WithinLimitAsync();

        _feed.AnnounceAsync(Start.AddHours(2)).IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task Pass_AFollowerIsAheadOfTheClock_WaitsUntilTheJumpIsOver()
    {
        var first = await _feed.NextAsync(known: -1, CancellationToken.None);
        var jump = _feed.JumpAsync(TimeSpan.FromHours(1));
        var told = await _feed.NextAsync(first.Change, CancellationToken.None);

        var request = PassAtAsync();
        (request.IsCompleted, told.Now).Should().Be((false, Start.AddHours(1)));
        _ = _feed.NextAsync(told.Change, CancellationToken.None);

        (await request.WithinLimitAsync()).Should().Be(Start.AddHours(1));
        await jump.WithinLimitAsync();
        _feed.PassAsync(CancellationToken.None).IsCompleted.Should().BeTrue();

        async Task<DateTimeOffset> PassAtAsync()
        {
            await _feed.PassAsync(CancellationToken.None);
            return _clock.GetUtcNow();
        }
    }

    [Fact]
    public async Task Pass_NobodyFollows_DoesNotWait()
    {
        await _feed.JumpAsync(TimeSpan.FromHours(1));

        _feed.PassAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task Announce_TwoJumpsAtOnce_AddUp()
    {
        var targets = await Task.WhenAll(_feed.AnnounceAsync(TimeSpan.FromHours(1)), _feed.AnnounceAsync(TimeSpan.FromHours(1)));

        targets.Should().Equal(Start.AddHours(1), Start.AddHours(2));
    }

    [Fact]
    public async Task Announce_TwoJumpsAtOnce_BothEndWhenTheFollowerHasTheSecond()
    {
        var known = await _feed.NextAsync(known: -1, CancellationToken.None);
        var question = _feed.NextAsync(known.Change, CancellationToken.None);
        var first = _feed.AnnounceAsync(TimeSpan.FromHours(1));
        var second = _feed.AnnounceAsync(TimeSpan.FromHours(1));
        do
        {
            known = await question.WithinLimitAsync();
            question = _feed.NextAsync(known.Change, CancellationToken.None);
        }
        while (question.IsCompleted);
        await second.WithinLimitAsync();

        _clock.Frozen = false;
        await question.WithinLimitAsync();
        await first.WithinLimitAsync();

        // The follower is between two questions, and nobody has given it up.
        _feed.AnnounceAsync(TimeSpan.FromHours(1)).IsCompleted.Should().BeFalse();
    }

    /// <summary>What is due on the way happens after the followers were told of the end.</summary>
    [Fact]
    public async Task Jump_InProcess_IsToldBeforeWhatIsDue()
    {
        var first = await _feed.NextAsync(known: -1, CancellationToken.None);
        var seen = default(ClockReading);
        using var timer = _clock.CreateTimer(_ => seen = _feed.Read(), state: null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromHours(3));

        (seen.Now, seen.Change).Should().Be((Start.AddHours(3), first.Change + 1));
    }

    [Fact]
    public async Task Frozen_Changed_IsTold()
    {
        var first = await _feed.NextAsync(known: -1, CancellationToken.None);
        var next = _feed.NextAsync(first.Change, CancellationToken.None);

        _clock.Frozen = false;

        (await next.WithinLimitAsync()).Frozen.Should().BeFalse();
    }
}
