using System.Text;
using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Sending;

public sealed class AcceptedSendTests
{
    [Fact]
    public async Task Send_ToAPhone_AnswersInMetasShape()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        var reply = await business.TextAsync("hello", "+1 (555) 000-1234");

        reply.Json.GetRawText().Should().Be($$"""{"messaging_product":"whatsapp","contacts":[{"input":"+1 (555) 000-1234","wa_id":"15550001234"}],"messages":[{"id":{{JsonSerializer.Serialize(reply.MessageId, WireContext.Default.String).Replace("/", "\\/")}}}]}""");
        reply.Date.Should().Be(Business.Start);
    }

    [Fact]
    public async Task Send_ToABsuid_AnswersWithTheUserIdAlone()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone, new CustomerProfile { UserId = "GB.77120043915586620318" });
        await ana.SaysAsync("hi");

        var reply = await business.SendAsync("""{"messaging_product":"whatsapp","recipient":"GB.77120043915586620318","text":{"body":"x"} }""");

        var contact = reply.Json.GetProperty("contacts")[0];
        contact.Text("input").Should().Be("GB.77120043915586620318");
        contact.Text("user_id").Should().Be("GB.77120043915586620318");
        contact.TryGetProperty("wa_id", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Send_ToAndRecipient_ToWins()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        var reply = await business.SendAsync(Business.Body(Business.Phone, """ "recipient":"GB.77120043915586620318","text":{"body":"x"} """));

        reply.Json.GetProperty("contacts")[0].Text("wa_id").Should().Be(Business.Phone);
    }

    [Fact]
    public async Task Send_BsuidInTo_IsAcceptedThenUndeliverable()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");

        var reply = await business.TextAsync("x", ana.UserId);
        await business.SettleAsync();

        reply.StatusCode.Should().Be(200);
        business.Statuses().Should().ContainSingle().Which.Status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131026);
        ana.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Send_TemplateToAnUnknownBsuid_IsAcceptedThenUndeliverable()
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync($$"""{"messaging_product":"whatsapp","recipient":"US.42",{{Bodies.HelloWorld}}}""");
        await business.SettleAsync();

        reply.StatusCode.Should().Be(200);
        var status = business.Statuses().Should().ContainSingle().Subject.Status;
        status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131026);
        status.Text("recipient_user_id").Should().Be("US.42");
        status.TryGetProperty("recipient_id", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Send_Accepted_WamidHasMetasForm()
    {
        await using var business = await Business.OpenAsync();

        var first = (await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld))).MessageId;
        var second = (await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld))).MessageId;

        first.Should().StartWith("wamid.HBgL").And.NotBe(second);
        Encoding.ASCII.GetString(Convert.FromBase64String(first["wamid.".Length..])).Should().Contain(Business.Phone);
    }

    [Fact]
    public async Task Send_EveryKind_Arrives()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        var wamid = await ana.SaysAsync("hi");
        string[] contents =
        [
            """ "text":{"body":"plain"} """,
            """ "type":"image","image":{"link":"https://example.test/a.png","caption":"a picture"} """,
            """ "type":"video","video":{"link":"https://example.test/file"} """,
            """ "type":"audio","audio":{"link":"https://example.test/file","voice":true} """,
            """ "type":"document","document":{"link":"https://example.test/file","filename":"a.pdf"} """,
            """ "type":"sticker","sticker":{"link":"https://example.test/file"} """,
            """ "type":"location","location":{"latitude":"1.0","longitude":2} """,
            """ "type":"contacts","contacts":[{"name":{"formatted_name":"Ana","first_name":"Ana"}}] """,
            $$""" "type":"reaction","reaction":{"message_id":"{{wamid}}","emoji":"👍"} """,
            Bodies.Buttons,
            Bodies.List,
            """ "type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where are you?"},"action":{"name":"send_location"}} """,
        ];

        foreach (var content in contents)
        {
            (await business.SendAsync(Business.Body(Business.Phone, content))).StatusCode.Should().Be(200, content);
        }

        ana.Received.Select(m => (m.Type, m.Text)).Should().Equal(
            ("text", "plain"), ("image", "a picture"), ("video", ""), ("audio", ""), ("document", ""), ("sticker", ""), ("location", ""), ("contacts", ""),
            ("reaction", ""), ("interactive", "When?"), ("interactive", "Where?"), ("interactive", "Where are you?"));
    }

    [Fact]
    public async Task Send_TwoHundredAtOnce_EachIsAcceptedOnce()
    {
        await using var business = await Business.OpenAsync(o => o.RateLimits = false);
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => business.TextAsync($"message {i}")));
        await business.SettleAsync();

        replies.Select(r => r.MessageId).Should().OnlyHaveUniqueItems().And.HaveCount(200);
        ana.Received.Select(m => m.Id).Should().BeEquivalentTo(replies.Select(r => r.MessageId));
        business.Statuses().GroupBy(s => s.Status.Text("id")).Should().OnlyContain(g => g.Select(s => s.Status.Text("status")).SequenceEqual(new[] { "sent", "delivered" }));
        business.Emulator.Tally.Should().BeEquivalentTo(new EmulatorTally { Requests = 200, Accepted = 200, Refused = 0, TemplatesAccepted = 0, InboundMessages = 1, Statuses = 400, WebhooksDelivered = 401 });
    }

    [Fact]
    public async Task MarkRead_InboundWithin30Days_Succeeds()
    {
        await using var business = await Business.OpenAsync();
        var wamid = await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Clock.Advance(TimeSpan.FromDays(30));

        var read = await business.SendAsync($$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{wamid}}"}""");
        var typing = await business.SendAsync($$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{wamid}}","typing_indicator":{"type":"text"} }""");

        read.Json.GetRawText().Should().Be("""{"success":true}""");
        typing.Json.GetRawText().Should().Be("""{"success":true}""");
        business.Emulator.Requests.Select(r => r.Type).Should().Equal("read", "typing");
    }

    [Fact]
    public async Task MarkRead_InboundOlderThan30Days_Is131009()
    {
        await using var business = await Business.OpenAsync();
        var wamid = await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromTicks(1));

        (await business.SendAsync($$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{wamid}}"}""")).Code.Should().Be(131009);
    }

    [Fact]
    public async Task Send_ReactionToAnUnknownMessage_IsAcceptedThenFails()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        await business.SendAsync(Business.Body(Business.Phone, """ "type":"reaction","reaction":{"message_id":"wamid.x","emoji":""} """));
        await business.SettleAsync();

        business.Statuses().Should().ContainSingle().Which.Status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131009);
    }
}
