using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The store's time, which all hosts of the file share: the latest of Meta's that any of them told. See <see cref="Retention"/>.</summary>
/// <remarks>It is 1970 as long as none was told, so that nothing is older than the retention.</remarks>
internal static class SqliteTime
{
    /// <summary>A day, in ticks.</summary>
    public const string Day = "864000000000";

    /// <summary>The <see cref="Retention.Horizon"/>, in ticks.</summary>
    public const string Horizon = "6912000000000";

    /// <summary>The day of the store's time: nothing is kept as of an earlier one.</summary>
    public const string Today = $"(SELECT at / {Day} FROM store_time)";

    /// <summary>The first day that is kept.</summary>
    public const string FirstDay = $"(SELECT (at - {Horizon}) / {Day} FROM store_time)";

    // What is worth a write. It is little beside the days for which things are kept.
    private const long Precision = NodaConstants.TicksPerMinute;

    public static Instant Read(SqliteSession session)
    {
        using var reader = session.Read("SELECT at FROM store_time");
        reader.Read();
        return Instant.FromUnixTimeTicks(reader.GetInt64(0));
    }

    /// <summary>Notes a later time.</summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="known">What is noted.</param>
    /// <param name="now">The time.</param>
    public static void Raise(SqliteSession session, long known, long now)
    {
        if (now - known < Precision)
        {
            return;
        }

        session.Execute("UPDATE store_time SET at = ?1", now);
        if (known == 0)
        {
            // What was kept before there was a time counts from now on.
            session.Execute($"UPDATE seen_part SET kept = {Today} WHERE kept < {Today}");
            foreach (var table in (ReadOnlySpan<string>)["delivery", "failure", "idempotency", "fallback", "tombstone", "sequence_run"])
            {
                session.Execute($"UPDATE {table} SET day = {Today} WHERE day < {Today}");
            }

            session.Execute("UPDATE handled_lane SET seen_at = ?1 WHERE seen_at < ?1", now);
            session.Execute("UPDATE planned_alert SET told_at = ?1 WHERE told_at < ?1", now);
            session.Execute("UPDATE planned_turn SET told_at = ?1 WHERE told_at < ?1", now);
        }
    }
}
