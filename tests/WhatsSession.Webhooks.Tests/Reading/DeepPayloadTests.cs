using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;

namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>Nothing that is read follows nesting on the stack: every known name inside itself, and inside its parent again and again. A recursion without end would end the process.</summary>
public sealed class DeepPayloadTests
{
    private const int Depth = 4_000;

    private const string Mark = "the mark";

    private const string Made = "made ";

    public static TheoryData<string> Payloads => [.. Sample.NamesIn("webhooks"), .. MadePayloads.All.Select((_, i) => Made + i)];

    // One name in one place is tried once, however many samples have it.
    private static readonly HashSet<string> Tried = new(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Read_EveryNameInsideItself_NeitherOverflowsNorThrows(string name)
    {
        var payload = name.StartsWith(Made, StringComparison.Ordinal) ? MadePayloads.All[int.Parse(name.AsSpan(Made.Length), CultureInfo.InvariantCulture)] : Sample.Webhook(name);
        var root = JsonNode.Parse(payload)!;
        var field = root["entry"]?[0]?["changes"] is JsonArray { Count: > 0 } changes ? changes[0]!["field"]?.GetValue<string>() ?? "" : "";
        var nested = from property in Properties(root).ToList()
                     from levels in (int[])[1, 2]
                     where IsNew($"{field} {levels} {Path(property.Owner)} {property.Key}")
                     let text = Nested(root, property.Owner, property.Key, levels)
                     where text is not null
                     select Sample.Utf8(text);

        OnSmallStack(nested.ToList(), static text =>
        {
            var events = new List<WhatsAppEvent>();
            WebhookReader.Read(text, events).Should().BeNull();
            events.ForEach(static read => WebhookReader.Restore(Payload.Kept(read)).GetType().Should().Be(read.GetType()));
        });
    }

    private static void OnSmallStack(List<byte[]> texts, Action<byte[]> read)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    texts.ForEach(read);
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static bool IsNew(string place)
    {
        lock (Tried)
        {
            return Tried.Add(place);
        }
    }

    /// <summary>The payload with the value of a property put into itself, with as many of the names above it between as are asked for.</summary>
    private static string? Nested(JsonNode root, JsonObject owner, string key, int levels)
    {
        var value = owner[key];
        var open = Open(value) + $"\"{key}\":";
        var close = Close(value);
        for (JsonNode at = owner; --levels > 0;)
        {
            var (parent, name) = at.Parent is JsonArray array ? (array.Parent as JsonObject, array.GetPropertyName()) : (at.Parent as JsonObject, at.Parent is JsonObject ? at.GetPropertyName() : "");
            if (parent is null)
            {
                return null;
            }

            var inner = parent[name];
            open = Open(value) + $"\"{name}\":" + Open(inner) + $"\"{key}\":";
            close = Close(inner) + Close(value);
            at = parent;
        }

        var innermost = value?.ToJsonString() ?? "null";
        owner[key] = Mark;
        var text = root.ToJsonString().Replace($"\"{Mark}\"", string.Concat(Enumerable.Repeat(open, Depth)) + innermost + string.Concat(Enumerable.Repeat(close, Depth)), StringComparison.Ordinal);
        owner[key] = value;
        return text;
    }

    private static string Open(JsonNode? value) => value is JsonArray ? "[{" : "{";

    private static string Close(JsonNode? value) => value is JsonArray ? "}]" : "}";

    private static string Path(JsonNode node) => string.Join('.', node.GetPath().Split('.').Select(part => part.Split('[')[0]));

    private static IEnumerable<(JsonObject Owner, string Key)> Properties(JsonNode? node) => node switch
    {
        JsonObject owner => owner.SelectMany(property => Properties(property.Value).Prepend((owner, property.Key))),
        JsonArray items => items.SelectMany(Properties),
        _ => [],
    };
}
