namespace WhatsSession.Storage.InMemory;

/// <summary>Looks at the conversations that are due, and raises the alerts that are.</summary>
internal static class InMemorySweep
{
    /// <returns>How many alerts were raised.</returns>
    public static int Run(InMemoryState state, AlertSweep sweep)
    {
        var raised = 0;
        var told = state.Time.AsOf(sweep.Now);
        if (state.Alerts.IsToTell(sweep.Planner.Alerts, sweep.Now))
        {
            foreach (var added in state.Alerts.Tell(sweep.Planner.Alerts, told))
            {
                state.Windows.ArmAll(added, told);
            }
        }

        if (!state.Windows.AnyDue(sweep.Now))
        {
            return 0;
        }

        var alerts = state.Alerts.Read(sweep.Now);
        foreach (var (conversation, from) in state.Windows.TakeDue(sweep.Now, sweep.Limit))
        {
            var holder = state.Conversations.ReadHolder(conversation);
            var plan = sweep.Planner.Plan(new AlertCheck(holder.Conversation, holder.State, holder.State, from, sweep.Now), alerts);
            if (plan.NextCheck is { } next)
            {
                state.Windows.Arm(conversation, next);
            }

            raised += plan.Due.Count(state.Inbox.Enqueue);
        }

        return raised;
    }
}
