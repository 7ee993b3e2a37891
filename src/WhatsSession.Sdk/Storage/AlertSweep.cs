using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A pass over the conversations that are to be looked at for alerts.</summary>
/// <param name="now">The moment, on the injected clock.</param>
/// <param name="planner">Plans them.</param>
/// <param name="limit">The most conversations to look at; zero only tells the store what this host plans.</param>
public sealed class AlertSweep(Instant now, IAlertPlanner planner, int limit)
{
    /// <summary>The moment, on the injected clock.</summary>
    public Instant Now { get; } = now;

    /// <summary>
    /// Plans them. The store remembers its <see cref="IAlertPlanner.Alerts"/> for <see cref="Retention.Horizon"/> and asks it about those of every host.
    /// </summary>
    public IAlertPlanner Planner { get; } = planner;

    /// <summary>The most conversations to look at.</summary>
    public int Limit { get; } = limit;
}
