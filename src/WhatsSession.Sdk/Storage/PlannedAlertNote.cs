using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What a store remembers of an alert that hosts plan, so that ingest and sweeps of every host count it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Since">When it was new.</param>
/// <param name="ToldAt">When a host told of it last.</param>
/// <param name="IsSettled">Whether the conversations were looked through a second time.</param>
public sealed record PlannedAlertNote(PlannedAlert Alert, Instant Since, Instant ToldAt, bool IsSettled)
{
    // What is worth a write: little beside the days for which an alert is remembered.
    private static readonly Duration Precision = Duration.FromDays(1);

    // By then every transaction that had not seen the new alert has ended.
    private static readonly Duration Settling = Duration.FromMinutes(1);

    /// <summary>Whether it still counts.</summary>
    public bool Counts(Instant now) => Retention.Remembers(ToldAt, now);

    /// <summary>What to note when a host tells that it plans an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="known">What was noted before; null for nothing.</param>
    /// <param name="now">When it is told: the later of the host's clock and the store's time, so that a host that is behind is not forgotten too soon.</param>
    /// <param name="lowers">Whether open windows are to be looked at for it: see <see cref="CheckAt"/>. So when it is new, and again a minute later.</param>
    /// <returns>Null when nothing is to be noted.</returns>
    public static PlannedAlertNote? Tell(PlannedAlert alert, PlannedAlertNote? known, Instant now, out bool lowers)
    {
        if (known?.Counts(now) != true)
        {
            lowers = true;
            return new PlannedAlertNote(alert, now, now, IsSettled: false);
        }

        lowers = !known.IsSettled && now - known.Since >= Settling;
        return lowers || now - known.ToldAt >= Precision ? known with { ToldAt = Instant.Max(known.ToldAt, now), IsSettled = known.IsSettled || lowers } : null;
    }

    /// <summary>When a conversation is to be looked at for an alert that is new; null when it is not. Nothing but an ingest sets that before now.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="lastInbound">The customer's last event.</param>
    /// <param name="now">The moment.</param>
    public static Instant? CheckAt(PlannedAlert alert, Instant lastInbound, Instant now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var at = alert.Delay > Instant.MaxValue - lastInbound ? Instant.MaxValue
            : alert.Delay < Instant.MinValue - lastInbound ? Instant.MinValue
            : lastInbound + alert.Delay;
        return at >= now ? at : null;
    }
}
