using System.Diagnostics.Metrics;

namespace WhatsSession;

/// <summary>What is counted of webhooks, under the meter <c>WhatsSession</c>.</summary>
internal static class WebhookMetrics
{
    private static readonly Meter Meter = new("WhatsSession");

    private static readonly Counter<long> UnknownEvents =
        Meter.CreateCounter<long>("whatssession.webhooks.unknown", "{event}", "Events and messages of kinds that this version does not know.");

    private static readonly Counter<long> IgnoredClocks =
        Meter.CreateCounter<long>("whatssession.clock.ignored", "{sample}", "Answers of Meta whose time was more than two minutes from ours, so that the guard went by our clock.");

    /// <summary>Counts the event if it is of a kind that this version does not know.</summary>
    public static void Count(WhatsAppEvent read)
    {
        if ((read.Inner ?? read) is UnknownEvent or UnknownMessage)
        {
            UnknownEvents.Add(1);
        }
    }

    /// <summary>Counts that Meta's clock was too far from ours to be believed.</summary>
    public static void CountIgnoredClock() => IgnoredClocks.Add(1);
}
