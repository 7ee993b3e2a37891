using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsSession.Sdk.Tests.Json;

[WithoutEmulator("JSON of events that are made by hand: no Meta is in it.")]
public sealed class JsonEventTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Webhooks => Sample.Webhooks;

    [Theory]
    [MemberData(nameof(Webhooks))]
    public void Serialize_EventsOfEverySample_AreReadable(string name)
    {
        var events = new List<WhatsAppEvent>();
        WebhookReader.Read(Sample.Webhook(name), events);

        foreach (var received in events)
        {
            var json = JsonSerializer.SerializeToNode(received, received.GetType(), Web)!;

            JsonNode.DeepEquals(json["raw"], JsonNode.Parse(received.Raw.Span)).Should().BeTrue();
            json["timestamp"]!.GetValue<string>().Should().MatchRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$");
            json["key"]!.GetValue<string>().Should().Be(received.Key.ToString());
            RemoveRaw(json);
            UnreadableJson.In(json).Should().BeEmpty(because: $"{received.GetType().Name} is {json}");
        }
    }

    [Fact]
    public void Deserialize_EventKey_IsTheSame()
    {
        var key = EventKey.Of("314159265358979", EventLane.Live, "wamid.1");

        JsonSerializer.Deserialize<EventKey>(JsonSerializer.Serialize(key)).Should().Be(key);
    }

    // What Meta sent may hold anything.
    private static void RemoveRaw(JsonNode? json)
    {
        if (json is JsonObject fields)
        {
            fields.Remove("raw");
            foreach (var (_, value) in fields)
            {
                RemoveRaw(value);
            }
        }
    }
}
