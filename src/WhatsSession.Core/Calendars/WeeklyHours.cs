using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace WhatsSession;

/// <summary>Opening hours that repeat each week in a time zone, without holidays.</summary>
/// <example>
/// <code>
/// var hours = new WeeklyHours("Europe/Berlin")
///     .Open(DayOfWeek.Monday, DayOfWeek.Friday, new TimeOnly(9, 0), new TimeOnly(17, 30))
///     .Open(DayOfWeek.Saturday, new TimeOnly(10, 0), new TimeOnly(14, 0))
///     .Except(new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 26));
/// </code>
/// </example>
/// <remarks>
/// <para>Immutable: each method returns a new calendar. Equality is by reference. It may be read by several threads at once.</para>
/// <para>
/// When clocks change, hours follow the clock on the wall. A time that the clock skips is the moment after the gap, shifted by its length. A time that comes
/// twice is the first of the two.
/// </para>
/// </remarks>
public sealed class WeeklyHours : IBusinessCalendar
{
    // A business that is closed for longer is closed for good. It bounds the search.
    private const int MostDays = 366;

    // The days around a moment between these have dates.
    private static readonly Instant Earliest = Instant.FromUtc(1, 1, 3, 0, 0);
    private static readonly Instant Latest = Instant.MaxValue - Duration.FromDays(MostDays + 3);

    private readonly DateTimeZone _zone;
    private readonly ILookup<IsoDayOfWeek, (LocalTime From, Period Length)> _hours;
    private readonly Func<DateOnly, bool> _isHoliday;

    /// <summary>Makes a calendar that is never open: add hours.</summary>
    /// <param name="timeZone">The IANA name of the time zone, such as <c>Europe/Berlin</c>.</param>
    /// <exception cref="ArgumentException">There is no time zone of this name.</exception>
    public WeeklyHours(string timeZone)
        : this(Zone(timeZone), [], static _ => false)
    {
    }

    private WeeklyHours(DateTimeZone zone, IEnumerable<(IsoDayOfWeek Day, LocalTime From, Period Length)> hours, Func<DateOnly, bool> isHoliday)
    {
        _zone = zone;
        _hours = hours.OrderBy(static entry => entry.From).ToLookup(static entry => entry.Day, static entry => (entry.From, entry.Length));
        _isHoliday = isHoliday;
    }

    /// <summary>The IANA name of the time zone.</summary>
    public string TimeZone => _zone.Id;

    private IEnumerable<(IsoDayOfWeek Day, LocalTime From, Period Length)> All =>
        _hours.SelectMany(static day => day.Select(entry => (day.Key, entry.From, entry.Length)));

    /// <summary>Adds hours on one day of the week.</summary>
    /// <param name="day">The day.</param>
    /// <param name="from">When it opens.</param>
    /// <param name="to">When it closes. A time that is not after <paramref name="from"/> is on the next day, so 0:00 to 0:00 is the whole day.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="day"/> is no day of the week.</exception>
    public WeeklyHours Open(DayOfWeek day, TimeOnly from, TimeOnly to) => Open(day, day, from, to);

    /// <summary>Adds the same hours on several days of the week.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day. It may be earlier in the week than <paramref name="first"/>, as in Saturday to Monday.</param>
    /// <param name="from">When it opens.</param>
    /// <param name="to">When it closes. A time that is not after <paramref name="from"/> is on the next day, so 0:00 to 0:00 is the whole day.</param>
    /// <exception cref="ArgumentOutOfRangeException">A day is no day of the week.</exception>
    public WeeklyHours Open(DayOfWeek first, DayOfWeek last, TimeOnly from, TimeOnly to)
    {
        var days = (Checked(last, nameof(last)) - Checked(first, nameof(first)) + 7) % 7;
        var opens = LocalTime.FromTimeOnly(from);
        var length = Period.FromTicks(to > from ? (to - from).Ticks : NodaConstants.TicksPerDay - (from - to).Ticks);
        var added = Enumerable.Range(0, days + 1).Select(day => (((DayOfWeek)(((int)first + day) % 7)).ToIsoDayOfWeek(), opens, length));
        return new WeeklyHours(_zone, [.. All, .. added], _isHoliday);
    }

    /// <summary>Takes out dates. Hours that begin on such a date are left out, also when they end on the next.</summary>
    /// <param name="dates">The dates, in the calendar's time zone.</param>
    public WeeklyHours Except(params DateOnly[] dates)
    {
        ArgumentNullException.ThrowIfNull(dates);
        var holidays = dates.ToHashSet();
        return Except(holidays.Contains);
    }

    /// <summary>Takes out the dates that a function names, such as public holidays.</summary>
    /// <param name="isHoliday">
    /// Whether a date is one, in the calendar's time zone. It is called by several threads, often, and must give the same answer each time.
    /// </param>
    public WeeklyHours Except(Func<DateOnly, bool> isHoliday)
    {
        ArgumentNullException.ThrowIfNull(isHoliday);
        var others = _isHoliday;
        return new WeeklyHours(_zone, All, date => others(date) || isHoliday(date));
    }

    /// <inheritdoc />
    /// <returns>
    /// The interval that starts first of those that end after the moment. Null when none begins within a year: as without any hours, or when every day is
    /// taken out.
    /// </returns>
    public Interval? FindHours(Instant after)
    {
        if (_hours.Count == 0 || after > Latest)
        {
            return null;
        }

        // Hours of the day before may last until now.
        var first = Instant.Max(after, Earliest).InZone(_zone).Date;
        for (var day = -1; day <= MostDays; day++)
        {
            var date = first.PlusDays(day);
            Interval? found = null;
            foreach (var (from, length) in _hours[date.DayOfWeek])
            {
                var opens = date.At(from);
                var (start, end) = (opens.InZoneLeniently(_zone).ToInstant(), opens.Plus(length).InZoneLeniently(_zone).ToInstant());
                if (end > after && end > start && (found is null || start < found.Value.Start))
                {
                    found = new Interval(start, end);
                }
            }

            if (found is not null && !_isHoliday(date.ToDateOnly()))
            {
                return found;
            }
        }

        return null;
    }

    private static DateTimeZone Zone(string timeZone)
    {
        ArgumentException.ThrowIfNullOrEmpty(timeZone);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone)
            ?? throw new ArgumentException(
                $"There is no time zone \"{timeZone}\". Write its IANA name, such as \"Europe/Berlin\" or \"America/Sao_Paulo\"{Hint(timeZone)}.",
                nameof(timeZone));
    }

    // Names of Windows are what .NET programs often have.
    private static string Hint(string timeZone) =>
        TzdbDateTimeZoneSource.Default.WindowsToTzdbIds.TryGetValue(timeZone, out var id) ? $"; here \"{id}\"" : "";

    private static DayOfWeek Checked(DayOfWeek day, string parameter) => Enum.IsDefined(day)
        ? day
        : throw new ArgumentOutOfRangeException(parameter, day, "It must be a day of the week: DayOfWeek.Sunday to DayOfWeek.Saturday.");
}
