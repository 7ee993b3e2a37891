using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace WhatsSession.Core.Tests.Calendars;

public sealed class WeeklyHoursTests
{
    // Monday to Friday 9:00 to 17:30, Saturday 10:00 to 14:00.
    private static readonly WeeklyHours Office = new WeeklyHours("Europe/Berlin")
        .Open(DayOfWeek.Monday, DayOfWeek.Friday, new TimeOnly(9, 0), new TimeOnly(17, 30))
        .Open(DayOfWeek.Saturday, new TimeOnly(10, 0), new TimeOnly(14, 0));

    private static readonly WeeklyHours Always = new WeeklyHours("Europe/Berlin").Open(DayOfWeek.Sunday, DayOfWeek.Saturday, default, default);

    // Monday, 30 November 2026, is in winter time: an hour before UTC.
    [Theory]
    [InlineData("2026-11-30T07:59:59.9999999Z", false)]
    [InlineData("2026-11-30T08:00:00Z", true)]
    [InlineData("2026-11-30T16:29:59.9999999Z", true)]
    [InlineData("2026-11-30T16:30:00Z", false)]
    [InlineData("2026-12-05T12:00:00Z", true)]
    [InlineData("2026-12-06T12:00:00Z", false)]
    public void IsOpen_AroundTheHours_StartsWithThemAndEndsBeforeTheirEnd(string at, bool expected) =>
        Office.IsOpen(At(at)).Should().Be(expected);

    [Theory]
    [InlineData("2026-11-30T06:00:00Z", "2026-11-30T08:00:00Z")]
    [InlineData("2026-11-30T12:00:00Z", "2026-11-30T12:00:00Z")]
    [InlineData("2026-12-04T16:30:00Z", "2026-12-05T09:00:00Z")]
    [InlineData("2026-12-05T13:00:00Z", "2026-12-07T08:00:00Z")]
    public void NextOpening_AtAnyTime_IsTheMomentItselfOrTheNextHours(string from, string expected) =>
        Office.NextOpening(At(from)).Should().Be(At(expected));

    [Theory]
    [InlineData("2026-11-30T08:00:00Z", 1, "2026-11-30T09:00:00Z")]
    [InlineData("2026-11-30T15:30:00Z", 1, "2026-11-30T16:30:00Z")]
    [InlineData("2026-11-30T16:00:00Z", 1, "2026-12-01T08:30:00Z")]
    [InlineData("2026-12-04T16:00:00Z", 5, "2026-12-07T08:30:00Z")]
    [InlineData("2026-12-06T03:00:00Z", 0, "2026-12-07T08:00:00Z")]
    public void Add_HoursOfBusiness_CountsOpenTimeAlone(string from, int hours, string expected)
    {
        Office.Add(At(from), TimeSpan.FromHours(hours)).Should().Be(At(expected));
        Office.Add(At(from), Duration.FromHours(hours)).Should().Be(At(expected));
    }

    [Fact]
    public void Except_Holidays_LeavesOutHoursThatBeginOnThem()
    {
        var hours = new WeeklyHours("Europe/Berlin").Open(DayOfWeek.Sunday, DayOfWeek.Saturday, new TimeOnly(22, 0), new TimeOnly(6, 0))
            .Except(new DateOnly(2026, 12, 25))
            .Except(date => date == new DateOnly(2026, 12, 26));

        hours.IsOpen(At("2026-12-25T04:59:00Z")).Should().BeTrue("the night began on the 24th");
        hours.NextOpening(At("2026-12-25T05:00:00Z")).Should().Be(At("2026-12-27T21:00:00Z"));
    }

    [Fact]
    public void Open_AMethodOfACalendar_LeavesTheCalendarAsItWas()
    {
        var none = new WeeklyHours("Europe/Berlin");
        none.Open(DayOfWeek.Monday, new TimeOnly(9, 0), new TimeOnly(10, 0));
        Office.Except(_ => true).NextOpening(At("2026-11-30T08:00:00Z")).Should().BeNull();

        none.FindHours(At("2026-11-30T08:00:00Z")).Should().BeNull();
        Office.IsOpen(At("2026-11-30T08:00:00Z")).Should().BeTrue();
    }

    [Fact]
    public void Open_OverTheEndOfTheWeek_TakesTheDaysBetween()
    {
        var weekend = new WeeklyHours("UTC").Open(DayOfWeek.Saturday, DayOfWeek.Monday, new TimeOnly(12, 0), new TimeOnly(13, 0));

        Enumerable.Range(0, 7).Select(day => At("2026-11-30T12:00:00Z") + Duration.FromDays(day)).Where(weekend.IsOpen)
            .Should().Equal(At("2026-11-30T12:00:00Z"), At("2026-12-05T12:00:00Z"), At("2026-12-06T12:00:00Z"));
    }

