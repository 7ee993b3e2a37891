namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>One event that cannot be read takes no other with it.</summary>
public sealed class BrokenPayloadTests
{
    private const string Metadata = "\"metadata\":{\"phone_number_id\":\"314159265358979\"}";

    [Theory]
    [InlineData("messages", "{M,\"messages\":[A,B,BAD,C]}", "wamid.A wamid.B")]
    [InlineData("messages", "{M,\"statuses\":[{\"id\":\"wamid.S\",\"status\":\"read\"}],\"messages\":[A,BAD]}", "wamid.S wamid.A")]
    [InlineData("messages", "{M,\"messages\":[BAD,A]}", "")]
    [InlineData("history", "{M,\"history\":[{\"threads\":[{\"id\":\"15550001234\",\"messages\":[A,B]},{\"id\":\"15550001235\",\"messages\":[BAD]}]}]}", "wamid.A wamid.B")]
    [InlineData("standby", "{M,\"standby\":{\"messages\":[A,BAD]}}", "wamid.A")]
    [InlineData("brand_new", "{M,\"messages\":[A,BAD]}", "")]
    [InlineData("messages", "{\"messages\":[A,BAD],M}", "")] // Whose they are is not known yet.
    public void Read_BrokenInAChange_KeepsWhatStandsWholeBeforeIt(string field, string value, string expected)
    {
        value = value.Replace("BAD", "{\"id\":\"wamid.X\",\"text\":{\"body\":\"a\0b\"}}", StringComparison.Ordinal)
            .Replace("[A", "[" + Text("A"), StringComparison.Ordinal).Replace(",B,", $",{Text("B")},", StringComparison.Ordinal).Replace(",B]", $",{Text("B")}]", StringComparison.Ordinal)
            .Replace(",C]", $",{Text("C")}]", StringComparison.Ordinal).Replace("M,", Metadata + ",", StringComparison.Ordinal).Replace(",M}", $",{Metadata}}}", StringComparison.Ordinal);
        string[] changes = [$"{{\"field\":\"{field}\",\"value\":{value}}}", $"{{\"value\":{value},\"field\":\"{field}\"}}", $"{{\"value\": {value}, \"field\" : \"{field}\"}}"];
        foreach (var change in changes)
        {
            var events = new List<WhatsAppEvent>();

            var problem = WebhookReader.Read(Sample.Utf8($"{{\"entry\":[{{\"id\":\"1\",\"changes\":[{Change("before")},{change},{Change("behind")}]}}]}}"), events);

            problem.Should().StartWith("The payload is not JSON");
            string.Join(' ', events.Select(received => received.Id.Value)).Should().Be($"wamid.before {expected}".TrimEnd());
            events.Should().OnlyContain(received => received.Number == Given.Number && received.Key != default);
        }
    }

    [Fact]
    public void Read_BrokenBehindAnErrorWithoutATime_KeepsTheError()
    {
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(Sample.Utf8($$$"""{"entry":[{"id":"1","changes":[{"field":"messages","value":{ {{{Metadata}}},"errors":[{"code":131000}]}},{]}"""), events).Should().NotBeNull();

        events.Should().ContainSingle().Which.Should().BeOfType<ErrorReported>();
    }

    [Theory]
    [InlineData(600)]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void Read_DeepEventOfUnknownField_IsKeptWithTheRestOfTheBatch(int depth)
    {
        var deep = $"{{\"field\":\"brand_new\",\"value\":{new string('[', depth)}{new string(']', depth)}}}";

        var events = Payload.Events(Sample.Utf8($"{{\"entry\":[{{\"id\":\"1\",\"changes\":[{Change("A")},{deep},{Change("B")}]}}]}}"));

        events.Select(received => received.GetType()).Should().Equal(typeof(TextReceived), typeof(UnknownEvent), typeof(TextReceived));
        events[1].Raw.Length.Should().Be(2 * depth);
        WebhookReader.Restore(Payload.Kept(events[1])).Should().BeOfType<UnknownEvent>();
    }

    [Theory]
    [InlineData("{\"field\":\"messages\",\"value\":VALUE}")]
    [InlineData("{\"value\":VALUE,\"field\":\"messages\"}")]
    public void Read_BrokenAtTheEndOfAFullBatch_KeepsWhatStandsWholeBeforeIt(string change)
    {
        var contacts = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"wa_id":"{{15550001000 + i}}"}"""));
        var messages = string.Concat(Enumerable.Range(0, 1000).Select(i => Text($"{i}") + ","));
        change = change.Replace("VALUE", $"{{{Metadata},\"contacts\":[{contacts}],\"messages\":[{messages}{{\"id\":\"a\0b\"}}]}}", StringComparison.Ordinal);
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(Sample.Utf8($"{{\"entry\":[{{\"id\":\"1\",\"changes\":[{change}]}}]}}"), events).Should().StartWith("The payload is not JSON");

        events.Should().HaveCount(1000);
    }

    [Theory]
    [InlineData("{\"field\":\"standby\",\"value\":{}}")]
    [InlineData("{\"value\":{},\"field\":\"standby\"}")]
    [InlineData("{\"field\":\"stan")]
    [InlineData("{\"field\":\"stan\0\"}")]
    public void Read_BrokenInAChangeWithoutItsField_TakesNoOther(string next)
    {
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(Sample.Utf8($"{{\"entry\":[{{\"id\":\"1\",\"changes\":[{{\"value\":{{{Metadata},\"messages\":[{Text("A")},{{]}}}},{next}]}}]}}"), events).Should().StartWith("The payload is not JSON");

        events.Should().BeEmpty();
    }

    private static string Text(string id) => $$$"""{"from":"15550001234","id":"wamid.{{{id}}}","timestamp":"1794900000","type":"text","text":{"body":"the \"field\":\"calls\""}}""";

    private static string Change(string id) => $$$"""{"field":"messages","value":{ {{{Metadata}}},"messages":[{{{Text(id)}}}]} }""";
}
