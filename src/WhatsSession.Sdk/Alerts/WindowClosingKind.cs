using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>Plans <see cref="WindowClosing"/>: for each lead once a window, unless the window was refused or the customer wrote again.</summary>
/// <param name="jitter">When it is told.</param>
internal sealed class WindowClosingKind(AlertJitter jitter) : AlertKind(WindowAlert.Closing)
{
    public override void PlanTime(in AlertCheck check, PlannedAlert alert, Planning planning)
    {
        if (check.After.LastInbound is not { } anchor || check.After.IsDenied)
        {
            return;
        }

        var at = anchor + alert.Delay;
        if (planning.IsDue(in check, at))
        {
            planning.Raise(new WindowAlert(alert, check.Conversation, anchor, check.Now - at > WindowAlert.Tolerance)
            {
                DueAt = jitter.DueAt(check.Conversation, at, CustomerServiceWindow.ClosesAt(anchor)),
            }.ToEvent(check.Now));
        }
    }

    public override void PlanInbound(in AlertCheck check, PlannedAlert alert, IReadOnlyCollection<PlannedAlert> alerts, Planning planning)
    {
        // Nothing that is due before a window's end is told of a window that the customer has replaced.
    }
}
