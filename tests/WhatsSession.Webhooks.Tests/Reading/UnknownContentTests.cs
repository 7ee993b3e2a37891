namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>What is unknown beside what is known arrives too.</summary>
public sealed class UnknownContentTests
{
    private const string Metadata = "\"metadata\":{\"phone_number_id\":\"314159265358979\"}";

    private const string Message = "{\"id\":\"wamid.A\",\"from\":\"15550001234\",\"timestamp\":\"1794900000\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}";

    [Theory]
    [InlineData("[{\"x\":\"MARKER\"}]")]
    [InlineData("[\"MARKER\"]")]
    [InlineData("{\"x\":\"MARKER\"}")]
    public void Read_UnknownPropertyBesideMessages_IsAnEventOfItsOwn(string content)
    {
        foreach (var value in (string[])[$"{{{Metadata},\"receipts\":{content},\"messages\":[{Message}]}}", $"{{\"messages\":[{Message}],\"receipts\":{content},{Metadata}}}"])
        {
            var events = Payload.Events(Payload.Of(value));

            events.OfType<TextReceived>().Should().ContainSingle();
            var unknown = events.OfType<UnknownEvent>().Should().ContainSingle().Subject;
            Sample.Text(unknown.Raw.ToArray()).Should().Be(content);
            (unknown.Field, unknown.Lane, unknown.Number, unknown.Account).Should().Be(("messages", EventLane.Account, Given.Number, Given.Account));
            WebhookReader.Restore(Payload.Kept(unknown)).Should().BeOfType<UnknownEvent>();
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void Read_EmptyOrScalarPropertyBesideMessages_IsNoEvent(string content) =>
        Payload.Single<TextReceived>(Payload.Of($"{{{Metadata},\"receipts\":{content},\"messages\":[{Message}]}}"));

    [Theory]
    [InlineData("calls", "\"calls\":[{\"id\":\"c\",\"event\":\"connect\",\"from\":\"15550001234\",\"timestamp\":\"1794900000\"}],\"messages\":[{\"id\":\"MARKER\"}]")]
    [InlineData("standby", "\"standby\":{\"messages\":[{\"id\":\"a\",\"from\":\"15550001234\"}],\"receipts\":[\"MARKER\"]}")]
    [InlineData("standby", "\"standby\":{\"messages\":[{\"id\":\"a\",\"from\":\"15550001234\"}],\"standby\":{\"messages\":[\"MARKER\"]}}")]
    [InlineData("messages", "\"messages\":[{\"id\":\"a\",\"from\":\"15550001234\"}],\"statuses\":{\"id\":\"MARKER\"}")]
    [InlineData("messages", "\"messages\":[{\"id\":\"a\",\"from\":\"15550001234\"}],\"contacts\":{\"wa_id\":\"MARKER\"}")]
    [InlineData("history", "\"history\":[{\"metadata\":{\"phase\":0},\"gaps\":[\"MARKER\"]}]")]
    [InlineData("history", "\"history\":[{\"metadata\":{\"phase\":0},\"threads\":[{\"id\":\"15550001234\",\"labels\":[\"MARKER\"]}]}]")]
    [InlineData("history", "\"history\":[{\"metadata\":{\"phase\":0},\"threads\":[[\"MARKER\"]]}]")]
    [InlineData("history", "\"history\":[{\"metadata\":{\"phase\":0}},[\"MARKER\"]]")]
    public void Read_ContentWhereItsFieldHasNone_IsAnEventOfItsOwn(string field, string content)
    {
        var events = Payload.Events(Payload.Of($"{{{Metadata},{content}}}", field));

        events.Should().HaveCount(2);
        var unknown = events.Should().ContainSingle(received => received is UnknownEvent).Subject;
        Sample.Text(unknown.Raw.ToArray()).Should().Contain("MARKER");
        unknown.Number.Should().Be(Given.Number);
    }

    [Fact]
    public void Read_ErrorThatIsNoArray_IsAnError() =>
        Payload.Events(Payload.Of($"{{{Metadata},\"messages\":[{Message}],\"errors\":{{\"code\":131000,\"title\":\"t\"}}}}"))
            .OfType<ErrorReported>().Should().ContainSingle().Which.Error.Code.Should().Be(131000);

    [Theory]
    [InlineData("{\"id\":\"2\",\"messaging\":[{\"x\":\"MARKER\"}]}")]
    [InlineData("{\"id\":\"2\",\"changes\":{\"x\":\"MARKER\"}}")]
    [InlineData("{\"changes\":[],\"id\":\"2\",\"x\":\"MARKER\"}")]
    public void Read_EntryWithoutChangesBesideOthers_IsAnEventOfItsOwn(string entry)
    {
        var good = $$$"""{"id":"1","changes":[{"field":"messages","value":{ {{{Metadata}}},"messages":[{{{Message}}}]}}]}""";
        foreach (var entries in (string[])[$"{good},{entry}", $"{entry},{good}"])
        {
            var events = Payload.Events(Sample.Utf8($"{{\"entry\":[{entries}]}}"));

            events.Should().HaveCount(2);
            var unknown = events.OfType<UnknownEvent>().Should().ContainSingle().Subject;
            Sample.Text(unknown.Raw.ToArray()).Should().Be(entry);
            (unknown.Account!.Value.Value, unknown.Number).Should().Be(("2", (PhoneNumberId?)null));
        }
    }

    [Theory]
    [InlineData("messages", "messages")]
    [InlineData("smb_message_echoes", "message_echoes")]
    public void Read_FullBatchBeforeItsFieldBesideUnknownContent_KeepsEveryUpdate(string field, string array)
    {
        var contacts = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"wa_id":"{{15550001000 + i}}"}"""));
        var messages = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$$"""{"id":"wamid.{{{i}}}","from":"{{{15550001000 + i}}}","timestamp":"1794900000","type":"text","text":{"body":"x"}}"""));

        var events = Payload.Events(Sample.Utf8($$$"""{"entry":[{"id":"1","changes":[{"value":{ {{{Metadata}}},"contacts":[{{{contacts}}}],"new_thing":{"a":1},"{{{array}}}":[{{{messages}}}]},"field":"{{{field}}}"}]}]}"""));

        events.Select(received => received.Id.Value).Where(id => id.Length > 0).Should().Equal(Enumerable.Range(0, 1000).Select(i => $"wamid.{i}"));
        events.OfType<UnknownEvent>().Should().ContainSingle();
    }

    [Fact]
    public void Read_ChangesThatAreReadTwiceForNothing_StopsAtTheLimit()
    {
        var change = $"{{\"value\":{{\"messages\":[{string.Join(',', Enumerable.Repeat("0", 2000))}]}},\"field\":\"brand_new\"}}";
        var events = new List<WhatsAppEvent>();

        WebhookReader.Read(Sample.Utf8($"{{\"entry\":[{{\"id\":\"1\",\"changes\":[{string.Join(',', Enumerable.Repeat(change, 10))}]}}]}}"), events).Should().Contain("more than");

        events.Should().HaveCountLessThan(10);
    }
}
