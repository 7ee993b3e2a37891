using NodaTime;

namespace WhatsSession.Storage;

/// <summary>For how long stores keep what recognises redeliveries and makes things happen once.</summary>
/// <remarks>
/// It is counted by the store's time: the latest <see cref="IngestBatch.MetaTime"/> that any host told it, for the clock of a host may be wrong for a while.
/// Before the first nothing is forgotten, and what was kept until then counts from it. What is kept is kept as of the later of the store's time and the moment
/// that the caller gives, so that a wrong clock keeps longer and forgets nothing.
/// </remarks>
public static class Retention
{
    /// <summary>
    /// 8 days: Meta redelivers for up to 7, and a day more. It goes for event keys, deliveries, idempotency keys, claims, tombstones,
    /// and for what hosts take and plan.
    /// </summary>
    public static Duration Horizon { get; } = Duration.FromDays(8);

    /// <summary>The day of a moment, as the number of days since 1970. What is kept by day goes by whole days.</summary>
    public static long DayOf(Instant at) => Math.DivRem(at.ToUnixTimeSeconds(), NodaConstants.SecondsPerDay).Quotient;

    /// <summary>The first day that is kept: what is of an earlier one goes.</summary>
    public static long FirstDay(Instant now) => DayOf(Since(now));

    /// <summary>Whether what was told at a moment, such as that a host takes a lane, still counts.</summary>
    public static bool Remembers(Instant toldAt, Instant now) => toldAt > Since(now);

    /// <summary>The moment since when things are kept, 8 days ago; the beginning of time where there is none.</summary>
    public static Instant Since(Instant now) => now - Instant.MinValue < Horizon ? Instant.MinValue : now - Horizon;
}
