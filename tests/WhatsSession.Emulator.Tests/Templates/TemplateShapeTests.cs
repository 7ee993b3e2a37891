namespace WhatsSession.Emulator.Tests.Templates;

/// <summary>A template given in few words has the shape of these words and no other.</summary>
public sealed class TemplateShapeTests
{
    private const string Image = """{"type":"image","image":{"link":"https://example.test/a.png"}}""";

    [Theory]
    [InlineData($$"""{"type":"header","parameters":[{{Image}}]}""", 132000)]
    [InlineData("""{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"4410"}]}""", 132012)]
    [InlineData("""{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"p"}]}""", 132012)]
    [InlineData("""{"type":"carousel","cards":[]}""", 132012)]
    public async Task Send_DefaultTemplateWithMoreThanItHas_IsRefused(string component, int code)
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("plain", "en_US", bodyParameters: 0));

        foreach (var name in (string[])["hello_world", "plain"])
        {
            var reply = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"template","template":{"name":"{{name}}","language":{"code":"en_US"},"components":[{{component}}]} """));
            reply.Code.Should().Be(code, reply.Json.GetRawText());
        }
    }

    [Fact]
    public async Task Send_DefaultTemplate_IsReadAsItsNameWithTheParameters()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("order_shipped", "en_US", bodyParameters: 2));
        var ana = business.Emulator.Customer(Business.Phone);

        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.Template("order_shipped", "4410", "Friday")));

        ana.Received.Select(m => m.Text).Should().Equal("hello_world", "order_shipped(4410, Friday)");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Send_OneTimeCodeToATemplateGivenByACount_IsRead(int bodyParameters)
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("code", "en_US", bodyParameters, "AUTHENTICATION"));
        const string Code = """{"type":"body","parameters":[{"type":"text","text":"123456"}]}""";

        var whole = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"template","template":{"name":"code","language":{"code":"en_US"},"components":[{{Code}},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}]} """));
        var withoutButton = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"template","template":{"name":"code","language":{"code":"en_US"},"components":[{{Code}}]} """));

        whole.StatusCode.Should().Be(200, whole.Json.GetRawText());
        business.Emulator.Customer(Business.Phone).Received.Should().ContainSingle().Which.Text.Should().Contain("123456");
        withoutButton.Code.Should().Be(131008);
    }

    [Theory]
    [InlineData("Bad Name", "en_US")]
    [InlineData("", "en_US")]
    [InlineData("name", "english")]
    [InlineData("name", "en-US")]
    [InlineData("name", "EN")]
    public async Task AddTemplate_NameOrLanguageOfNoForm_IsRefused(string name, string language)
    {
        var start = () => WhatsAppEmulator.StartAsync(o => o.AddTemplate(name, language, bodyParameters: 0));

        (await start.Should().ThrowAsync<ArgumentException>()).WithMessage("A template needs a name*");
    }

    [Theory]
    [InlineData("en", 200)]
    [InlineData("fil", 200)]
    [InlineData("pt_BR", 200)]
    [InlineData("english", 100)]
    public async Task Create_Language_IsACode(string language, int code)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.PostAsync("v27.0/271828182845904/message_templates", $$"""{"name":"news","language":"{{language}}","category":"UTILITY","components":[{"type":"BODY","text":"News."}]}""");

        (reply.Code ?? reply.StatusCode).Should().Be(code);
    }

    [Theory]
    [InlineData("""{"type":"BODY","text":"Soap"}""", 200)]
    [InlineData("""{"type":"BODY","text":"LONG"}""", 100)]
    [InlineData("""{"type":"BODY","text":"{{1}} at the start"}""", 100)]
    [InlineData("""{"type":"FOOTER","text":"Soap"}""", 100)]
    [InlineData("""{"type":"BUTTONS","buttons":[{"type":"NONSENSE"}]}""", 100)]
    public async Task Create_Cards_AreCheckedAsTheRest(string component, int code)
    {
        await using var business = await Business.OpenAsync();
        var card = $$"""{"components":[{"type":"HEADER","format":"IMAGE"},{{component.Replace("LONG", new('x', 161), StringComparison.Ordinal)}}]}""";

        var reply = await business.PostAsync("v27.0/271828182845904/message_templates", $$"""{"name":"soaps","language":"en_US","category":"MARKETING","components":[{"type":"BODY","text":"Soaps."},{"type":"CAROUSEL","cards":[{{card}},{{card}}]}]}""");

        (reply.Code ?? reply.StatusCode).Should().Be(code, reply.Json.GetRawText());
    }

    [Theory]
    [InlineData("Order {{1}} is on its way.", """{"type":"text","text":"42"}""")]
    [InlineData("Order {{number}} is on its way.", """{"type":"text","parameter_name":"number","text":"42"}""")]
    public async Task Body_OfATemplate_IsItsTextAndCountsItsParameters(string body, string parameter)
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate(new EmulatedTemplate { Name = "order", Language = "en_US", Body = body }));
        var customer = business.Emulator.Customer(Business.Phone);

        var sent = await business.SendAsync(Business.Body(Business.Phone, Template($"[{parameter}]")));
        var refused = await business.SendAsync(Business.Body(Business.Phone, Template("[]")));

        (sent.StatusCode, refused.Code).Should().Be((200, 132000));
        (await customer.NextAsync().WithinLimitAsync()).Text.Should().Be("Order 42 is on its way.");

        static string Template(string parameters) => $$"""
            "type":"template","template":{"name":"order","language":{"code":"en_US"},"components":[{"type":"body","parameters":{{parameters}}}]}
            """;
    }

    [Theory]
    [InlineData(1, "UTILITY")]
    [InlineData(0, "AUTHENTICATION")]
    public async Task Body_WithACountOrForOneTimeCodes_IsRefused(int count, string category)
    {
        var start = () => WhatsAppEmulator.StartAsync(o => o.AddTemplate(
            new EmulatedTemplate { Name = "order", Language = "en_US", Body = "Hello", BodyParameters = count, Category = category }));

        await start.Should().ThrowAsync<ArgumentException>().WithMessage("Template 'order' has a body*");
    }
}
