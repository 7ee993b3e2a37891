namespace WhatsSession.Storage;

/// <summary>Knows the kinds of alerts, so that stores need not: which alerts are due, and when to check again.</summary>
public interface IAlertPlanner
{
    /// <summary>The alerts that this host plans and takes.</summary>
    IReadOnlyCollection<PlannedAlert> Alerts { get; }

    /// <summary>Plans the alerts of a conversation. Pure: the same question has the same answer on every host, so that each host can plan for all.</summary>
    /// <param name="check">What is known about the conversation, and the period of time.</param>
    /// <param name="alerts">The alerts that any host plans, including this one. Kinds that are not known here are ignored.</param>
    AlertPlan Plan(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts);
}
