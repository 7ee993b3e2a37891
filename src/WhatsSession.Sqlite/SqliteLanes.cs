using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Which lanes are taken by the handlers of any host, so that a host without leaves their events alone.</summary>
internal static class SqliteLanes
{
    private static readonly EventLane[] All = Enum.GetValues<EventLane>();

    // What is worth a write. It is little beside the days for which a lane is remembered.
    private static readonly Duration Precision = Duration.FromHours(1);

    /// <summary>The lanes that somebody has taken of late.</summary>
    public static EventLanes Read(SqliteSession session, Instant now) =>
        ReadSince(session, $"min(?1, (SELECT at FROM store_time) - {SqliteTime.Horizon})", Retention.Since(now));

    /// <summary>Whether a lane that a host takes is to be noted (again).</summary>
    public static bool AnyToNote(SqliteSession session, EventLanes taken, Instant now)
    {
        var since = now - Instant.MinValue < Precision ? Instant.MinValue : now - Precision;
        var noted = ReadSince(session, $"max(?1, (SELECT at - {Precision.BclCompatibleTicks} FROM store_time))", since);
        return Array.Exists(All, lane => taken.Contains(lane) && !noted.Contains(lane));
    }

    /// <summary>Notes what a host takes, as of the later of its clock and the store's time: others shall not forget a host that is behind.</summary>
    public static void Note(SqliteSession session, EventLanes taken, Instant now)
    {
        foreach (var lane in All)
        {
            if (taken.Contains(lane))
            {
                session.Execute(
                    "INSERT INTO handled_lane (lane, seen_at) VALUES (?1, max(?2, (SELECT at FROM store_time))) "
                    + "ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)",
                    (int)lane,
                    now.ToUnixTimeTicks());
            }
        }
    }

    private static EventLanes ReadSince(SqliteSession session, string moment, Instant since)
    {
        Span<EventLane> lanes = stackalloc EventLane[All.Length];
        var count = 0;
        using var reader = session.Read($"SELECT lane FROM handled_lane WHERE seen_at > {moment}", since.ToUnixTimeTicks());
        while (reader.Read() && count < lanes.Length)
        {
            lanes[count++] = (EventLane)reader.GetInt32(0);
        }

        return EventLanes.Of(lanes[..count]);
    }
}
