using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What a store remembers about an alert that hosts plan, so that the ingest and the sweeps of every host include it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Since">When it was new.</param>
/// <param name="ToldAt">When a host last reported it.</param>
/// <param name="IsSettled">Whether the conversations were checked a second time.</param>
public sealed record PlannedAlertNote(PlannedAlert Alert, Instant Since, Instant ToldAt, bool IsSettled)
{
    // What is worth a write: little beside the days for which an alert is remembered.
    private static readonly Duration Precision = Duration.FromDays(1);

    // By then every transaction that had not seen the new alert has ended.
    private static readonly Duration Settling = Duration.FromMinutes(1);

    /// <summary>Whether it still counts.</summary>
    public bool Counts(Instant now) => Retention.Remembers(ToldAt, now);

    /// <summary>The note to store when a host reports that it plans an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="known">What was noted before; null for nothing.</param>
    /// <param name="now">
    /// When it is reported: the later of the host's time and the store's time, so that a host whose clock is behind is not forgotten too early.
    /// </param>
    /// <param name="lowers">
    /// Whether open windows must be checked for it: see <see cref="CheckAt"/>. This happens when it is new, and again a minute later.
    /// </param>
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

    /// <summary>When to check a conversation for a new alert; null for not at all. Only an ingest sets a time before now.</summary>
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
