using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WhatsSession.Time;

namespace WhatsSession.Sdk.Tests.Time;

[WithoutEmulator("A pure function of what was heard.")]
public sealed class HeardTimeTests
{
    private static readonly Instant Century = Instant.FromUtc(2100, 1, 1, 0, 0);

    // Their witnesses: now, now and in 12, 12 and 24 hours; of the last body none.
    private static readonly Instant[][] Bodies =
    [
        [Given.T0], [Given.T0, Given.T0 - Duration.FromDays(40)], [Given.T0 + Duration.FromHours(12), Given.T0 + Duration.FromDays(2)],
        [Given.T0 + Duration.FromHours(11), Given.T0 + Duration.FromHours(12)], [Given.T0 + Duration.FromDays(3), Given.T0 + Duration.FromDays(1)],
        [Given.T0 + Duration.FromDays(2)],
    ];

    private static readonly Instant[] Days = [.. Enumerable.Range(-2, 6).Select(static day => Given.T0 + Duration.FromDays(day))];

    private readonly FakeTimeProvider _time = new(Given.T0.ToDateTimeOffset());
    private readonly SkewedClock _clock;
    private readonly HeardTime _heard;

    public HeardTimeTests()
    {
        _clock = new SkewedClock(_time);
        _heard = new HeardTime(_clock);
    }

    [Fact]
    public void Now_NothingHeard_IsNotKnown()
    {
        _heard.Now.Should().BeNull();
        _heard.Latest.Should().Be(Given.T0);
        _heard.Earliest.Should().Be(Given.T0);
    }

    [Fact]
    public void Now_TwoWebhooks_IsTheEarlierAndGoesOn()
    {
        Tell(Given.T0);
        _heard.Now.Should().BeNull("one alone may be wrong");
        Tell(Given.T0);
        _heard.Now.Should().BeNull("that is the same one");
        Tell(Given.T0 - Duration.FromMinutes(1));

        _time.Advance(TimeSpan.FromDays(9));

        _heard.Now.Should().Be(Given.T0 - Duration.FromMinutes(1) + Duration.FromDays(9));
    }

    [Fact]
    public void Now_ManyTimesInOneWebhook_AreOneWitness()
    {
        Tell(Given.T0, Given.T0 - Duration.FromSeconds(1), Given.T0 - Duration.FromSeconds(2));
        _heard.Now.Should().BeNull();
        Tell(Given.T0 + Duration.FromSeconds(1));
        _heard.Now.Should().Be(Given.T0);

        Tell([.. Enumerable.Range(1, 9).Select(static day => Given.T0 + Duration.FromDays(day))]);
        Tell([.. Enumerable.Range(1, 9).Select(static day => Given.T0 + Duration.FromDays(day))]);

        _heard.Now.Should().Be(Given.T0 + Duration.FromSeconds(1), "of a webhook no time counts that is a day after what was known before it");
    }

    [Fact]
    public void Now_TimesOfAWebhookInWhateverOrder_AreTheSame() => Gen.Select(Gen.Shuffle(Days), Gen.Shuffle(Days), Gen.Int[-30, 30], Gen.Bool).Sample(
        static (one, other, ahead, answers) => NowAfter(Days, ahead, answers) == NowAfter(one, ahead, answers)
            && NowAfter(one, ahead, answers) == NowAfter([.. one, .. other], ahead, answers));

    [Fact]
    public void Now_WebhooksInWhateverOrderAndTwice_AreTheSecondNewestWitness() => Gen.Shuffle(Bodies).Select(Gen.Shuffle(Bodies)).Sample(static (one, other) =>
    {
        var heard = new HeardTime(new FakeTimeProvider(Given.T0.ToDateTimeOffset()));
        foreach (var body in (Instant[][])[.. one, .. other])
        {
            Tell(heard, body);
        }

        return heard.Now == Given.T0 + Duration.FromHours(12);
    });

    [Fact]
    public void Now_ManyWebhooksOfTheFuture_LeadNoMoreThanADay()
    {
        for (var hours = 0; hours < 240; hours += 8)
        {
            Tell(Given.T0 + Duration.FromHours(hours));
        }

        _heard.Now.Should().Be(Given.T0 + Duration.FromHours(16));
    }

    [Fact]
    public void Now_ClockSetNineDaysAhead_StaysWhatItWas()
    {
        Tell(Given.T0);
        Tell(Given.T0 - Duration.FromSeconds(1));
        Tell(Given.T0 + Duration.FromSeconds(1));

        _clock.Ahead = TimeSpan.FromDays(9);
        Tell(Given.T0 + Duration.FromSeconds(1));

        _heard.Now.Should().Be(Given.T0);
        _heard.Earliest.Should().Be(Given.T0);
    }

