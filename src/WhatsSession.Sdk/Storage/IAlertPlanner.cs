namespace WhatsSession.Storage;

/// <summary>Knows the kinds of alerts, which stores do not: what is due of them, and when to look again.</summary>
public interface IAlertPlanner
{
    /// <summary>The alerts that this host plans and takes.</summary>
    IReadOnlyCollection<PlannedAlert> Alerts { get; }

    /// <summary>Plans the alerts of a conversation. Pure: the same question has the same answer on every host, so that whichever asks plans for all.</summary>
    /// <param name="check">What is known of the conversation, and the span of time.</param>
    /// <param name="alerts">What any host plans, those of this one among them. Kinds that are not known here are passed over.</param>
    AlertPlan Plan(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts);
}
