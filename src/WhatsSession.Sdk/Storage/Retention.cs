using NodaTime;

namespace WhatsSession.Storage;

/// <summary>How long stores keep the data that recognises redeliveries and makes sure that things happen only once.</summary>
/// <remarks>
/// It is counted by the store's time: the latest <see cref="IngestBatch.MetaTime"/> from any host, because the clock of a host may be wrong for a while.
/// Before the store has such a time, it forgets nothing; data that it kept until then counts from that time. Data is stored with the later of the store's time
/// and the time that the caller gives. So a wrong clock keeps data longer and never forgets it too early.
/// </remarks>
public static class Retention
{
    /// <summary>
    /// 8 days: Meta delivers again for up to 7 days, and one more day. It applies to event keys, deliveries, idempotency keys, claims, tombstones, and for
    /// what hosts take and plan.
    /// </summary>
    public static Duration Horizon { get; } = Duration.FromDays(8);

    /// <summary>The day of a moment, as the number of days since 1970. Data that is kept by day is removed by whole days.</summary>
    public static long DayOf(Instant at) => Math.DivRem(at.ToUnixTimeSeconds(), NodaConstants.SecondsPerDay).Quotient;

    /// <summary>The first day that is kept. Data of earlier days is removed.</summary>
    public static long FirstDay(Instant now) => DayOf(Since(now));

    /// <summary>Whether information from a given time, such as that a host takes a lane, still counts.</summary>
    public static bool Remembers(Instant toldAt, Instant now) => toldAt > Since(now);

    /// <summary>The time since which data is kept, 8 days ago; the earliest possible time if there is none.</summary>
    public static Instant Since(Instant now) => now - Instant.MinValue < Horizon ? Instant.MinValue : now - Horizon;
}
