using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>That the store knew what a host plans at a moment, so that not every look for alerts asks again.</summary>
/// <param name="Alerts">What the host plans.</param>
/// <param name="At">The moment.</param>
internal sealed record AlertTelling(IReadOnlyCollection<PlannedAlert>? Alerts, Instant At)
{
    // Far less often than hosts look for alerts, and far more often than what they plan is forgotten or looked at again.
    private static readonly Duration Pause = Duration.FromSeconds(30);

    public static AlertTelling None { get; } = new(Alerts: null, default);

    public static AlertTelling Of(AlertSweep sweep) => new(sweep.Planner.Alerts, sweep.Now);

    public bool Covers(AlertSweep sweep) => ReferenceEquals(sweep.Planner.Alerts, Alerts) && sweep.Now >= At && sweep.Now - At < Pause;
}
