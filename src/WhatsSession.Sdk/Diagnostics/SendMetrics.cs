using System.Diagnostics.Metrics;

namespace WhatsSession;

/// <summary>What is counted of sends, under the meter <c>WhatsSession</c>.</summary>
internal static class SendMetrics
{
    private static readonly Meter Meter = new("WhatsSession");

    private static readonly Counter<long> Disagreements =
        Meter.CreateCounter<long>("whatssession.guard.disagreements", "{message}", "Session messages that the guard let through and Meta refused because the window is closed (131047).");

    /// <summary>Counts that Meta saw the window otherwise than the guard.</summary>
    /// <param name="isSynchronous">Whether Meta said so in its answer; otherwise in a status.</param>
    public static void CountDisagreement(bool isSynchronous) => Disagreements.Add(1, new KeyValuePair<string, object?>("whatssession.refusal", isSynchronous ? "answer" : "status"));
}