    [Fact]
    public void Now_ClockBehindAtTheStart_IsMetasOnceAnAnswerAndAWebhookAgree()
    {
        _clock.Ahead = TimeSpan.FromDays(-30);
        Tell(Given.T0);
        Tell(Given.T0 + Duration.FromSeconds(1));
        _heard.Now.Should().BeNull("webhooks alone are not believed against the clock");

        _heard.Answer(Given.T0 + Duration.FromSeconds(2));

        _heard.Now.Should().Be(Given.T0 + Duration.FromSeconds(2));
        _heard.Latest.Should().Be(Given.T0 + Duration.FromSeconds(2));
    }

    [Fact]
    public void Now_AnswerBeforeTheWebhookThatAgrees_IsBelievedThenWithTheTimeThatWentBy()
    {
        _clock.Ahead = TimeSpan.FromDays(-30);
        _heard.Answer(Given.T0);
        _heard.Now.Should().BeNull("nothing agrees with it");

        _time.Advance(TimeSpan.FromDays(3));
        Tell(Given.T0 + Duration.FromDays(3) - Duration.FromHours(1));

        _heard.Now.Should().Be(Given.T0 + Duration.FromDays(3));
    }

    [Fact]
    public void Now_OneAnswerOfTheYear2100_IsNotBelieved()
    {
        Tell(Given.T0);
        Tell(Given.T0 + Duration.FromSeconds(1));

        _heard.Answer(Century);
        _heard.Answer(Century + Duration.FromSeconds(5));

        _heard.Now.Should().Be(Given.T0);
    }

    [Fact]
    public void Now_AnswerAndWebhooksOfTheYear2100_AreNotBelieved()
    {
        _heard.Answer(Century);
        Tell(Century);
        Tell(Century + Duration.FromSeconds(1));
        _heard.Answer(Century + Duration.FromSeconds(2));
        _heard.Now.Should().BeNull("with a clock that far behind no answer is Meta's: its certificate would not be valid yet");

        _heard.Answer(Given.T0);
        Tell(Century + Duration.FromDays(9));
        Tell(Given.T0 - Duration.FromDays(31));
        Tell(Given.T0 - Duration.FromDays(32));

        _heard.Now.Should().Be(Given.T0);
    }

    [Fact]
    public async Task ReadStoreAsync_ClockWrongFromTheStart_GoesByTheStore()
    {
        var store = Given.T0 - Duration.FromMinutes(3);
        var heard = new HeardTime(_clock, _ => new(store));
        heard.KnowsStore.Should().BeFalse();
        await heard.ReadStoreAsync(default);
        heard.KnowsStore.Should().BeTrue();
        _time.Advance(TimeSpan.FromMinutes(2));

        _clock.Ahead = TimeSpan.FromDays(9);
        heard.Read().Present.Should().Be(store + Duration.FromMinutes(2));
        heard.Earliest.Should().Be(store + Duration.FromMinutes(2));
        _clock.Ahead = TimeSpan.FromDays(-30);
        heard.Latest.Should().Be(store + Duration.FromMinutes(2));

        heard.Answer(Given.T0 + Duration.FromMinutes(2));
        heard.Now.Should().Be(Given.T0 + Duration.FromMinutes(2), "what the store knew agrees with it");
    }

    [Fact]
    public async Task ReadStoreAsync_StoreWasAway_IsReadByTheNextCallAndNotAgain()
    {
        var reads = 0;
        var heard = new HeardTime(_clock, _ => ++reads == 1 ? throw new StoreUnavailableException("away") : new(Given.T0));
        await FluentActions.Awaiting(() => heard.ReadStoreAsync(default).AsTask()).Should().ThrowAsync<StoreUnavailableException>();
        heard.KnowsStore.Should().BeFalse();

        await heard.ReadStoreAsync(default);
        await heard.ReadStoreAsync(default);

        heard.Now.Should().Be(Given.T0);
        reads.Should().Be(2);
    }

    [Fact]
    public void TakeDue_AnHourWithoutWebhook_IsMetasTimeUntilTheStoreHasIt()
    {
        _heard.TakeDue().Should().BeNull();
        _heard.Answer(Given.T0);
        _heard.TakeDue().Should().BeNull();

        _time.Advance(TimeSpan.FromHours(1));

        _heard.TakeDue().Should().Be(Given.T0 + Duration.FromHours(1));
        _heard.TakeDue().Should().BeNull("it is being told");
        _time.Advance(TimeSpan.FromMinutes(1));
        _heard.TakeDue().Should().Be(Given.T0 + Duration.FromMinutes(61), "the store did not take it");
        _heard.Stored(Given.T0 + Duration.FromMinutes(61));
        _time.Advance(TimeSpan.FromMinutes(59));
        _heard.TakeDue().Should().BeNull();
    }

