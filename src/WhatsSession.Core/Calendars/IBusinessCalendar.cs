using NodaTime;

namespace WhatsSession;

/// <summary>When a business works: for deadlines that count business hours, and for messages that go out only then.</summary>
/// <remarks>
/// <see cref="WeeklyHours"/> implements it for hours that repeat each week. Implement it yourself for shifts that a roster gives. An implementation must be
/// thread safe, must not wait for anything, and must give the same answer each time. Where several hosts share a store, each must have the same calendar.
/// </remarks>
public interface IBusinessCalendar
{
    /// <summary>Finds business time: the first interval that ends after a moment. It may have begun before the moment.</summary>
    /// <param name="after">The moment.</param>
    /// <returns>The interval, with a start and an end. Null when the business does not open again in the foreseeable future.</returns>
    Interval? FindHours(Instant after);
}
