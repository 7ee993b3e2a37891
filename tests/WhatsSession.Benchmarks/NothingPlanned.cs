using WhatsSession.Storage;

namespace WhatsSession.Benchmarks;

/// <summary>A planner of one alert that never comes.</summary>
internal sealed class NothingPlanned : IAlertPlanner
{
    public IReadOnlyCollection<PlannedAlert> Alerts { get; } = [new("benchmark", CustomerServiceWindow.Length)];

    public AlertPlan Plan(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts) => AlertPlan.Nothing;
}
