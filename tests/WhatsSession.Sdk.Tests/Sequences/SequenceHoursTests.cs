using NodaTime;
using NodaTime.Text;
using WhatsSession.Sequences;

namespace WhatsSession.Sdk.Tests.Sequences;

[WithoutEmulator("Pure arithmetic of times.")]
public sealed class SequenceHoursTests
{
    // Berlin: 2:00 to 3:00 is skipped on 29 March 2026 and comes twice on 25 October. Lord Howe's clocks change by half an hour.
    [Theory]
    [InlineData("Europe/Berlin", "20:00", "08:00", "2026-11-23T18:59:59", null)]
    [InlineData("Europe/Berlin", "20:00", "08:00", "2026-11-23T19:00:00", "2026-11-24T07:00:00")]
    [InlineData("Europe/Berlin", "20:00", "08:00", "2026-11-24T06:59:59", "2026-11-24T07:00:00")]
    [InlineData("Europe/Berlin", "20:00", "08:00", "2026-11-24T07:00:00", null)]
    [InlineData("Europe/Berlin", "12:00", "13:30", "2026-11-24T11:00:00", "2026-11-24T12:30:00")]
    [InlineData("Europe/Berlin", "20:00", "08:00", "2026-03-28T20:00:00", "2026-03-29T06:00:00")]
    [InlineData("Europe/Berlin", "20:00", "08:00", "2026-10-24T20:00:00", "2026-10-25T07:00:00")]
    [InlineData("Europe/Berlin", "20:00", "02:30", "2026-03-28T20:00:00", "2026-03-29T01:00:00")]
    [InlineData("Europe/Berlin", "20:00", "02:30", "2026-10-24T20:00:00", "2026-10-25T00:30:00")]
    [InlineData("Europe/Berlin", "20:00", "02:30", "2026-10-25T01:10:00", "2026-10-25T01:30:00")]
    [InlineData("Australia/Lord_Howe", "20:00", "02:15", "2026-10-03T15:00:00", "2026-10-03T15:30:00")]
    [InlineData("America/Sao_Paulo", "20:00", "08:00", "2026-11-24T00:00:00", "2026-11-24T11:00:00")]
    public void NextAllowed_QuietHours_IsTheMomentOrTheirEnd(string zone, string from, string to, string at, string? expected)
    {
        var hours = new SequenceHours(DateTimeZoneProviders.Tzdb[zone], TimeOnly.Parse(from), TimeOnly.Parse(to), Calendar: null);

        hours.NextAllowed(At(at)).Should().Be(At(expected ?? at));
        hours.NextAllowed(At(expected ?? at)).Should().Be(At(expected ?? at), "it is allowed");
    }

    [Theory]
    [InlineData("2026-03-28T00:00:00", 1, "02:30", "2026-03-29T01:00:00")]
    [InlineData("2026-10-24T00:00:00", 1, "02:30", "2026-10-25T00:30:00")]
    [InlineData("2026-10-24T00:00:00", 2, "09:00", "2026-10-26T08:00:00")]
    [InlineData("2026-11-23T09:00:00", 0, "10:00", "2026-11-23T09:00:00")]
    [InlineData("2026-11-23T09:00:01", 0, "10:00", "2026-11-24T09:00:00")]
    public void FindTime_WithoutCalendar_IsTheFirstSuchTimeOfADay(string from, int days, string time, string expected)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

        new SequenceHours(zone, QuietFrom: null, QuietTo: null, Calendar: null)
            .FindTime(At(from).InZone(zone).Date, days, TimeOnly.Parse(time), At(from)).Should().Be(At(expected));
    }

    [Fact]
    public void FindTime_WithACalendar_CountsItsDaysAlone()
    {
        var calendar = new WeeklyHours("Europe/Berlin").Open(DayOfWeek.Monday, DayOfWeek.Friday, new TimeOnly(9, 0), new TimeOnly(17, 0));
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var hours = new SequenceHours(zone, QuietFrom: null, QuietTo: null, calendar);
        var friday = At("2026-11-27T12:00:00");

        hours.FindTime(friday.InZone(zone).Date, 1, new TimeOnly(10, 0), friday).Should().Be(At("2026-11-30T09:00:00"));
        hours.NextAllowed(At("2026-11-28T12:00:00")).Should().Be(At("2026-11-30T08:00:00"), "the business opens then");
        hours.NextAllowed(At("2026-11-30T22:30:00")).Should().Be(At("2026-11-30T22:30:00"), "the day has business; hours are the quiet hours' matter");
    }

    [Fact]
    public void NextAllowed_CalendarThatNeverOpens_IsNever()
    {
        var hours = new SequenceHours(DateTimeZone.Utc, QuietFrom: null, QuietTo: null, new WeeklyHours("UTC"));

        hours.NextAllowed(At("2026-11-28T12:00:00")).Should().BeNull();
        hours.FindTime(new LocalDate(2026, 11, 28), 2, new TimeOnly(10, 0), At("2026-11-28T12:00:00")).Should().BeNull();
    }

    [Theory]
    [InlineData("2026-11-24T07:00:00", "2026-11-23T09:00:00", "2026-11-23T19:59:00")]
    [InlineData("2026-11-24T07:00:00", "2026-11-23T21:00:00", "2026-11-24T08:00:00")]
    [InlineData("2026-11-24T09:00:00", "2026-11-23T21:00:00", "2026-11-24T09:00:00")]
    public void LastAllowed_InQuietHours_IsBeforeThemWhereThatIsNotOver(string at, string now, string expected) =>
        new SequenceHours(DateTimeZone.Utc, new TimeOnly(20, 0), new TimeOnly(8, 0), Calendar: null).LastAllowed(At(at), At(now)).Should().Be(At(expected));

    private static Instant At(string text) => InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss").Parse(text).Value;
}