    // In Berlin clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 to 2:00 on 25 October.
    [Theory]
    [InlineData("2026-03-29", "02:30", "04:00", "2026-03-29T01:30:00Z", "2026-03-29T02:00:00Z")]
    [InlineData("2026-03-29", "00:00", "12:00", "2026-03-28T23:00:00Z", "2026-03-29T10:00:00Z")]
    [InlineData("2026-10-25", "02:30", "04:00", "2026-10-25T00:30:00Z", "2026-10-25T03:00:00Z")]
    [InlineData("2026-10-25", "00:00", "02:30", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25", "00:00", "00:00", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    public void FindHours_WhenClocksChange_FollowsTheClockOnTheWall(string date, string from, string to, string start, string end)
    {
        var hours = new WeeklyHours("Europe/Berlin").Open(DayOfWeek.Sunday, TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));

        hours.FindHours(At(date + "T00:00:00Z") - Duration.FromDays(1)).Should().Be(new Interval(At(start), At(end)));
    }

    [Fact]
    public void FindHours_HoursWithinTheGap_AreNone()
    {
        var hours = new WeeklyHours("Europe/Berlin").Open(DayOfWeek.Sunday, new TimeOnly(1, 30), new TimeOnly(1, 45));
        var skipped = new WeeklyHours("America/Sao_Paulo").Open(DayOfWeek.Sunday, new TimeOnly(0, 15), new TimeOnly(0, 45));

        hours.FindHours(At("2026-03-28T12:00:00Z")).Should().Be(new Interval(At("2026-03-29T00:30:00Z"), At("2026-03-29T00:45:00Z")));
        // On 4 November 2018 the clocks of São Paulo went from 0:00 to 1:00.
        skipped.FindHours(At("2018-11-04T00:00:00Z")).Should().Be(new Interval(At("2018-11-04T03:15:00Z"), At("2018-11-04T03:45:00Z")));
    }

    [Fact]
    public void Add_MoreThanTenYears_GivesNull()
    {
        var second = new WeeklyHours("UTC").Open(DayOfWeek.Monday, new TimeOnly(0, 0, 0), new TimeOnly(0, 0, 1));

        second.Add(At("2026-11-30T00:00:00Z"), TimeSpan.FromSeconds(500)).Should().NotBeNull();
        second.Add(At("2026-11-30T00:00:00Z"), TimeSpan.FromSeconds(600)).Should().BeNull();
        Office.Add(At("2026-11-30T00:00:00Z"), TimeSpan.MaxValue).Should().BeNull();
    }

    [Fact]
    public void FindHours_AtTheEndsOfTime_ThrowsNothing()
    {
        Always.FindHours(Instant.MinValue).Should().NotBeNull();
        Always.FindHours(Instant.MaxValue).Should().BeNull();
    }

    [Theory]
    [InlineData("Europe/Belrin", "\"Europe/Belrin\"*IANA name*")]
    [InlineData("W. Europe Standard Time", "*here \"Europe/Berlin\"*")]
    public void Constructor_UnknownTimeZone_NamesItAndTheFix(string timeZone, string message) =>
        FluentActions.Invoking(() => new WeeklyHours(timeZone)).Should().Throw<ArgumentException>().WithMessage("*" + message);

    [Fact]
    public void Open_NoDayOfTheWeek_NamesIt() =>
        FluentActions.Invoking(() => Office.Open((DayOfWeek)9, new TimeOnly(9, 0), new TimeOnly(10, 0)))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*DayOfWeek.Sunday to DayOfWeek.Saturday*9*");

    [Fact]
    public void Add_NegativeTime_NamesIt() =>
        FluentActions.Invoking(() => Office.Add(At("2026-11-30T08:00:00Z"), TimeSpan.FromHours(-1))).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Add_ACalendarThatGivesWhatHasEnded_Throws() =>
        FluentActions.Invoking(() => new Broken().Add(At("2026-11-30T08:00:00Z"), TimeSpan.FromHours(1)))
            .Should().Throw<InvalidOperationException>().WithMessage("*must give an interval that ends later*");

    /// <summary>Counting minute by minute is slow and cannot be wrong.</summary>
    [Fact]
    public void Add_AnyHours_EqualsCountingMinutes() =>
        Gen.Select(Gen.Int[0, 60 * 24 * 400], Gen.Int[0, 60 * 30], Gen.OneOf(Gen.Const("Europe/Berlin"), Gen.Const("America/New_York"), Gen.Const("Asia/Kolkata")), Gen.Int[0, 1439], Gen.Int[0, 1439])
            .Sample(
                (offset, minutes, zone, opens, closes) =>
                {
                    var hours = new WeeklyHours(zone)
                        .Open(DayOfWeek.Tuesday, DayOfWeek.Saturday, TimeOfDay(opens), TimeOfDay(closes))
                        .Open(DayOfWeek.Saturday, new TimeOnly(8, 0), new TimeOnly(20, 0));
                    var from = At("2026-01-01T00:00:00Z") + Duration.FromMinutes(offset);

                    hours.Add(from, TimeSpan.FromMinutes(minutes)).Should().Be(Counted(hours, from, minutes));
                },
                iter: 60);

    private static Instant Counted(WeeklyHours hours, Instant from, int minutes)
    {
        var at = from;
        while (minutes > 0 || !hours.IsOpen(at))
        {
            if (hours.IsOpen(at))
            {
                minutes--;
            }

            at += Duration.FromMinutes(1);
            if (minutes == 0 && hours.IsOpen(at - Duration.FromMinutes(1)))
            {
                return at;
            }
        }

        return at;
    }

    private static TimeOnly TimeOfDay(int minute) => TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minute));

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private sealed class Broken : IBusinessCalendar
    {
        public Interval? FindHours(Instant after) => new Interval(after - Duration.FromHours(1), after);
    }
}
