using System.Text.Json.Nodes;
using CsCheck;

namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>What holds for every sample.</summary>
public sealed class ReaderSampleTests
{
    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Read_Sample_YieldsEventsWithoutProblem(string name)
    {
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(Sample.Webhook(name), events).Should().BeNull();

        events.Should().NotBeEmpty();
        events.Should().OnlyContain(received => received.Key != default && !received.Raw.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Read_MinifiedSample_SaysTheSame(string name) =>
        Texts(Sample.Minified(name)).Should().Equal(Texts(Sample.Webhook(name)));

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Read_KeysInAnyOrder_SaysTheSame(string name)
    {
        var payload = Sample.Webhook(name);
        var expected = Texts(payload);
        Gen.Int.Sample(seed => Texts(Shuffled(payload, new Random(seed))).SequenceEqual(expected, StringComparer.Ordinal), iter: 60, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Read_NumbersAsStringsAndStringsAsNumbers_SaysTheSame(string name)
    {
        var payload = Sample.Webhook(name);

        Texts(Sample.Utf8(Swapped(JsonNode.Parse(payload))!.ToJsonString())).Should().Equal(Texts(payload));
    }

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Read_Sample_RawIsACopyOfTheSlice(string name)
    {
        var payload = Sample.Webhook(name);
        var events = Payload.Events(payload);
        var whole = System.Text.Encoding.UTF8.GetString(payload);
        var slices = events.ConvertAll(received => received.Raw.ToArray());

        slices.Should().OnlyContain(slice => whole.Contains(System.Text.Encoding.UTF8.GetString(slice), StringComparison.Ordinal));
        Array.Clear(payload);
        events.Select(received => received.Raw.ToArray()).Should().BeEquivalentTo(slices, options => options.WithStrictOrdering());
    }

    [Theory]
    [MemberData(nameof(Sample.Webhooks), MemberType = typeof(Sample))]
    public void Restore_EventOfSample_IsTheSameEvent(string name)
    {
        foreach (var received in Payload.Events(Sample.Webhook(name)))
        {
            EventText.Of(WebhookReader.Restore(Payload.Kept(received))).Should().Be(EventText.Of(received));
        }
    }

    [Fact]
    public void Read_SampleTwice_GivesTheSameKeys()
    {
        foreach (var name in Sample.NamesIn("webhooks"))
        {
            Payload.Events(Sample.Webhook(name)).Select(received => received.Key)
                .Should().Equal(Payload.Events(Sample.Webhook(name)).Select(received => received.Key), name);
        }
    }

    /// <summary>Sorted, because messages and statuses of one value may change places.</summary>
    private static List<string> Texts(byte[] payload)
    {
        var texts = Payload.Events(payload).ConvertAll(EventText.WithoutRaw);
        texts.Sort(StringComparer.Ordinal);
        return texts;
    }

    private static byte[] Shuffled(byte[] payload, Random random) => Sample.Utf8(Shuffled(JsonNode.Parse(payload), random)!.ToJsonString());

    private static JsonNode? Shuffled(JsonNode? node, Random random)
    {
        switch (node)
        {
            case JsonObject properties:
                var entries = properties.Select(entry => KeyValuePair.Create(entry.Key, Shuffled(entry.Value, random))).ToArray();
                random.Shuffle(entries);
                return new JsonObject(entries);
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Shuffled(item, random))]);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Whole numbers become texts, and ids and times become numbers where JSON can hold them.</summary>
    private static JsonNode? Swapped(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject properties:
                return new JsonObject(properties.Select(entry => KeyValuePair.Create(entry.Key, Swapped(entry.Value))));
            case JsonArray items:
                return new JsonArray([.. items.Select(Swapped)]);
            case JsonValue value when value.TryGetValue<long>(out var number):
                return JsonValue.Create(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case JsonValue value when value.TryGetValue<string>(out var text) && text.Length is > 0 and < 18 && text[0] != '0' && text.All(char.IsAsciiDigit):
                return JsonValue.Create(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            default:
                return node?.DeepClone();
        }
    }
}
