using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>A handler of overdue replies.</summary>
internal sealed class ReplyOverdueBinding(
    string name, Duration after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, CancellationToken, Task> handler)
    : HandlerBinding<ReplyOverdue>(name, handler)
{
    /// <summary>What a handler without a time of its own gets: an hour.</summary>
    public static Duration DefaultAfter { get; } = Duration.FromHours(1);

    public IBusinessCalendar? Calendar => options.Calendar;

    public PlannedAlert Alert { get; } = new OverdueRule(options.PeopleOnly, options.Calendar is not null).Planned(after);

    public override IEnumerable<PlannedAlert> Alerts => [Alert];

    /// <summary>Whether another handler may get the same alerts.</summary>
    public bool Overlaps(ReplyOverdueBinding other) =>
        Alert == other.Alert && (Number is null || other.Number is null || string.Equals(Number, other.Number, StringComparison.OrdinalIgnoreCase));

    public override bool Accepts(WhatsAppEvent received, BusinessNumber? number) =>
        received is ReplyOverdue overdue && overdue.Rule.Planned(overdue.After) == Alert && base.Accepts(received, number);
}
