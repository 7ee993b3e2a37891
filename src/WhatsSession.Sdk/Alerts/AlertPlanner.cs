using System.Collections.Frozen;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>
/// Plans the alerts of all kinds. Of a kind that it does not know, which a newer version of the SDK on another host plans, it passes the question on: that host
/// gets it from the outbox, and nothing else waits for it.
/// </summary>
/// <param name="wanted">The alerts that this host takes.</param>
/// <param name="jitter">How much later than due an alert before closing may be told.</param>
internal sealed class AlertPlanner(IEnumerable<PlannedAlert> wanted, Duration jitter) : IAlertPlanner
{
    private readonly FrozenDictionary<string, AlertKind> _kinds = ((AlertKind[])
    [
        new WindowClosingKind(new AlertJitter(jitter)), new WindowClosedKind(), new WindowExtendedKind(new AlertJitter(jitter)),
        .. OverdueRule.All.Select(static rule => new ReplyOverdueKind(rule)),
    ]).ToFrozenDictionary(static kind => kind.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<PlannedAlert> Alerts { get; } = [.. wanted.Distinct()];

    public AlertPlan Plan(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts)
    {
        var planning = new AlertKind.Planning();
        var hasWritten = check.Before.LastInbound is { } before && check.After.LastInbound > before;
        foreach (var alert in alerts)
        {
            if (!_kinds.TryGetValue(alert.Kind, out var kind))
            {
                PassOn(in check, alert, alerts, hasWritten, planning);
            }
            else if (hasWritten)
            {
                kind.PlanInbound(in check, alert, alerts, planning);
            }
            else
            {
                kind.PlanTime(in check, alert, planning);
            }
        }

        return planning.ToPlan();
    }

    private static void PassOn(in AlertCheck check, PlannedAlert alert, IReadOnlyCollection<PlannedAlert> alerts, bool hasWritten, AlertKind.Planning planning)
    {
        if (hasWritten || (check.After.LastInbound is { } anchor && planning.IsDue(in check, anchor + alert.Delay)))
        {
            planning.Raise(AlertQuestion.Of(check, alerts, alert));
        }
    }
}