    [Fact]
    public void TakeDue_WebhookThatTheStoreDidNotKeep_IsDueAllTheSame()
    {
        _heard.Answer(Given.T0);
        _time.Advance(TimeSpan.FromHours(1));
        Tell(Given.T0 + Duration.FromHours(1));

        _heard.Now.Should().NotBeNull();
        _heard.TakeDue().Should().NotBeNull();
    }

    [Theory]
    [InlineData(9 * 24 * 60, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(0, false)]
    [InlineData(-60, false)]
    public void ForDispatch_ClockSetWrongAfterMetaAnswered_IsMetasTimeOnlyWhenTheClockIsAhead(int minutesAhead, bool isMetas)
    {
        _heard.Answer(Given.T0);
        _time.Advance(TimeSpan.FromMinutes(10));
        _clock.Ahead = TimeSpan.FromMinutes(minutesAhead);

        var now = Given.T0 + Duration.FromMinutes(10);
        var own = now + Duration.FromMinutes(minutesAhead);
        _heard.ForDispatch.Should().Be(isMetas ? now : own);
        _heard.ToDispatch(own + Duration.FromSeconds(30)).Should().Be((isMetas ? now : own) + Duration.FromSeconds(30));
        _heard.Sure.Should().Be(isMetas ? now : own);
        _clock.Ahead = TimeSpan.Zero;
        _heard.ForDispatch.Should().Be(now);
    }

    [Fact]
    public void ForDispatch_MetaIsAhead_IsOurClock()
    {
        // As of an emulator that was moved ahead.
        Tell(Given.T0 + Duration.FromDays(3));
        _heard.Answer(Given.T0 + Duration.FromDays(3));
        _heard.Now.Should().Be(Given.T0 + Duration.FromDays(3));

        _heard.ForDispatch.Should().Be(Given.T0);
        _heard.Sure.Should().Be(Given.T0);
    }

    [Fact]
    public void ForDispatch_WebhooksThatAreDaysLateAlone_IsOurClock()
    {
        Tell(Given.T0 - Duration.FromDays(3));
        Tell(Given.T0 - Duration.FromDays(3) + Duration.FromSeconds(1));
        _heard.Now.Should().Be(Given.T0 - Duration.FromDays(3));

        _heard.ForDispatch.Should().Be(Given.T0, "other hosts of the store would take its leases for over");
        _heard.Sure.Should().Be(Given.T0, "it is all that a host of few messages knows, and its clock is right");
    }

    [Fact]
    public void ForDispatch_ClockWrongFromTheStart_IsOurClock()
    {
        _clock.Ahead = TimeSpan.FromHours(9);
        var heard = new HeardTime(_clock);
        var before = heard.ForDispatch;
        heard.Answer(Given.T0);
        heard.Now.Should().Be(Given.T0);

        heard.ForDispatch.Should().Be(before, "what was put off before would be late by as much");
        heard.Sure.Should().Be(Given.T0);
    }

    [Fact]
    public void Sure_ClockSetForwardBeforeMetaIsHeard_IsWhatWentBy()
    {
        _time.Advance(TimeSpan.FromMinutes(10));
        _clock.Ahead = TimeSpan.FromDays(9);

        _heard.Sure.Should().Be(Given.T0 + Duration.FromMinutes(10));
        _heard.ForDispatch.Should().Be(Given.T0 + Duration.FromMinutes(10), "another host that was set forward with this one may have heard Meta");
        Tell(Given.T0 + Duration.FromHours(2));
        Tell(Given.T0 + Duration.FromHours(2) + Duration.FromSeconds(1));
        _heard.Sure.Should().Be(Given.T0 + Duration.FromHours(2), "Meta's time is never ahead");
        _heard.ForDispatch.Should().Be(Given.T0 + Duration.FromHours(2));
    }

    private static Instant? NowAfter(Instant[] body, int daysAhead, bool answers)
    {
        var heard = new HeardTime(new SkewedClock(new FakeTimeProvider(Given.T0.ToDateTimeOffset())) { Ahead = TimeSpan.FromDays(daysAhead) });
        if (answers)
        {
            heard.Answer(Given.T0 + Duration.FromDays(2));
        }

        Tell(heard, [Given.T0]);
        Tell(heard, body);
        return heard.Now;
    }

    private void Tell(params Instant[] times) => Tell(_heard, times);

    private static void Tell(HeardTime heard, Instant[] times)
    {
        var events = new List<WhatsAppEvent>();
        foreach (var time in times)
        {
            WebhookReader.Read(Scene.TextFrom(Given.Phone, "hi", $"wamid.{time.ToUnixTimeSeconds()}", time), events);
        }

        heard.Tell(events);
    }
}
