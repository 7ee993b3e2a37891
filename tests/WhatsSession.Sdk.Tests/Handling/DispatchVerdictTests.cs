using NodaTime;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

[WithoutEmulator("What follows from how a run ended, as a pure rule.")]
public sealed class DispatchVerdictTests
{
    private static readonly Instant Due = Given.T0 + Duration.FromSeconds(6);

    private static readonly SendOutcome Throttled = new SendOutcome.Throttled { RetryAt = Due };

    private static readonly WhatsSessionSettings Settings = new(new WhatsSessionOptions());

    private static Duration Margin => Settings.Policy.Margin;

    [Fact]
    public void Of_NoFailure_IsCompleted() => Of(failure: null, Claim()).Should().Be(DispatchResult.Completed.Instance);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 5, 3)]
    [InlineData(3, 10, 4)]
    [InlineData(4, 10, 5)]
    [InlineData(99, 10, 100)]
    public void Of_PostponedReplyWithoutATime_ComesAgainLaterAndLater(int before, int minutes, int after) =>
        Of(Postponed(retryAt: null), Claim(postponements: before))
            .Should().Be(new DispatchResult.Postponed(Given.T0 + Duration.FromMinutes(minutes)) { Postponements = after, Since = Given.T0 });

    [Fact]
    public void Of_PostponedReplyWithATime_ComesAgainThenAndCountsNothing() =>
        Of(Postponed(Due), Claim(postponements: 2)).Should().Be(new DispatchResult.Postponed(Due) { Postponements = 2, Since = Given.T0 });

    [Fact]
    public void Of_PostponedReplyAtTheEndOfItsWindow_IsParked()
    {
        var claim = Claim(opensWindow: true);
        var end = Given.T0 + Duration.FromHours(24) - Margin;

        Of(Postponed(end - Duration.FromTicks(1)), claim).Should().BeOfType<DispatchResult.Postponed>();
        Of(Postponed(end), claim).Should().Be(new DispatchResult.Parked("WhatsSession.ReplyPostponedException"));
        Of(Postponed(end + Duration.FromTicks(1)), claim).Should().BeOfType<DispatchResult.Parked>();
    }

    [Fact]
    public void Of_PostponedReplyToAnEventWithoutAWindow_WaitsADayFromTheFirstTime()
    {
        var since = Given.T0 - Duration.FromHours(12);
        var claim = Claim(opensWindow: false, since: since);

        Of(Postponed(since + Duration.FromHours(24) - Duration.FromTicks(1)), claim).Should().BeOfType<DispatchResult.Postponed>().Which.Since.Should().Be(since);
        Of(Postponed(since + Duration.FromHours(24)), claim).Should().BeOfType<DispatchResult.Parked>();
    }

    // The hosts were down for a day, Meta delivered late, or a parked event is replayed.
    [Fact]
    public void Of_PostponedReplyToAnEventWhoseWindowWasOver_WaitsADayFromTheFirstTime()
    {
        var claim = Claim(age: Duration.FromHours(24) - Margin);

        Of(Postponed(retryAt: null), claim).Should().Be(new DispatchResult.Postponed(Given.T0 + Duration.FromMinutes(1)) { Postponements = 1, Since = Given.T0 });
        Of(Postponed(Given.T0 + Duration.FromHours(24) - Duration.FromTicks(1)), claim).Should().BeOfType<DispatchResult.Postponed>();
        Of(Postponed(Given.T0 + Duration.FromHours(24)), claim).Should().BeOfType<DispatchResult.Parked>();
    }

    [Fact]
    public void Of_PostponedReplyToAnEventWhoseWindowCloses_IsNotKeptBeyondIt()
    {
        var claim = Claim(age: Duration.FromHours(24) - Margin - Duration.FromTicks(1));

        Of(Postponed(retryAt: null), claim).Should().BeOfType<DispatchResult.Parked>();
    }

    [Fact]
    public void Of_PostponedReplyByAClockThatIsAhead_WaitsAsLong() =>
        DispatchVerdict.Of(Postponed(Given.T0 + Duration.FromDays(9) + Margin), Claim(), Given.T0, ahead: Duration.FromDays(9), Settings)
            .Should().BeOfType<DispatchResult.Postponed>().Which.DueAt.Should().Be(Given.T0 + Margin);

    [Fact]
    public void OfStop_PostponedBefore_IsDueAtOnceAndCountsNothing() =>
        DispatchVerdict.OfStop(Claim(postponements: 3, since: Given.T0 - Margin), Given.T0)
            .Should().Be(new DispatchResult.Postponed(Given.T0) { Postponements = 3, Since = Given.T0 - Margin });

    [Fact]
    public void Of_FirstFailureAfterHoursOfWaiting_IsTriedAgain() =>
        Of(new InvalidOperationException(), Claim(postponements: 9)).Should().Be(
            new DispatchResult.Retry(Given.T0 + Duration.FromSeconds(1), "System.InvalidOperationException"));

    [Fact]
    public void Postpone_Several_TheOneCountsThatWaitsLongest()
    {
        var run = new HandlerRun(default, "handler", attempt: 1);
        run.Postponed.Should().BeNull();
        run.Postpone(Throttled, Due);
        run.Postpone(Throttled, Due - Duration.FromSeconds(1));
        run.Postponed!.RetryAt.Should().Be(Due);
        run.Postpone(Throttled, Due + Duration.FromSeconds(1));
        run.Postponed!.RetryAt.Should().Be(Due + Duration.FromSeconds(1));
        run.Postpone(Throttled, retryAt: null);
        run.Postpone(Throttled, Due + Duration.FromSeconds(1));
        run.Postponed!.RetryAt.Should().BeNull();
    }

    /// <summary>Events of the version before may wait when another one starts: their replies keep their ids.</summary>
    [Fact]
    public void NextReply_EventHandlerAndOrdinal_MakeTheId()
    {
        var key = EventKey.Of("314159265358979", EventLane.Live, "wamid.1");
        var run = new HandlerRun(key, "TextReceived#1", attempt: 1);
        IntentId[] ids =
        [
            run.NextReply(),
            run.NextReply(),
            new HandlerRun(key, "TextReceived#2", attempt: 1).NextReply(),
            new HandlerRun(EventKey.Of("314159265358979", EventLane.Live, "wamid.2"), "TextReceived#1", attempt: 1).NextReply(),
            new HandlerRun(key, new string('ü', 200), attempt: 1).NextReply(),
        ];

        ids.Should().OnlyHaveUniqueItems();
        ids[0].ToString().Should().Be("WzRzi5Upn7QbWXiUmw7o2A");
        new HandlerRun(key, "TextReceived#1", attempt: 3).NextReply().Should().Be(ids[0]);
    }

    private static DispatchResult Of(Exception? failure, ClaimedEvent claim) => DispatchVerdict.Of(failure, claim, Given.T0, ahead: Duration.Zero, Settings);

    private static ReplyPostponedException Postponed(Instant? retryAt) => new HandlerRun(default, "handler", attempt: 1).Postpone(Throttled, retryAt);

    private static ClaimedEvent Claim(bool opensWindow = true, int postponements = 0, Instant? since = null, Duration age = default) => new()
    {
        Event = new StoredEvent
        {
            Key = EventKey.Of(Given.Number.Value, EventLane.Live, "wamid.1"),
            Lane = EventLane.Live,
            Field = "messages",
            Number = Given.Number,
            Timestamp = Given.T0 - age,
            ReceivedAt = Given.T0,
            OpensWindow = opensWindow,
            Raw = "{}"u8.ToArray(),
        },
        Position = 1,
        Token = 1,
        Attempt = 1,
        FirstTriedAt = Given.T0,
        Postponements = postponements,
        PostponedSince = since,
        CompletedHandlers = [],
    };
}
