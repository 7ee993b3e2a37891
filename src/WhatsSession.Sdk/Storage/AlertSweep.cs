using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A pass over the conversations that are due to be checked for alerts.</summary>
/// <param name="Now">The moment, on the injected clock.</param>
/// <param name="Planner">
/// Plans them. The store remembers its <see cref="IAlertPlanner.Alerts"/> for <see cref="Retention.Horizon"/> and asks it about those of every host.
/// </param>
/// <param name="Limit">The maximum number of conversations to check. With zero it only tells the store what this host plans.</param>
public sealed record AlertSweep(Instant Now, IAlertPlanner Planner, int Limit)
{
    /// <inheritdoc cref="AlertSweep(Instant, IAlertPlanner, int)" path="/param[@name='Planner']" />
    public IAlertPlanner Planner { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Planner is null."); } =
        Planner ?? throw new ArgumentNullException(nameof(Planner));
}
