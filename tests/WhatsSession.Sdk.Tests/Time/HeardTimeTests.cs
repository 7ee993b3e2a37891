using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WhatsSession.Time;

namespace WhatsSession.Sdk.Tests.Time;

[WithoutEmulator("A pure function of what was heard.")]
public sealed class HeardTimeTests
{
    private static readonly Instant Century = Instant.FromUtc(2100, 1, 1, 0, 0);

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
    public void Now_TwoTimesInWebhooks_IsTheEarlierAndGoesOn()
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
    public void Now_ClockSetNineDaysAhead_StaysWhatItWas()
    {
        Tell(Given.T0, Given.T0 - Duration.FromSeconds(1));

        _clock.Ahead = TimeSpan.FromDays(9);
        Tell(Given.T0 + Duration.FromSeconds(1));

        _heard.Now.Should().Be(Given.T0);
        _heard.Earliest.Should().Be(Given.T0);
    }

    [Fact]
    public void Now_ClockBehindAtTheStart_IsMetasOnceAnAnswerAndAWebhookAgree()
    {
        _clock.Ahead = TimeSpan.FromDays(-30);
        Tell(Given.T0, Given.T0 + Duration.FromSeconds(1));
        _heard.Now.Should().BeNull("webhooks alone are not believed against the clock");

        _heard.Answer(Given.T0 + Duration.FromSeconds(2));

        _heard.Now.Should().Be(Given.T0 + Duration.FromSeconds(2));
        _heard.Latest.Should().Be(Given.T0 + Duration.FromSeconds(2));
    }

    [Fact]
    public void Now_AnswerBeforeTheWebhookThatAgrees_IsBelievedThen()
    {
        _clock.Ahead = TimeSpan.FromDays(-30);
        _heard.Answer(Given.T0);
        _heard.Now.Should().BeNull("nothing agrees with it");

        Tell(Given.T0 - Duration.FromHours(1));

        _heard.Now.Should().Be(Given.T0);
    }

    [Fact]
    public void Now_TimesFarFromAllElse_AreNotBelieved()
    {
        _heard.Answer(Century);
        _heard.Now.Should().BeNull();
        _heard.Answer(Given.T0);
        Tell(Century + Duration.FromDays(9), Century + Duration.FromDays(19), Given.T0 - Duration.FromDays(31), Given.T0 - Duration.FromDays(32));

        _heard.Now.Should().Be(Given.T0);
    }

    [Fact]
    public void IsToBeStored_AnHourWithoutWebhook_IsTrueOnce()
    {
        _heard.IsToBeStored.Should().BeFalse();
        _heard.Answer(Given.T0);
        _heard.IsToBeStored.Should().BeFalse();

        _time.Advance(TimeSpan.FromHours(1));

        _heard.IsToBeStored.Should().BeTrue();
        _heard.ToStore().Should().Be(Given.T0 + Duration.FromHours(1));
        _heard.IsToBeStored.Should().BeFalse();
    }

    private void Tell(params Instant[] times)
    {
        var events = new List<WhatsAppEvent>();
        foreach (var time in times)
        {
            WebhookReader.Read(Scene.TextFrom(Given.Phone, "hi", $"wamid.{time.ToUnixTimeSeconds()}", time), events);
        }

        _heard.Tell(events);
    }
}
