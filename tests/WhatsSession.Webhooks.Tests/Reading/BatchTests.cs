
namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>Nothing of a batch is lost, and each event belongs to its own number.</summary>
public sealed class BatchTests
{
    private static readonly string[] Numbers = ["314159265358979", "161803398874989", "299792458000001"];

    [Fact]
    public void Read_ThreeChangesSixMessagesThreeStatuses_GivesNineEventsEachWithItsOwnNumber()
    {
        var changes = Numbers.Select((number, i) => $$$"""
            {"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},"messages":[{{{Message(2 * i)}}},{{{Message((2 * i) + 1)}}}],"statuses":[{{{Status(i)}}}]}}
            """);
        var events = Payload.Events(Sample.Utf8($$"""{"object":"whatsapp_business_account","entry":[{"id":"271828182845904","changes":[{{string.Join(',', changes)}}]}]}"""));

        events.Should().HaveCount(9);
        events.OfType<TextReceived>().Select(text => (text.Text, text.Number!.Value.Value)).Should().BeEquivalentTo(
            Enumerable.Range(0, 6).Select(i => ($"text {i}", Numbers[i / 2])));
        events.OfType<DeliveryUpdated>().Select(status => (status.MessageId.Value, status.Number!.Value.Value)).Should().BeEquivalentTo(
            Enumerable.Range(0, 3).Select(i => ($"wamid.S{i}", Numbers[i])));
        events.Should().OnlyContain(received => received.Account == Given.Account);
    }

    [Fact]
    public void Read_ThousandUpdatesInThreeMegabytes_GivesThemAllEachWithItsOwnNumber()
    {
        var payload = LargeBatch.Make(updates: 1000, bytes: 3_000_000, Numbers);
        payload.Length.Should().BeInRange(2_900_000, 3_145_728);

        var events = Payload.Events(payload);

        events.Should().HaveCount(1000);
        events.Select(received => received.Key).Should().OnlyHaveUniqueItems();
        events.OfType<TextReceived>().Should().HaveCount(500).And.OnlyContain(text => text.Number!.Value.Value == LargeBatch.NumberOf(text.MessageId.Value, Numbers) && text.Contact!.Name == text.Text.Substring(0, 12));
        events.OfType<DeliveryUpdated>().Should().HaveCount(500).And.OnlyContain(status => status.Number!.Value.Value == LargeBatch.NumberOf(status.MessageId.Value, Numbers));
    }

