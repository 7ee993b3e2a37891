using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Which handlers of turns the hosts have, so that any host's ingest makes their turns.</summary>
internal static class SqliteTurnPlans
{
    // What is worth a write. It is little beside the days for which a handler is remembered.
    private static readonly Duration Precision = Duration.FromHours(1);

    /// <summary>What any host has.</summary>
    public static List<PlannedTurn> Read(SqliteSession session, Instant now) => ReadSince(
        session, $"min(?1, (SELECT at FROM store_time) - {SqliteTime.Horizon})", Retention.Since(now));

    /// <summary>Whether what a host has is to be noted (again).</summary>
    public static bool AnyToNote(SqliteSession session, IReadOnlyList<PlannedTurn>? plans, Instant now)
    {
        if (plans is not { Count: > 0 })
        {
            return false;
        }

        var since = now - Instant.MinValue < Precision ? Instant.MinValue : now - Precision;
        var noted = ReadSince(session, $"max(?1, (SELECT at - {Precision.BclCompatibleTicks} FROM store_time))", since);
        return plans.Any(plan => !noted.Exists(known => string.Equals(known.Handler, plan.Handler, StringComparison.Ordinal)));
    }

    /// <summary>Notes what a host has, and lets go of the turns of handlers that no host has had for long.</summary>
    public static void Note(SqliteSession session, IReadOnlyList<PlannedTurn> plans, Instant now)
    {
        foreach (var plan in plans)
        {
            session.Execute(
                """
                INSERT INTO planned_turn (handler, quiet, at_most, number, told_at) VALUES (?1, ?2, ?3, ?4, max(?5, (SELECT at FROM store_time)))
                ON CONFLICT DO UPDATE SET quiet = excluded.quiet, at_most = excluded.at_most, number = excluded.number,
                    told_at = max(told_at, excluded.told_at)
                """,
                plan.Handler,
                plan.Quiet.BclCompatibleTicks,
                plan.AtMost.BclCompatibleTicks,
                plan.Number?.Value,
                now.ToUnixTimeTicks());
        }

        var forgotten = $"SELECT handler FROM planned_turn WHERE told_at <= min(?1, (SELECT at FROM store_time) - {SqliteTime.Horizon})";
        var since = Retention.Since(now).ToUnixTimeTicks();
        session.Execute($"DELETE FROM turn_message WHERE turn IN (SELECT id FROM turn WHERE handler IN ({forgotten}))", since);
        session.Execute($"DELETE FROM turn WHERE handler IN ({forgotten})", since);
        session.Execute($"DELETE FROM planned_turn WHERE handler IN ({forgotten})", since);
    }

    private static List<PlannedTurn> ReadSince(SqliteSession session, string moment, Instant since)
    {
        var plans = new List<PlannedTurn>();
        using var rows = session.Read($"SELECT handler, quiet, at_most, number FROM planned_turn WHERE told_at > {moment}", since.ToUnixTimeTicks());
        while (rows.Read())
        {
            plans.Add(new PlannedTurn(rows.GetString(0), Duration.FromTicks(rows.GetInt64(1)), Duration.FromTicks(rows.GetInt64(2)))
            {
                Number = rows.GetText(3) is { } number ? PhoneNumberId.Parse(number) : null,
            });
        }

        return plans;
    }
}
