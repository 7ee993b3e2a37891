using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>A kind of alert: when one is due, and what it tells. Pure, so that each host plans what every host takes.</summary>
internal abstract class AlertKind(string name)
{
    /// <summary>The kind: <see cref="PlannedAlert.Kind"/>.</summary>
    public string Name => name;

    /// <summary>Plans when time has passed: the customer has not written.</summary>
    public abstract void PlanTime(in AlertCheck check, PlannedAlert alert, Planning planning);

    /// <summary>Plans when the customer has written: what is to be told of the window before.</summary>
    /// <param name="check">What was and what is.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="alerts">All alerts that any host plans.</param>
    /// <param name="planning">Takes what is due.</param>
    public abstract void PlanInbound(in AlertCheck check, PlannedAlert alert, IReadOnlyCollection<PlannedAlert> alerts, Planning planning);

    /// <summary>What is planned so far.</summary>
    internal sealed class Planning
    {
        private List<StoredEvent>? _due;
        private Instant? _next;

        public void Raise(StoredEvent stored) => (_due ??= []).Add(stored);

        /// <summary>Whether an alert is due now that was not due at the last check. What is due later is looked at again then.</summary>
        public bool IsDue(in AlertCheck check, Instant at)
        {
            if (at <= check.Now)
            {
                return at >= check.From;
            }

            _next = _next is { } earlier ? Instant.Min(earlier, at) : at;
            return false;
        }

        public AlertPlan ToPlan() => _due is null && _next is null ? AlertPlan.Nothing : new AlertPlan(_due ?? [], _next);
    }
}
