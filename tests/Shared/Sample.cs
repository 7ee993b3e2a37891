using System.Text;
using System.Text.Json.Nodes;

namespace WhatsSession.Tests;

/// <summary>The payloads, requests and answers under <c>Samples</c>, which were written from Meta's documentation.</summary>
internal static class Sample
{
    public static TheoryData<string> Webhooks => [.. NamesIn("webhooks")];

    public static TheoryData<string> Responses => [.. NamesIn("responses")];

    public static IReadOnlyList<string> NamesIn(string folder) =>
        [.. Directory.GetFiles(Folder(folder), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    public static byte[] Webhook(string name) => Read("webhooks", name);

    public static byte[] Request(string name) => Read("requests", name);

    public static byte[] Response(string name) => Read("responses", name);

    public static byte[] Minified(string name) => Utf8(JsonNode.Parse(Webhook(name))!.ToJsonString());

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    private static byte[] Read(string folder, string name) => File.ReadAllBytes(Path.Combine(Folder(folder), name + ".json"));

    private static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Samples", name);
}
