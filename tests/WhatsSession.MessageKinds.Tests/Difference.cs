using System.Globalization;
using System.Text.Json.Nodes;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>Where two requests differ, by path. The order of properties means nothing.</summary>
internal static class Difference
{
    public static IEnumerable<string> Between(JsonNode? ours, JsonNode? theirs, string path = "")
    {
        switch (ours, theirs)
        {
            case (JsonObject one, JsonObject other):
                return one.Select(entry => entry.Key).Union(other.Select(entry => entry.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .SelectMany(key => Between(one[key], other[key], path.Length == 0 ? key : $"{path}.{key}"));
            case (JsonArray one, JsonArray other) when one.Count == other.Count:
                return one.SelectMany((item, i) => Between(item, other[i], path + "[]"));
            case (JsonArray, JsonValue text) when text.TryGetValue<string>(out var json) && json.StartsWith('['):
                return Between(ours, JsonNode.Parse(json), path).Prepend($"{path} as a text");
            default:
                return JsonNode.DeepEquals(ours, theirs) ? [] : [string.Create(CultureInfo.InvariantCulture, $"{path}: {Show(ours)}, not {Show(theirs)}")];
        }
    }

    private static string Show(JsonNode? node) => node is null ? "absent" : node.ToJsonString();
}
