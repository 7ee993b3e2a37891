using System.Text;
using WhatsSession.Storage;

namespace WhatsSession.StoreConformance;

/// <summary>Plans alerts of an invented kind, which no store can know: once a window, so long before it closes.</summary>
/// <param name="leads">How long before.</param>
internal sealed class SamplePlanner(params Duration[] leads) : IAlertPlanner
{
    /// <summary>The kind.</summary>
    public const string Kind = "sample_alert";

    /// <inheritdoc />
    public IReadOnlyCollection<PlannedAlert> Alerts { get; } = [.. leads.Select(Planned)];

    /// <summary>The alert of a lead.</summary>
    public static PlannedAlert Planned(Duration lead) => new(Kind, CustomerServiceWindow.Length - lead);

    /// <summary>The event of an alert.</summary>
    public static StoredEvent ToEvent(ConversationKey conversation, Instant anchor, PlannedAlert alert, Instant now)
    {
        var id = FormattableString.Invariant($"{conversation.Party}|{anchor.ToUnixTimeSeconds()}|{alert}");
        return new StoredEvent
        {
            Key = EventKey.Of(conversation.Number.Value, EventLane.Alert, id),
            Lane = EventLane.Alert,
            Field = alert.Kind,
            Number = conversation.Number,
            Conversation = conversation,
            Timestamp = now,
            ReceivedAt = now,
            Facts = new EventFacts { Alert = alert },
            Raw = Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"after":{{(long)(now - anchor).TotalSeconds}}}""")),
        };
    }

    /// <inheritdoc />
    public AlertPlan Plan(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        if (check.After.LastInbound is not { } anchor || check.After.IsDenied)
        {
            return AlertPlan.Nothing;
        }

        var known = alerts.Where(static alert => string.Equals(alert.Kind, Kind, StringComparison.Ordinal)).ToArray();
        var later = known.Select(alert => anchor + alert.Delay).Where(at => at > check.Now).ToArray();
        return new AlertPlan(
            [.. known.Where(alert => anchor + alert.Delay >= check.From && anchor + alert.Delay <= check.Now).Select(alert => ToEvent(check.Conversation, anchor, alert, check.Now))],
            later.Length == 0 ? null : later.Min());
    }
}
