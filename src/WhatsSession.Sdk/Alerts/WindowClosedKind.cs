using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>
/// Plans <see cref="WindowClosed"/>: once for each last event of a customer that expired, whether time or a later event shows it. Also for a refused window:
/// its end is the same fact, in whatever order refusal and end become known.
/// </summary>
internal sealed class WindowClosedKind() : AlertKind(WindowAlert.Closed)
{
    public override void PlanTime(in AlertCheck check, PlannedAlert alert, Planning planning)
    {
        if (check.After.LastInbound is { } anchor && planning.IsDue(in check, anchor + alert.Delay))
        {
            var isLate = check.Now - anchor - alert.Delay > WindowAlert.Tolerance;
            planning.Raise(new WindowAlert(alert, check.Conversation, anchor, isLate) { WasRefused = check.After.IsDenied }.ToEvent(check.Now));
        }
    }

    public override void PlanInbound(in AlertCheck check, PlannedAlert alert, IReadOnlyCollection<PlannedAlert> alerts, Planning planning)
    {
        if (check.Before.LastInbound is { } anchor && check.After.LastInbound > anchor + alert.Delay && anchor + alert.Delay >= check.From)
        {
            planning.Raise(new WindowAlert(alert, check.Conversation, anchor, IsLate: true) { WasRefused = check.Before.IsDenied }.ToEvent(check.Now));
        }
    }
}
