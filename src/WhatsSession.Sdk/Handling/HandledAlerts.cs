using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>The alerts that handlers want.</summary>
internal static class HandledAlerts
{
    public static IAlertPlanner PlannerOf(IEnumerable<HandlerBinding> handlers) =>
        new WindowClosingPlanner(handlers.Select(static handler => handler.AlertLead).OfType<TimeSpan>().Select(Duration.FromTimeSpan));
}
