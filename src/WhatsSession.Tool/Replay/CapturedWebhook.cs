using System.Globalization;
using System.Text.Json;

namespace WhatsSession.Tool.Replay;

/// <summary>A webhook body that was captured.</summary>
/// <param name="Source">The file it is from, and the line or item.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Contents">What is in it, by field, without anything personal.</param>
/// <param name="Newest">The newest time in it; null when it has none.</param>
internal sealed record CapturedWebhook(string Source, byte[] Body, string Contents, DateTimeOffset? Newest)
{
    private static readonly string[] Arrays = ["messages", "statuses", "message_echoes", "calls", "user_preferences", "history"];

    /// <summary>Null when the JSON is no webhook of Meta's: it has no array <c>entry</c>.</summary>
    public static CapturedWebhook? Of(string source, byte[] body, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("entry", out var entries) || entries.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        DateTimeOffset? newest = null;
        foreach (var change in entries.EnumerateArray().SelectMany(static e => Items(e, "changes")))
        {
            var field = change.TryGetProperty("field", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "?";
            var value = change.TryGetProperty("value", out var v) ? v : default;
            var items = Arrays.SelectMany(a => Items(value, a).Select(i => (Array: a, Item: i))).ToList();
            if (items.Count == 0)
            {
                Count(field);
            }

            foreach (var (array, item) in items)
            {
                Count(array == field ? array : $"{field}: {array}");
                if (Time(item) is { } at && !(newest >= at))
                {
                    newest = at;
                }
            }
        }

        return new(source, body, string.Join(", ", counts.Select(static c => c.Value == 1 ? c.Key : $"{c.Key} ×{c.Value}")), newest);

        void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(static i => i.ValueKind == JsonValueKind.Object)
            : [];

    private static DateTimeOffset? Time(JsonElement item) =>
        item.TryGetProperty("timestamp", out var time)
        && long.TryParse(time.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
