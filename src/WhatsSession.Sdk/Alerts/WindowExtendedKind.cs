using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>
/// Plans <see cref="WindowExtended"/>: once for each last event of a customer of which an alert was raised before another event extended its window.
/// </summary>
/// <param name="jitter">When alerts before closing are told.</param>
internal sealed class WindowExtendedKind(AlertJitter jitter) : AlertKind(WindowAlert.Extended)
{
    public override void PlanTime(in AlertCheck check, PlannedAlert alert, Planning planning)
    {
        // Time extends nothing.
    }

    public override void PlanInbound(in AlertCheck check, PlannedAlert alert, IReadOnlyCollection<PlannedAlert> alerts, Planning planning)
    {
        if (check.Before.LastInbound is { } anchor && !check.Before.IsDenied
            && check.After.LastInbound is { } extendedBy && extendedBy <= CustomerServiceWindow.ClosesAt(anchor) && WasTold(in check, anchor, alerts))
        {
            var isLate = check.Now - extendedBy > WindowAlert.Tolerance;
            planning.Raise(new WindowAlert(alert, check.Conversation, anchor, isLate) { ExtendedBy = extendedBy }.ToEvent(check.Now));
        }
    }

    // What was due before the next check was raised at an earlier one. Without a next check everything was.
    private bool WasTold(in AlertCheck check, Instant anchor, IReadOnlyCollection<PlannedAlert> alerts)
    {
        foreach (var alert in alerts)
        {
            var due = anchor + alert.Delay;
            var told = alert.Kind switch
            {
                WindowAlert.Closing => jitter.DueAt(check.Conversation, due, CustomerServiceWindow.ClosesAt(anchor)) ?? due,
                WindowAlert.Closed => due,
                _ => Instant.MaxValue,
            };
            if (told <= check.Now && !(due >= check.From))
            {
                return true;
            }
        }

        return false;
    }
}
