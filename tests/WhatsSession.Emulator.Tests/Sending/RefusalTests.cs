namespace WhatsSession.Emulator.Tests.Sending;

public sealed class RefusalTests
{
    public static TheoryData<string, int, int> Refused => new()
    {
        // what is wrong in the content, HTTP status, code
        { """ "type":"text" """, 400, 100 },
        { """ "type":"text","text":{"body":""} """, 400, 100 },
        { """ "type":"text","text":"hi" """, 400, 100 },
        { """ "type":"text","text":{"body":7} """, 400, 100 },
        { $$""" "text":{"body":"{{new string('x', 4097)}}"} """, 400, 100 },
        { """ "type":"poll","poll":{} """, 400, 100 },
        { """ "type":"image","image":{} """, 400, 100 },
        { """ "type":"image","image":{"id":"1","link":"https://example.test/a.png"} """, 400, 100 },
        { """ "type":"image","image":{"link":"ftp://example.test/a.png"} """, 400, 131009 },
        { $$""" "type":"image","image":{"link":"https://example.test/a.png","caption":"{{new string('x', 1025)}}"} """, 400, 100 },
        { """ "type":"audio","audio":{"link":"https://example.test/a.ogg","caption":"no"} """, 400, 100 },
        { """ "type":"location","location":{"latitude":"1.0"} """, 400, 100 },
        { """ "type":"contacts","contacts":[] """, 400, 131009 },
        { """ "type":"reaction","reaction":{"message_id":"wamid.x"} """, 400, 100 },
        { """ "type":"interactive","interactive":{"type":"button","body":{"text":"?"}} """, 400, 131008 },
        { Bodies.ButtonTitles(), 400, 131009 },
        { Bodies.ButtonTitles("a", "b", "c", "d"), 400, 131009 },
        { Bodies.ButtonTitles("a", "a"), 400, 131009 },
        { Bodies.ButtonTitles(new string('x', 21)), 400, 131009 },
        { Bodies.ListRows(2, 6), 400, 131009 },
        { Bodies.ListRows(11, 1), 400, 131009 },
        { """ "type":"template","template":{"name":"hello_world"} """, 400, 131008 },
        { """ "type":"template","template":{"name":"nobody","language":{"code":"en_US"}} """, 404, 132001 },
        { """ "type":"template","template":{"name":"hello_world","language":{"code":"pt_BR"}} """, 404, 132001 },
        { Bodies.Template("hello_world", "4410"), 400, 132000 },
        { Bodies.Template("order_shipped"), 400, 132000 },
        { Bodies.Template("order_shipped", @"two\nlines"), 400, 132018 },
        { $$""" "text":{"body":"x"},"biz_opaque_callback_data":"{{new string('x', 513)}}" """, 400, 100 },
        { """ "text":{"body":"x"},"ttl_seconds":60 """, 400, 100 },
        { """ "text":{"body":"x"},"category":"marketing" """, 400, 100 },
        { """ "text":{"body":"x"},"recipient_type":"everyone" """, 400, 100 },
        { """ "text":{"body":"x"},"recipient_type":"group" """, 500, 131000 },
        { """ "text":{"body":"x"},"context":{} """, 400, 100 },
        { """ "text":{"body":"\ud800"} """, 400, 100 },
        { """ "status":"delivered","message_id":"wamid.x" """, 400, 100 },
        { """ "status":"read" """, 400, 100 },
        { """ "status":"read","message_id":"wamid.unknown" """, 400, 131009 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Send_BadContent_IsRefused(string content, int statusCode, int code)
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("order_shipped", "en_US", bodyParameters: 1));
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        var reply = await business.SendAsync(Business.Body(Business.Phone, content));

        (reply.StatusCode, reply.Code).Should().Be((statusCode, code));
        business.Emulator.Customer(Business.Phone).Received.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"messaging_product":"sms","to":"15550001234","text":{"body":"x"} }""")]
    public async Task Send_MalformedBody_IsError100(string body)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync(body);

        (reply.StatusCode, reply.Code).Should().Be((400, 100));
    }

    [Fact]
    public async Task Send_DeeplyNestedBody_IsError100()
    {
        await using var business = await Business.OpenAsync();

        (await business.SendAsync(new string('[', 10_000))).Code.Should().Be(100);
    }

    [Theory]
    [InlineData("not-a-phone")]
    [InlineData("123")]
    [InlineData("1234567890123456")]
    public async Task Send_BadPhone_Is131009(string to)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.TextAsync("x", to);

        (reply.StatusCode, reply.Code).Should().Be((400, 131009));
    }

    /// <summary>Row 17 of the cases: what Meta answers live, quoted in public code by 30 November 2026.</summary>
    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","text":{"body":"x"} }""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"15550001234","type":"text","text":{} }""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"15550001234","type":"poll","poll":{} }""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"15550001234","type":"interactive"}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"15550001234","type":"interactive","interactive":{"type":"button"} }""", 131008)]
    [InlineData("""{"messaging_product":"whatsapp","to":"15550001234","type":"template"}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"15550001234","type":"template","template":{"name":"hello_world"} }""", 131008)]
    public async Task Send_FieldMissing_Is100OutsideTheContentOfInteractiveMessagesAndTemplates(string body, int code)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync(body);

        (reply.StatusCode, reply.Code).Should().Be((400, code));
    }

    [Fact]
    public async Task Send_TextOf4097CodePoints_Is100()
    {
        await using var business = await Business.OpenAsync();
        var emoji = string.Concat(Enumerable.Repeat("\U0001F600", 4096));

        var reply = await business.TextAsync(emoji + "x");

        (reply.StatusCode, reply.Code).Should().Be((400, 100));
        (await business.TextAsync(emoji)).Code.Should().NotBe(100, "4,096 code points are allowed, whatever they take in UTF-16");
    }

    [Fact]
    public async Task Send_ToItself_Is131021()
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.TextAsync("x", "+1 555 000 9000");

        (reply.StatusCode, reply.Code).Should().Be((400, 131021));
    }

    [Fact]
    public async Task Send_LongestTextInCodePoints_IsAccepted()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        (await business.TextAsync(string.Concat(Enumerable.Repeat("😀", 4096)))).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Send_AuthenticationTemplateToABsuid_Is131062()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("code", "en_US", bodyParameters: 0, category: "AUTHENTICATION"));

        var reply = await business.SendAsync("""{"messaging_product":"whatsapp","recipient":"US.1349","type":"template","template":{"name":"code","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"123456"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]}}""");

        (reply.StatusCode, reply.Code).Should().Be((400, 131062));
    }
}
