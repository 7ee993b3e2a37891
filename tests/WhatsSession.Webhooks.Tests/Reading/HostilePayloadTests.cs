namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>Nothing in a payload makes the reader throw, and what it says of a bad one holds none of its content.</summary>
public sealed class HostilePayloadTests
{
    [Theory]
    [InlineData("caf\\u00e9 \\u2615", "café ☕")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("a\\ud83dz", "a�z")]
    [InlineData("\\ude00\\ud83d", "��")]
    [InlineData("\\u0000", "\0")]
    [InlineData("\\n\\r\\t\\b\\f\\\"\\\\\\/", "\n\r\t\b\f\"\\/")]
    [InlineData("plain é 😀", "plain é 😀")]
    [InlineData("é\\n😀", "é\n😀")]
    public void Read_Escapes_GivesTheText(string escaped, string expected) =>
        Payload.Single<TextReceived>(Payload.Message($$"""
            "type":"text","text":{"body":"{{escaped}}"}
            """)).Text.Should().Be(expected);

    [Theory]
    [InlineData("\"true\"", true)]
    [InlineData("\"\\u0074rue\"", true)]
    [InlineData("\"\\ud800\"", false)]
    public void Read_TextWhereTrueOrFalseBelongs_NeverThrows(string voice, bool expected) =>
        Payload.Single<AudioReceived>(Payload.Message($"\"type\":\"audio\",\"audio\":{{\"id\":\"1\",\"voice\":{voice}}}")).IsVoice.Should().Be(expected);

