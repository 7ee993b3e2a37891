using NodaTime;

namespace WhatsSession.Sequences;

/// <summary>When steps may go: outside of the quiet hours, and on business days. All times are those of one time zone.</summary>
/// <param name="Zone">The time zone.</param>
/// <param name="QuietFrom">The start of the quiet hours; null for none.</param>
/// <param name="QuietTo">Their end. One before the start is on the next day.</param>
/// <param name="Calendar">Knows the business days; null when every day is one.</param>
internal readonly record struct SequenceHours(DateTimeZone Zone, TimeOnly? QuietFrom, TimeOnly? QuietTo, IBusinessCalendar? Calendar)
{
    // More days without business are no calendar, and a search has an end.
    private const int MostDays = 3660;

    private static readonly Duration BeforeQuiet = Duration.FromMinutes(1);

    /// <summary>The hours of a run. A time zone that the data of this program does not know is UTC.</summary>
    public static SequenceHours Of(SequenceRun run, IBusinessCalendar? calendar) =>
        new(DateTimeZoneProviders.Tzdb.GetZoneOrNull(run.TimeZone) ?? DateTimeZone.Utc, run.QuietFrom, run.QuietTo, calendar);

    /// <summary>Whether a time of day is within quiet hours.</summary>
    public static bool IsQuiet(TimeOnly time, TimeOnly? from, TimeOnly? to) =>
        from is { } start && to is { } end && (start < end ? time >= start && time < end : time >= start || time < end);

    /// <summary>The first moment from one on at which a step may go; null when there is none within ten years.</summary>
    public Instant? NextAllowed(Instant from)
    {
        var at = from;
        for (var i = 0; i < MostDays; i++)
        {
            if (FindQuiet(at) is { } quiet)
            {
                at = quiet.End;
            }
            else if (Calendar is not null && !IsBusinessDay(at.InZone(Zone).Date))
            {
                if (Calendar.NextOpening(at) is not { } opening || opening <= at)
                {
                    return null;
                }

                at = opening;
            }
            else
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>
    /// The moment for a step that is to go before something: the moment itself; or within quiet hours a minute before they begin, where that is not over;
    /// otherwise the next one.
    /// </summary>
    public Instant? LastAllowed(Instant at, Instant now) =>
        FindQuiet(at) is { } quiet && quiet.Start - BeforeQuiet is var before && before >= now && NextAllowed(before) == before ? before : NextAllowed(at);

    /// <summary>
    /// The first moment from one on with a time of day, on a (business) day that is at least so many (business) days after another; null when there is none.
    /// </summary>
    public Instant? FindTime(LocalDate start, int days, TimeOnly time, Instant from)
    {
        var date = start;
        var last = Instant.Max(from, Zone.AtStartOfDay(start).ToInstant()).InZone(Zone).Date.PlusDays(days + MostDays);
        for (var left = days; left > 0 && date <= last;)
        {
            date = date.PlusDays(1);
            left -= IsBusinessDay(date) ? 1 : 0;
        }

        for (; date <= last; date = date.PlusDays(1))
        {
            if (IsBusinessDay(date) && ToInstant(date, time, after: null) is var at && at >= from)
            {
                return NextAllowed(at);
            }
        }

        return null;
    }

    private bool IsBusinessDay(LocalDate date)
    {
        if (Calendar is null)
        {
            return true;
        }

        var (start, end) = (Zone.AtStartOfDay(date).ToInstant(), Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
        return Calendar.FindHours(start) is { } hours && hours.Start < end;
    }

    /// <summary>The quiet hours around a moment; null when there are none.</summary>
    private (Instant Start, Instant End)? FindQuiet(Instant at)
    {
        var local = at.InZone(Zone);
        var time = local.TimeOfDay.ToTimeOnly();
        if (!IsQuiet(time, QuietFrom, QuietTo) || QuietFrom is not { } from || QuietTo is not { } to)
        {
            return null;
        }

        var start = time >= from ? local.Date : local.Date.PlusDays(-1);
        var end = time < to ? local.Date : local.Date.PlusDays(1);
        return (ToInstant(start, from, after: null), ToInstant(end, to, at));
    }

    /// <summary>The moment of a time on the wall. One that the clock skips is the end of the gap, one that comes twice the first after a moment.</summary>
    private Instant ToInstant(LocalDate date, TimeOnly time, Instant? after)
    {
        var mapping = Zone.MapLocal(date.At(LocalTime.FromTimeOnly(time)));
        return mapping.Count == 0 ? mapping.LateInterval.Start
            : mapping.First().ToInstant() is var first && !(first <= after) ? first
            : mapping.Last().ToInstant();
    }
}
