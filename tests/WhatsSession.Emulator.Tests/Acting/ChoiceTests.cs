namespace WhatsSession.Emulator.Tests.Acting;

/// <summary>Every button a customer sees can be tapped, and answers with what belongs to it.</summary>
public sealed class ChoiceTests
{
    [Fact]
    public async Task Taps_ButtonOnACard_AnswersWithIt()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        await business.SendAsync(Business.Body(Business.Phone, Bodies.Cards));

        await ana.TapsAsync("mint");

        business.LastInbound().Message.GetProperty("interactive").GetRawText().Should().Be("""{"type":"button_reply","button_reply":{"id":"mint","title":"Take mint"}}""");
        (await ChoicesAsync(business)).Should().Be("""[{"action":"taps","id":"lemon","title":"Take lemon","description":null,"in_card":true},{"action":"taps","id":"mint","title":"Take mint","description":null,"in_card":true}]""");
    }

    [Fact]
    public async Task Taps_ButtonOnACardOfATemplate_AnswersWithItsPayload()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate(new EmulatedTemplate { Name = "soaps", Language = "en_US", Components = Bodies.CardTemplate }));
        var ana = business.Emulator.Customer(Business.Phone);
        var sent = await business.SendAsync(Business.Body(Business.Phone, Bodies.CardsOfTemplate));

        await ana.TapsAsync("pine");

        sent.StatusCode.Should().Be(200, sent.Json.GetRawText());
        business.LastInbound().Message.GetProperty("button").GetRawText().Should().Be("""{"payload":"pine","text":"Take"}""");
    }

    [Fact]
    public async Task Taps_QuickRepliesBesideOtherButtons_PayloadsGoByTheButtonsPlace()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate(new EmulatedTemplate
        {
            Name = "mixed",
            Language = "en_US",
            Components = """[{"type":"BODY","text":"Well?"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Open","url":"https://shop.example"},{"type":"QUICK_REPLY","text":"Yes"},{"type":"QUICK_REPLY","text":"No"}]}]""",
        }));
        var ana = business.Emulator.Customer(Business.Phone);
        await business.SendAsync(Business.Body(Business.Phone, """ "type":"template","template":{"name":"mixed","language":{"code":"en_US"},"components":[{"type":"button","sub_type":"quick_reply","index":1,"parameters":[{"type":"payload","payload":"YES-1"}]}]} """));

        await ana.TapsAsync("YES-1");
        var yes = business.LastInbound().Message.GetProperty("button").GetRawText();
        await ana.TapsAsync("No");
        var no = business.LastInbound().Message.GetProperty("button").GetRawText();

        (yes, no).Should().Be(("""{"payload":"YES-1","text":"Yes"}""", """{"payload":"No","text":"No"}"""));
    }

    private static async Task<string> ChoicesAsync(Business business) =>
        (await business.GetAsync($"_emulator/customers/{Business.Phone}/chat")).Json.GetProperty("messages")[1].GetProperty("choices").GetRawText();
}