    [Fact]
    public void Read_EscapedPropertyNames_AreTheSameNames() =>
        Payload.Single<TextReceived>(Payload.Message("\"\\u0074ype\":\"text\",\"t\\u0065xt\":{\"b\\u006fdy\":\"x\"}")).Text.Should().Be("x");

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF0, 0x9F })]
    public void Read_BadUtf8_ReplacesIt(byte[] bad)
    {
        var payload = Payload.Text("AB");
        var at = payload.AsSpan().IndexOf("AB"u8);
        byte[] broken = [.. payload[..(at + 1)], .. bad, .. payload[(at + 1)..]];

        Payload.Single<TextReceived>(broken).Text.Should().StartWith("A").And.Contain("�").And.EndWith("B");
    }

    [Fact]
    public void Read_BadUtf8BesideEscapes_ReplacesIt()
    {
        var payload = Payload.Text("\nAB");
        var at = payload.AsSpan().IndexOf("AB"u8);
        byte[] broken = [.. payload[..(at + 1)], 0xFF, .. payload[(at + 1)..]];

        Payload.Single<TextReceived>(broken).Text.Should().Be("\nA�B");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("<html>")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[1] 2")]
    [InlineData("{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"text\":{\"body\":\"a\0b\"}}]}}]}]}")]
    public void Read_NotJson_SaysSo(string payload)
    {
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(Sample.Utf8(payload), events).Should().StartWith("The payload is not JSON");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"text\"")]
    [InlineData("{\"entry\":null}")]
    [InlineData("{\"entry\":{}}")]
    [InlineData("{\"entry\":[]}")]
    [InlineData("{\"entry\":[{\"changes\":{}}]}")]
    [InlineData("{\"entry\":[null]}")]
    [InlineData("{\"entry\":[{\"changes\":[null]}]}")]
    [InlineData("{\"entry\":[{\"changes\":[{}]}]}")]
    [InlineData("{\"entry\":[{\"changes\":[{\"value\":null,\"field\":\"messages\"}]}]}")]
    [InlineData("{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[]},\"field\":\"messages\"}]}]}")]
    [InlineData("{\"entry\":[{\"changes\":[{\"value\":{\"messages\":{}},\"field\":\"messages\"}]}]}")]
    [InlineData("{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[3]},\"field\":\"messages\"}]}]}")]
    [InlineData("{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[\"x\"]},\"field\":[]}]}]}")]
    public void Read_OtherShape_IsOneUnknownEvent(string payload) =>
        Payload.Single<UnknownEvent>(Sample.Utf8(payload)).Raw.IsEmpty.Should().BeFalse();

    [Theory]
    [InlineData("\"type\":\"text\"")]
    [InlineData("\"type\":\"text\",\"text\":null")]
    [InlineData("\"type\":\"text\",\"text\":\"bare\"")]
    [InlineData("\"type\":\"text\",\"text\":[{\"body\":\"x\"}]")]
    [InlineData("\"type\":\"image\",\"image\":7")]
    [InlineData("\"type\":{\"a\":1}")]
    [InlineData("\"type\":\"interactive\"")]
    [InlineData("\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\"}")]
    [InlineData("\"type\":\"interactive\",\"interactive\":{\"button_reply\":{\"id\":\"1\"}}")]
    public void Read_MessageOfOtherShape_IsUnknownMessage(string properties) =>
        Payload.Single<UnknownMessage>(Payload.Message(properties)).MessageId.Value.Should().Be("wamid.X");

    [Fact]
    public void Read_DeepNesting_IsAnUnknownMessage() =>
        Payload.Single<UnknownMessage>(Payload.Message($"\"type\":\"x\",\"x\":{new string('[', 100_000)}{new string(']', 100_000)}"));

    [Fact]
    public void Read_TruncatedAtEveryByte_NeverThrowsAndNeverQuotes()
    {
        foreach (var name in (string[])["inbound-text", "batch-several-entries-numbers", "status-group-aggregated", "inbound-interactive-list-reply"])
        {
            var payload = Sample.Minified(name);
            for (var length = 0; length < payload.Length; length++)
            {
                var events = new List<WhatsAppEvent>();

                var problem = WebhookReader.Read(payload.AsSpan(0, length), events);

                problem.Should().MatchRegex(@"^The payload is not JSON \(line \d+, byte \d+\)\.$");
                events.TrueForAll(received => received.Key != default).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void Read_CutAfterAWholeEntry_KeepsItsEvents()
    {
        var payload = Sample.Utf8("""{"entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"a","type":"text","text":{"body":"1"}}]}}]},{"id":""");
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(payload, events).Should().NotBeNull();

        events.Should().ContainSingle().Which.Should().BeOfType<TextReceived>();
    }

    [Theory]
    [InlineData("\"type\":\"text\",\"text\":{\"body\":\"{0}\"}")]
    [InlineData("\"type\":\"image\",\"image\":{\"id\":\"1\",\"caption\":\"{0}\"}")]
    [InlineData("\"type\":\"edit\",\"edit\":{\"message\":{\"type\":\"text\",\"text\":{\"body\":\"{0}\"}}}")]
    public void Read_ThreeMegabytesOfText_CopiesThemOnce(string message)
    {
        var payload = Payload.Message(message.Replace("{0}", new string('x', 3_000_000), StringComparison.Ordinal));
        Payload.Events(payload);
        var events = new List<WhatsAppEvent>(1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        WebhookReader.Read(payload, events);

        // The slice is kept; the string, at two bytes a character, is made when somebody asks for it.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(payload.Length + 10_000);
    }

    [Fact]
    public void Text_OfThreeMegabytes_IsMadeOnceAndTakesTwiceItsSize()
    {
        var text = Payload.Single<TextReceived>(Payload.Text(new string('x', 3_000_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        text.Text.Should().BeSameAs(text.Text);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeInRange(6_000_000, 6_100_000);
    }

    [Fact]
    public void ToString_OfEvents_HasNoContent()
    {
        foreach (var name in Sample.NamesIn("webhooks"))
        {
            foreach (var received in Payload.Events(Sample.Webhook(name)))
            {
                received.ToString().Should().MatchRegex("^[A-Za-z]+ [0-9a-f]{32}$");
            }
        }
    }
}
