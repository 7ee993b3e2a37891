using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Which alerts the hosts plan. Read in the transaction that uses it, never kept: another host may have told of one a moment ago.</summary>
internal static class SqliteAlerts
{
    /// <summary>What any host plans.</summary>
    public static List<PlannedAlert> Read(SqliteSession session, Instant now)
    {
        var moment = Instant.Min(now, SqliteTime.Read(session));
        return ReadNotes(session, out _).FindAll(note => note.Counts(moment)).ConvertAll(static note => note.Alert);
    }

    /// <summary>Whether what a host plans is to be noted (again).</summary>
    public static bool AnyToTell(SqliteSession session, IReadOnlyCollection<PlannedAlert> alerts, Instant now)
    {
        var notes = ReadNotes(session, out var time);
        return alerts.Any(alert => PlannedAlertNote.Tell(alert, Find(notes, alert), Instant.Max(now, time), out _) is not null);
    }

    /// <summary>
    /// Notes what a host plans, as of the later of its clock and the store's time, so that others do not forget a host that is behind; and looks at open
    /// windows for what is new.
    /// </summary>
    public static void Tell(SqliteSession session, IReadOnlyCollection<PlannedAlert> alerts, Instant now)
    {
        var notes = ReadNotes(session, out var time);
        now = Instant.Max(now, time);
        foreach (var alert in alerts)
        {
            if (PlannedAlertNote.Tell(alert, Find(notes, alert), now, out var lowers) is { } note)
            {
                session.Execute(
                    """
                    INSERT INTO planned_alert (kind, delay, since, told_at, settled) VALUES (?1, ?2, ?3, ?4, ?5)
                    ON CONFLICT DO UPDATE SET since = excluded.since, told_at = excluded.told_at, settled = excluded.settled
                    """,
                    alert.Kind,
                    (long)alert.Delay.TotalSeconds,
                    note.Since.ToUnixTimeTicks(),
                    note.ToldAt.ToUnixTimeTicks(),
                    note.IsSettled);
            }

            if (lowers)
            {
                SqliteConversations.ArmAll(session, alert, now);
            }
        }
    }

    /// <summary>Notes what a host plans and raises what is due.</summary>
    /// <returns>How many alerts were raised.</returns>
    public static int Sweep(SqliteSession session, AlertSweep sweep)
    {
        var raised = 0;
        Tell(session, sweep.Planner.Alerts, sweep.Now);
        var alerts = Read(session, sweep.Now);
        foreach (var (conversation, from) in SqliteConversations.ReadDue(session, sweep.Now, sweep.Limit))
        {
            var holder = SqliteConversations.ReadHolder(session, conversation);
            var plan = sweep.Planner.Plan(new AlertCheck(holder.Conversation, holder.State, holder.State, from, sweep.Now), alerts);
            SqliteConversations.Arm(session, conversation, plan.NextCheck);
            foreach (var alert in plan.Due)
            {
                raised += SqliteOutbox.Enqueue(session, alert) ? 1 : 0;
            }
        }

        return raised;
    }

    /// <summary>What any host plans, and what the host plans that asks.</summary>
    public static IReadOnlyCollection<PlannedAlert> Read(SqliteSession session, IReadOnlyCollection<PlannedAlert> own, Instant now) =>
        [.. Read(session, now).Union(own)];

    /// <summary>The delay of the first alert and of the last, in seconds; null for none.</summary>
    /// <param name="own">What this host plans.</param>
    /// <param name="least">The least delay of what any host plans.</param>
    /// <param name="longest">The longest.</param>
    public static (Duration? Least, Duration? Longest) Delays(IReadOnlyCollection<PlannedAlert> own, long? least, long? longest)
    {
        foreach (var alert in own)
        {
            var delay = (long)alert.Delay.TotalSeconds;
            least = least < delay ? least : delay;
            longest = longest > delay ? longest : delay;
        }

        return (InSeconds(least), InSeconds(longest));
    }

    private static Duration? InSeconds(long? seconds) => seconds is { } value ? Duration.FromSeconds(value) : null;

    private static PlannedAlertNote? Find(List<PlannedAlertNote> notes, PlannedAlert alert) => notes.Find(note => note.Alert == alert);

    private static List<PlannedAlertNote> ReadNotes(SqliteSession session, out Instant time)
    {
        var notes = new List<PlannedAlertNote>();
        using var reader = session.Read("SELECT kind, delay, since, told_at, settled, at FROM store_time LEFT JOIN planned_alert");
        for (time = NodaConstants.UnixEpoch; reader.Read();)
        {
            time = Instant.FromUnixTimeTicks(reader.GetInt64(5));
            if (reader.IsNull(0))
            {
                break;
            }

            var alert = new PlannedAlert(reader.GetString(0), Duration.FromSeconds(reader.GetInt64(1)));
            notes.Add(
                new PlannedAlertNote(
                    alert, Instant.FromUnixTimeTicks(reader.GetInt64(2)), Instant.FromUnixTimeTicks(reader.GetInt64(3)), reader.GetBoolean(4)));
        }

        return notes;
    }
}
