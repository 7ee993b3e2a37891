using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>A handler of the alerts that a window is about to close, for one lead or several.</summary>
internal sealed class WindowClosingBinding(string name, IReadOnlyList<Duration> leads, Func<Received<WindowClosing>, CancellationToken, Task> handler)
    : HandlerBinding<WindowClosing>(name, handler)
{
    /// <summary>What a handler without a lead of its own gets: 4 hours and 1 hour.</summary>
    public static IReadOnlyList<Duration> DefaultLeads { get; } = [Duration.FromHours(4), Duration.FromHours(1)];

    public override IEnumerable<PlannedAlert> Alerts => leads.Select(WindowAlert.Planned);

    public override bool Accepts(WhatsAppEvent received, BusinessNumber? number) =>
        received is WindowClosing closing && leads.Contains(closing.Lead) && base.Accepts(received, number);
}
