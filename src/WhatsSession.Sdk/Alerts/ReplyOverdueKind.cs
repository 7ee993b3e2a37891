using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>
/// Plans <see cref="ReplyOverdue"/>: one for each wait of a customer. It goes into the outbox at the first look at a customer who waits, which comes in time
/// for any wait. Since when the customer waits, and which hours count, is asked when it is delivered. Until then it waits there, and it is void with an answer.
/// </summary>
/// <param name="rule">Which answers count.</param>
internal sealed class ReplyOverdueKind(OverdueRule rule) : AlertKind(rule.Kind)
{
    public override void PlanTime(in AlertCheck check, PlannedAlert alert, Planning planning)
    {
        var state = check.After;
        if (state.LastInbound is not { } anchor || !rule.Awaits(in state))
        {
            return;
        }

        // Only for the next look: what is due is not a matter of the last one.
        planning.IsDue(in check, anchor + alert.Delay);
        planning.Raise(new WindowAlert(alert, check.Conversation, anchor, IsLate: false) { AnsweredUntil = rule.AnsweredUntil(in state) }.ToEvent(check.Now));
    }

    public override void PlanInbound(in AlertCheck check, PlannedAlert alert, IReadOnlyCollection<PlannedAlert> alerts, Planning planning)
    {
        // A customer who writes again goes on waiting.
    }
}
