using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>Plans <see cref="WindowClosing"/>: for each lead once a window, unless the window was refused or the customer wrote again.</summary>
/// <param name="leads">How long before closing the handlers of this host want to be told.</param>
internal sealed class WindowClosingPlanner(IEnumerable<Duration> leads) : IAlertPlanner
{
    public IReadOnlyCollection<PlannedAlert> Alerts { get; } = [.. leads.Distinct().Select(WindowAlert.Planned)];

    public AlertPlan Plan(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts)
    {
        if (check.After.LastInbound is not { } anchor || check.After.IsDenied)
        {
            return AlertPlan.Nothing;
        }

        List<StoredEvent>? due = null;
        Instant? next = null;
        foreach (var alert in alerts)
        {
            if (!string.Equals(alert.Kind, WindowAlert.FieldName, StringComparison.Ordinal))
            {
                continue;
            }

            var at = anchor + alert.Delay;
            if (at > check.Now)
            {
                next = next is { } earlier ? Instant.Min(earlier, at) : at;
            }
            else if (at >= check.From)
            {
                (due ??= []).Add(
                    new WindowAlert(
                        check.Conversation, anchor, CustomerServiceWindow.Length - alert.Delay, check.Now - at > WindowAlert.Tolerance).ToEvent(check.Now));
            }
        }

        return new AlertPlan(due ?? [], next);
    }
}
