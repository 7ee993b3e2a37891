using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Hosting;

/// <summary>The one line that says what runs here: whoever set it up sees what came of it.</summary>
internal sealed class StartLine(WhatsSessionSettings settings, HandlerSet handlers, IWhatsSessionStore store, ILogger<WhatsSessionRuntime> log)
{
    // Whoever has a thousand numbers looks elsewhere.
    private const int MostListed = 10;

    /// <param name="endpoints">Where webhooks are accepted, as mapped.</param>
    public void Write(IReadOnlyList<string> endpoints)
    {
        if (log.IsEnabled(LogLevel.Information))
        {
            log.Started(
                TelemetryNames.Version,
                List(settings.ByName.Values.Select(static number => $"{number.Name} ({number.Id.Value})").Order(StringComparer.Ordinal), "none"),
                store.ToString() ?? "",
                List(handlers.All.Select(static handler => handler.Name), "none"),
                Describe(settings.Policy),
                $"{settings.Graph.BaseAddress.AbsoluteUri.TrimEnd('/')} {settings.Graph.Version}",
                List(endpoints, "no address is mapped"));
        }

        foreach (var number in settings.ByName.Values.Where(static number => IdText.MayBePhone(number.Id.Value)))
        {
            log.NumberMayBePhone(number.Name, number.Id);
        }
    }

    private static string Describe(SendPolicy policy) => policy.Enabled
        ? $"on, margin {policy.Margin.ToTimeSpan():c}, without history {policy.NoHistory}, without the store {policy.StoreUnavailable}"
        : "off";

    private static string List(IEnumerable<string> all, string none)
    {
        var listed = all.ToList();
        return listed.Count == 0 ? none
            : listed.Count <= MostListed ? string.Join(", ", listed)
            : FormattableString.Invariant($"{string.Join(", ", listed.Take(MostListed))} and {listed.Count - MostListed} more");
    }
}
