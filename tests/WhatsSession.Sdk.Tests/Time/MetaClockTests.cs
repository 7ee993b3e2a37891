using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WhatsSession.Time;

namespace WhatsSession.Sdk.Tests.Time;

[WithoutEmulator("A pure function of headers.")]
public sealed class MetaClockTests
{
    private readonly FakeTimeProvider _clock = new(Given.T0.ToDateTimeOffset());

    [Fact]
    public void Offset_NothingKnown_IsZero() => new MetaClock(_clock).Offset.Should().Be(Duration.Zero);

    [Fact]
    public void Offset_NineAnswers_IsTheirMedian()
    {
        var meta = new MetaClock(_clock);

        Note(meta, 30, 31, 29, 30, 30, 100, -100, 30, 30);

        meta.Offset.Should().Be(Duration.FromSeconds(30));
        meta.GetInstant().Should().Be(Instant.FromDateTimeOffset(_clock.GetUtcNow()) + Duration.FromSeconds(30));
    }

    [Fact]
    public void Offset_LastNine_Count()
    {
        var meta = new MetaClock(_clock);
        Note(meta, [.. Enumerable.Repeat(30, 20)]);

        Note(meta, [.. Enumerable.Repeat(-50, 9)]);

        meta.Offset.Should().Be(Duration.FromSeconds(-50));
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(-120, -120)]
    [InlineData(121, 0)]
    [InlineData(-121, 0)]
    [InlineData(1, 0)]
    [InlineData(-1, 0)]
    [InlineData(2, 2)]
    public void Offset_WithinTwoMinutesAndAboveASecond_IsBelieved(int seconds, int believed)
    {
        var meta = new MetaClock(_clock);

        Note(meta, [.. Enumerable.Repeat(seconds, 9)]);

        meta.Offset.Should().Be(Duration.FromSeconds(believed));
    }

    /// <summary>Once nine are known, one header in five seconds is enough: reading one costs memory on the way of every send.</summary>
    [Fact]
    public void Note_ManyAtOnce_PassesMostOver()
    {
        var meta = new MetaClock(_clock);
        Note(meta, [.. Enumerable.Repeat(30, 10)]);

        for (var i = 0; i < 100; i++)
        {
            using var response = At(90);
            meta.Note(response);
        }

        meta.Offset.Should().Be(Duration.FromSeconds(30));
    }

    [Fact]
    public void Note_AnswerWithoutADate_SaysNothing()
    {
        var meta = new MetaClock(_clock);
        using var response = new HttpResponseMessage();

        meta.Note(response);

        meta.Offset.Should().Be(Duration.Zero);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    [InlineData(-61, 1)]
    [InlineData(9 * 86_400, 1)]
    public void Note_ClockMoreThanAMinuteOff_IsToldOnce(int seconds, int told)
    {
        var by = new List<Duration>();
        var meta = new MetaClock(_clock, isOff: by.Add);

        Note(meta, seconds, seconds, seconds);

        by.Should().Equal(Enumerable.Repeat(Duration.FromSeconds(seconds), told));
    }

    private void Note(MetaClock meta, params int[] seconds)
    {
        foreach (var ahead in seconds)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            using var response = At(ahead);
            meta.Note(response);
        }
    }

    private HttpResponseMessage At(int ahead)
    {
        var response = new HttpResponseMessage();
        response.Headers.Date = _clock.GetUtcNow().AddSeconds(ahead);
        return response;
    }
}
