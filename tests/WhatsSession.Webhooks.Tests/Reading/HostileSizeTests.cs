using System.Text;

namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>Payloads made to cost more than they are: what they make the reader allocate is held to their size.</summary>
public sealed class HostileSizeTests
{
    private const int Size = 3_000_000;

    public static TheoryData<string> Kinds => [.. Made.Keys];

    private static Dictionary<string, Func<byte[]>> Made { get; } = new(StringComparer.Ordinal)
    {
        ["empty messages"] = () => Payload.Of("{\"messages\":[" + Many("{}") + "]}"),
        ["empty statuses"] = () => Payload.Of("{\"statuses\":[" + Many("{}") + "]}"),
        ["empty contacts"] = () => Payload.Of("{\"contacts\":[" + Many("{}") + "],\"messages\":[{\"id\":\"a\"}]}"),
        ["empty errors"] = () => Payload.Of("{\"errors\":[" + Many("{}") + "]}"),
        ["scalars for messages"] = () => Payload.Of("{\"messages\":[" + Many("1") + "]}"),
        ["empty calls"] = () => Payload.Of("{\"calls\":[" + Many("{}") + "]}", "calls"),
        ["empty standby"] = () => Payload.Of("{\"standby\":{\"messages\":[" + Many("{}") + "]}}", "standby"),
        ["empty threads"] = () => Payload.Of("{\"history\":[{\"threads\":[" + Many("{}") + "]}]}", "history"),
        ["empty items"] = () => Payload.Message("\"type\":\"order\",\"order\":{\"product_items\":[" + Many("{}") + "]}"),
        ["empty cards"] = () => Payload.Message("\"type\":\"contacts\",\"contacts\":[" + Many("{}") + "]"),
        ["empty changes"] = () => Sample.Utf8("{\"entry\":[{\"changes\":[" + Many("{}") + "]}]}"),
        ["empty entries"] = () => Sample.Utf8("{\"entry\":[" + Many("{}") + "]}"),
        ["repeated changes"] = () => Sample.Utf8("{\"entry\":[{" + Many("\"changes\":[]") + "}]}"),
        ["repeated fields"] = () => Sample.Utf8("{\"entry\":[{\"changes\":[{" + Many("\"field\":\"x\",\"value\":{}") + "}]}]}"),
        ["unknown names"] = () => Payload.Of("{" + string.Join(',', Enumerable.Range(0, Size / 12).Select(i => $"\"k{i}\":1")) + "}"),
        ["escaped names"] = () => Payload.Message(Many("\"\\u0061b\":1")),
        ["a number of three million digits"] = () => Payload.Message("\"type\":\"text\",\"timestamp\":" + new string('9', Size)),
        ["a number for an id"] = () => Payload.Message("\"type\":\"text\",\"from_user_id\":" + new string('9', Size)),
        ["a number that is out of range"] = () => Payload.Message("\"type\":\"location\",\"location\":{\"latitude\":1e" + new string('9', Size) + "}"),
        ["NUL"] = () => Payload.Message("\"type\":\"text\",\"id\":\"" + string.Concat(Enumerable.Repeat("\\u0000", Size / 6)) + "\""),
        ["lone surrogates for an id"] = () => Payload.Message("\"type\":\"text\",\"id\":\"" + string.Concat(Enumerable.Repeat("\\ud800", Size / 6)) + "\""),
        ["bad UTF-8 for an id"] = () => [.. Sample.Utf8("{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"id\":\""), .. Enumerable.Repeat((byte)0xFF, Size), .. Sample.Utf8("\"}]},\"field\":\"messages\"}]}]}")],
        ["bytes"] = () => [.. Enumerable.Repeat((byte)0xFF, Size)],
        ["spaces"] = () => [.. Enumerable.Repeat((byte)' ', Size)],
        ["nested 10,000 deep"] = () => Payload.Message($"\"type\":\"x\",\"x\":{new string('[', 10_000)}{new string(']', 10_000)}"),
        ["nested to its end"] = () => Payload.Of("{\"messages\":[{\"type\":\"x\",\"x\":" + new string('[', Size)),
        ["unknown arrays"] = () => Payload.Of("{\"a\":[0]," + Many("\"b\":[1]") + "}"),
        ["unknown arrays behind a value"] = () => Payload.Of("{\"messages\":[{}]," + Many("\"b\":[1]") + "}", "history"),
        ["edits of edits"] = () => Payload.Message("\"type\":\"edit\"," + string.Concat(Enumerable.Repeat("\"edit\":{\"message\":{\"type\":\"edit\",", 10_000)) + "\"a\":1" + new string('}', 20_000)),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_Hostile_AllocatesAtMostTwiceItsSize(string kind)
    {
        var payload = Made[kind]();
        WebhookReader.Read(payload, new List<WhatsAppEvent>());
        var events = new List<WhatsAppEvent>(20_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        WebhookReader.Read(payload, events);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan((2L * payload.Length) + 100_000);
    }

    [Fact]
    public void Read_MoreEventsThanBytesCanHold_SaysSoAndKeepsTheFirst()
    {
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(Made["empty messages"](), events).Should().Be("The payload has more than 17046 events and contacts.");

        events.Should().HaveCount(17_046);
    }

    private static string Many(string element)
    {
        var count = Size / (element.Length + 1);
        var text = new StringBuilder(Size);
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(element);
        }

        return text.ToString();
    }
}
