using System.Security.Cryptography;
using System.Text;

namespace WhatsSession.Emulator.Tests.Webhooks;

public sealed class InboundTests
{
    [Fact]
    public async Task Says_Text_PostsMetasShape()
    {
        await using var business = await Business.OpenAsync();
        var marta = business.Emulator.Customer(Business.Phone, new CustomerProfile { Name = "Marta Quill", Username = "martaq", UserId = "US.40917263548812004417" });

        var wamid = await marta.SaysAsync("Hi");

        Encoding.UTF8.GetString(business.Webhooks.Should().ContainSingle().Subject.Body.Span).Should().Be($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"271828182845904","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"314159265358979"},"contacts":[{"profile":{"name":"Marta Quill","username":"martaq"},"wa_id":"15550001234","user_id":"US.40917263548812004417"}],"messages":[{"from":"15550001234","from_user_id":"US.40917263548812004417","id":"{{{wamid.Replace("/", "\\/")}}}","timestamp":"{{{Business.Unix(Business.Start)}}}","type":"text","text":{"body":"Hi"}}]},"field":"messages"}]}]}
            """);
    }

    [Fact]
    public async Task Says_NonAsciiAndSlashes_AreEscapedAsMetaDoes()
    {
        await using var business = await Business.OpenAsync();

        await business.Emulator.Customer(Business.Phone, "Ana").SaysAsync("Olá €5/kg \"já\" <b> 😀\n");

        var body = business.Webhooks[0].Body.Span;
        body.IndexOfAnyExceptInRange((byte)0, (byte)0x7F).Should().Be(-1);
        Encoding.UTF8.GetString(body).ToLowerInvariant().Should().Contain("""ol\u00e1 \u20ac5\/kg \"j\u00e1\" <b> \ud83d\ude00\n""");
        business.LastInbound().Message.GetProperty("text").Text("body").Should().Be("Olá €5/kg \"já\" <b> 😀\n");
    }

    [Fact]
    public async Task Says_AppSecret_SignsTheRawBytes()
    {
        await using var business = await Business.OpenAsync(o => o.AppSecret = "s3cret");

        await business.Emulator.Customer(Business.Phone, "Ana").SaysAsync("olá");

        var delivery = business.Webhooks[0];
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes("s3cret"));
        delivery.Signature.Should().Be("sha256=" + string.Concat(hmac.ComputeHash(delivery.Body.ToArray()).Select(b => b.ToString("x2"))));
        delivery.ToString().Should().NotContain("15550001234");
    }

    [Fact]
    public async Task Says_HiddenPhone_LeavesFromAndWaIdOut()
    {
        await using var business = await Business.OpenAsync();

        await business.Emulator.Customer(Business.Phone, new CustomerProfile { Name = "Iris", HidesPhone = true, UserId = "GB.7712" }).SaysAsync("hello");

        var (message, value) = business.LastInbound();
        message.TryGetProperty("from", out _).Should().BeFalse();
        message.Text("from_user_id").Should().Be("GB.7712");
        value.GetProperty("contacts")[0].TryGetProperty("wa_id", out _).Should().BeFalse();
        value.GetProperty("contacts")[0].Text("user_id").Should().Be("GB.7712");
    }

    [Fact]
    public async Task Taps_ReplyButton_AnswersTheMessage()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        var sent = await business.SendAsync(Business.Body(Business.Phone, Bodies.Buttons));

        await ana.TapsAsync("slot-pm");

        var message = business.LastInbound().Message;
        message.Text("type").Should().Be("interactive");
        message.GetProperty("interactive").GetRawText().Should().Be("""{"type":"button_reply","button_reply":{"id":"slot-pm","title":"Afternoon"}}""");
        message.GetProperty("context").Text("id").Should().Be(sent.MessageId);
        message.GetProperty("context").Text("from").Should().Be("15550009000");
    }

    [Fact]
    public async Task Taps_QuickReplyOfATemplate_IsAButtonWithPayloadAndOpensTheWindow()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate(new EmulatedTemplate
        {
            Name = "ship_note",
            Language = "en_US",
            Components = """[{"type":"BODY","text":"Shipped."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example/{{1}}"},{"type":"QUICK_REPLY","text":"Confirm"},{"type":"QUICK_REPLY","text":"Later"}]}]""",
        }));
        var ana = business.Emulator.Customer(Business.Phone);
        await business.SendAsync(Business.Body(Business.Phone, """
            "type":"template","template":{"name":"ship_note","language":{"code":"en_US"},"components":[
            {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"4410"}]},
            {"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"ORDER-4410:CONFIRM"}]}]}
            """));

        await ana.TapsAsync("ORDER-4410:CONFIRM");

        var message = business.LastInbound().Message;
        message.Text("type").Should().Be("button");
        message.GetProperty("button").GetRawText().Should().Be("""{"payload":"ORDER-4410:CONFIRM","text":"Confirm"}""");
        message.GetProperty("context").Text("id").Should().Be(ana.Received[0].Id);
        (await business.TextAsync("thanks")).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Taps_QuickReplyWithoutPayload_SendsTheLabel()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate(new EmulatedTemplate { Name = "ask", Language = "en_US", QuickReplies = ["Yes", "No"] }));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.Template("ask")));

        await business.Emulator.Customer(Business.Phone).TapsAsync("No");

        business.LastInbound().Message.GetProperty("button").GetRawText().Should().Be("""{"payload":"No","text":"No"}""");
    }

    [Fact]
    public async Task Picks_RowOfAList_AnswersTheMessage()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        await business.SendAsync(Business.Body(Business.Phone, Bodies.List));

        await ana.PicksAsync("store-7");
        var described = business.LastInbound().Message;
        await ana.PicksAsync("store-8");
        var plain = business.LastInbound().Message;

        described.GetProperty("interactive").GetRawText().Should().Be("""{"type":"list_reply","list_reply":{"id":"store-7","title":"Harbour store","description":"Open till 20:00"}}""");
        plain.GetProperty("interactive").GetRawText().Should().Be("""{"type":"list_reply","list_reply":{"id":"store-8","title":"Hill store"}}""");
        plain.GetProperty("context").Text("id").Should().Be(ana.Received[0].Id);
    }

    [Fact]
    public async Task Sends_Media_HasIdsMimeTypesAndCaptions()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);

        await ana.SendsImageAsync(caption: "Broken spout");
        var image = business.LastInbound().Message.GetProperty("image");
        await ana.SendsVoiceNoteAsync();
        var audio = business.LastInbound().Message.GetProperty("audio");
        await ana.SendsVideoAsync(caption: null);
        var video = business.LastInbound().Message.GetProperty("video");
        await ana.SendsDocumentAsync("Warranty");
        var document = business.LastInbound().Message.GetProperty("document");

        (image.Text("mime_type"), image.Text("caption")).Should().Be(("image/jpeg", "Broken spout"));
        (audio.Text("mime_type"), audio.GetProperty("voice").GetBoolean()).Should().Be(("audio/ogg; codecs=opus", true));
        (video.Text("mime_type"), video.Text("caption")).Should().Be(("video/mp4", null));
        (document.Text("mime_type"), document.Text("filename"), document.Text("caption")).Should().Be(("application/pdf", "document.pdf", "Warranty"));
        image.Text("id").Should().MatchRegex("^[0-9]{15,16}$");
    }
}