    [Fact]
    public void Read_ThousandUpdatesInThreeMegabytes_AllocatesAtMostTwiceWhatIsKept()
    {
        var payload = LargeBatch.Make(updates: 1000, bytes: 3_000_000, Numbers);
        Payload.Events(payload);
        var events = new List<WhatsAppEvent>(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        WebhookReader.Read(payload, events);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // The slices, and the texts at two bytes a character.
        var kept = events.Sum(received => received.Raw.Length + (received is TextReceived text ? 2L * text.Text.Length : 0));
        allocated.Should().BeLessThan(2 * kept);
    }

    /// <summary>
    /// The denser the events, the more their objects and the two bytes of each character of an id weigh.
    /// These are fifteen times as many as Meta puts into one POST.
    /// </summary>
    [Theory]
    [InlineData("messages", """{"from":"1555000####","from_user_id":"US.40917263540####","id":"wamid.HBgLMTU1NTAwMDEyMzQVAgASGBQzQTdCNDQ5QTk####","timestamp":"1794900000","type":"text","text":{"body":"ok"}}""")]
    [InlineData("statuses", """{"id":"wamid.HBgLMTU1NTAwMDEyMzQVAgASGBQzQTdCNDQ5QTk####","status":"delivered","timestamp":"1794900000","recipient_id":"1555000####","recipient_user_id":"US.40917263540####","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}""")]
    public void Read_ThreeMegabytesOfSmallEvents_AllocatesAtMostFourTimesTheirSize(string array, string one)
    {
        var items = string.Join(',', Enumerable.Range(0, 2_900_000 / one.Length).Select(i => one.Replace("####", i.ToString("00000", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        var payload = Payload.Of($$"""{"metadata":{"phone_number_id":"{{Given.Number}}"},"{{array}}":[{{items}}]}""");
        Payload.Events(payload);
        var events = new List<WhatsAppEvent>();
        var before = GC.GetAllocatedBytesForCurrentThread();

        WebhookReader.Read(payload, events);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4L * payload.Length);
    }

    /// <summary>Nothing of Meta's is as dense as the history of a customer who answers with one word.</summary>
    [Fact]
    public void Read_ThreeMegabytesOfShortHistory_GivesEveryMessage()
    {
        const int Count = 16_000;
        var messages = string.Join(',', Enumerable.Range(0, Count).Select(i => $$$"""{"from":"16505551234","id":"wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTdCNDQ5QTk3MjNEQTYw{{{i:D6}}}","timestamp":"1739230955","type":"text","text":{"body":"ok"},"history_context":{"status":"READ"}}"""));
        var payload = Payload.Of($$$"""{"metadata":{"phone_number_id":"{{{Given.Number}}}"},"history":[{"metadata":{"phase":0,"chunk_order":1,"progress":50},"threads":[{"id":"16505551234","messages":[{{{messages}}}]}]}]}""", "history");
        payload.Length.Should().BeInRange(2_800_000, 3_145_728);

        Payload.Events(payload).OfType<HistoryMessageReceived>().Should().HaveCount(Count);
    }

    [Fact]
    public void Read_ContactsInAnotherOrder_MatchesByUserIdThenPhone()
    {
        var names = Payload.Events(Sample.Webhook("batch-two-users-one-change")).Cast<TextReceived>().Select(text => (text.Text, text.Contact!.Name));

        names.Should().Equal(("first user", "Marta Quill"), ("second user", "Ben Ode"), ("hidden user", "Iris Vale"));
    }

    [Theory]
    [InlineData("0 1 2 3")]
    [InlineData("3 2 1 0")]
    [InlineData("2 2 0 3 1 1")]
    public void Read_StatusesInAnyOrderOfTheirContacts_MatchEachToItsOwn(string order)
    {
        var indexes = order.Split(' ');
        var contacts = string.Join(',', Enumerable.Range(0, 4).Select(i => $$$"""{"profile":{"name":"{{{i}}}"},"wa_id":"1555000123{{{i}}}"{{{(i % 2 == 0 ? $",\"user_id\":\"US.{i}\"" : "")}}}}"""));
        var statuses = string.Join(',', indexes.Select((i, at) => $$"""{"id":"wamid.{{at}}","status":"read","recipient_id":"1555000123{{i}}","recipient_user_id":"US.{{i}}"}"""));

        var read = Payload.Events(Payload.Of($$"""{"contacts":[{{contacts}}],"statuses":[{{statuses}}]}"""));

        read.Cast<DeliveryUpdated>().Select(status => status.Contact?.Name).Should().Equal(indexes);
    }

    [Fact]
    public void Read_PhoneOfAnotherUser_HasNoContact()
    {
        var text = Payload.Single<TextReceived>(Payload.Of("""
            {"contacts":[{"profile":{"name":"Old owner"},"wa_id":"15550001234","user_id":"US.1"}],"messages":[{"from":"15550001234","from_user_id":"US.2","id":"a","type":"text","text":{"body":"1"}}]}
            """));

        text.Contact.Should().BeNull("a phone number may have a new owner, and a user id tells which");
    }

    [Fact]
    public void Read_SameContentAsOtherEvents_HasOneKeyPerEvent()
    {
        var keys = Payload.Events(MadePayloads.History).Select(received => received.Key).ToList();

        keys.Should().OnlyHaveUniqueItems();
        Payload.Events(Sample.Webhook("call-connect-user-initiated"))[0].Key.Should().NotBe(Payload.Events(Sample.Webhook("call-terminate-user-initiated-missed"))[0].Key);
        Payload.Events(Sample.Webhook("status-group-aggregated")).Select(received => received.Key).Should().OnlyHaveUniqueItems();
        Payload.Events(Sample.Webhook("batch-out-of-order-and-duplicate")).Select(received => received.Key).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public void Read_SameNoticeAgain_IsAnotherEventAtAnotherTimeAlone()
    {
        var first = KeyOfNotice("\"time\":1794900000,");

        KeyOfNotice("\"time\":1794900000,").Should().Be(first, "a redelivery is the same event");
        KeyOfNotice("\"time\":1794903600,").Should().NotBe(first, "a template can be paused twice");
        KeyOfNotice("").Should().NotBe(first).And.Be(KeyOfNotice(""));
    }

    private static EventKey KeyOfNotice(string time) => Payload.Single<TemplateStatusChanged>(Sample.Utf8($$"""
        {"entry":[{"id":"{{Given.Account}}",{{time}}"changes":[{"value":{"event":"PAUSED","message_template_id":"7","message_template_name":"order_shipped","message_template_language":"en_US","reason":"NONE"},"field":"message_template_status_update"}]}]}
        """)).Key;

    private static string Message(int i) => $$$"""{"from":"1555000{{{1000 + i}}}","id":"wamid.M{{{i}}}","timestamp":"1794900000","type":"text","text":{"body":"text {{{i}}}"}}""";

    private static string Status(int i) => $$"""{"id":"wamid.S{{i}}","status":"sent","timestamp":"1794900000","recipient_id":"15550001234"}""";
}
