using NodaTime;

namespace WhatsSession;

/// <summary>Questions to a calendar.</summary>
public static class BusinessCalendarExtensions
{
    // No deadline is further away, and a calendar that opens for a second a day shall not be asked for ever.
    private static readonly Duration Longest = Duration.FromDays(3660);

    /// <summary>Whether the business works at a moment: from the start of an interval (inclusive) to its end (exclusive).</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="at">The moment.</param>
    public static bool IsOpen(this IBusinessCalendar calendar, Instant at)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.FindHours(at) is { } hours && hours.Start <= at;
    }

    /// <summary>The first moment of business time, from a moment on: the moment itself when the business is open then.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="from">The moment.</param>
    /// <returns>Null when the business does not open again.</returns>
    public static Instant? NextOpening(this IBusinessCalendar calendar, Instant from)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.FindHours(from) is { } hours ? Instant.Max(hours.Start, from) : null;
    }

    /// <summary>The moment at which an amount of business time has passed.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="from">Where counting starts. Time before the next opening does not count.</param>
    /// <param name="businessTime">How much business time: not negative. With zero the result is <see cref="NextOpening"/>.</param>
    /// <returns>
    /// When it has passed: at the end of an interval rather than at the start of the next. Null when it takes more than ten years.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="businessTime"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The calendar gave an interval that is empty, has no end or ends too early.</exception>
    public static Instant? Add(this IBusinessCalendar calendar, Instant from, TimeSpan businessTime) =>
        calendar.Add(from, Duration.FromTimeSpan(businessTime));

    /// <inheritdoc cref="Add(IBusinessCalendar, Instant, TimeSpan)" />
    public static Instant? Add(this IBusinessCalendar calendar, Instant from, Duration businessTime)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (businessTime < Duration.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(businessTime), businessTime, "An amount of business time cannot be negative.");
        }

        var left = businessTime;
        for (var at = from; at - from < Longest && calendar.FindHours(at) is { } hours;)
        {
            if (!hours.HasStart || !hours.HasEnd || hours.End <= at)
            {
                throw new InvalidOperationException($"The calendar was asked for hours after {at} and gave {hours}. It must give an interval that ends later.");
            }

            var start = Instant.Max(hours.Start, at);
            if (hours.End - start >= left)
            {
                return start + left;
            }

            left -= hours.End - start;
            at = hours.End;
        }

        return null;
    }
}
