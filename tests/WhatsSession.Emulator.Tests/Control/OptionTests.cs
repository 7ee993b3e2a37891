namespace WhatsSession.Emulator.Tests.Control;

/// <summary>A test in another language sets what a test in process sets.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("refusal_mode", "\"mixed\"")]
    [InlineData("sent_after", "1.5")]
    [InlineData("delivered_after", "60")]
    [InlineData("customers_read_at_once", "true")]
    [InlineData("rate_limits", "false")]
    [InlineData("messaging_limit", "250")]
    [InlineData("messaging_limit", "null")]
    [InlineData("direct_send", "false")]
    [InlineData("reactions_open_window", "true")]
    [InlineData("newer_call_events", "true")]
    [InlineData("free_entry_point", "604800")]
    [InlineData("free_service_messages", "0")]
    [InlineData("payment_exempt", "true")]
    [InlineData("templates_approved_after", "3600")]
    [InlineData("templates_approved_after", "null")]
    public async Task Options_EachByItsName_IsSetAndShown(string name, string value)
    {
        await using var business = await Business.OpenAsync();

        var set = await business.PostAsync("_emulator/options", $$"""{"{{name}}":{{value}}}""");

        set.StatusCode.Should().Be(200, set.Json.GetRawText());
        (await business.GetAsync("_emulator/options")).Json.GetProperty(name).GetRawText().Should().Be(value);
    }

    [Theory]
    [InlineData("""{"refusal_mode":"sometimes"}""")]
    [InlineData("""{"sent_after":-1}""")]
    [InlineData("""{"sent_after":1e300}""")]
    [InlineData("""{"messaging_limit":0}""")]
    [InlineData("""{"rate_limits":"yes"}""")]
    [InlineData("""{"free_entry_point":604801}""")]
    [InlineData("""{"free_entry_point":3600}""")]
    [InlineData("""{"free_service_messages":-1}""")]
    [InlineData("""{"nonsense":1}""")]
    public async Task Options_Wrong_SetNothing(string json)
    {
        await using var business = await Business.OpenAsync();

        var set = await business.PostAsync("_emulator/options", json.Replace("{", """{"direct_send":false,""", StringComparison.Ordinal));

        set.StatusCode.Should().Be(400);
        (await business.GetAsync("_emulator/options")).Json.GetProperty("direct_send").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Options_Set_Act()
    {
        await using var business = await Business.OpenAsync();
        await business.PostAsync("_emulator/options", """{"refusal_mode":"asynchronous","customers_read_at_once":true,"sent_after":10,"delivered_after":20,"rate_limits":false,"messaging_limit":1,"direct_send":false,"templates_approved_after":null}""");

        var late = await business.TextAsync("too late");
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        var two = (await business.TextAsync("one"), await business.TextAsync("two"));
        var direct = await business.SendAsync(Business.Body(Business.Phone, """ "type":"text","category":"utility","text":{"body":"x"} """));
        await business.SendAsync(Business.Body("15550004321", Bodies.HelloWorld));
        var over = await business.SendAsync(Business.Body("15550004322", Bodies.HelloWorld));
        var template = await business.PostAsync("v27.0/271828182845904/message_templates", """{"name":"news","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"News."}]}""");
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await business.SettleAsync();
        var sent = business.StatusNames();
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await business.SettleAsync();

        (late.StatusCode, two.Item1.StatusCode, two.Item2.StatusCode, direct.Code, over.Code).Should().Be((200, 200, 200, 100, 131048));
        template.Json.Text("status").Should().Be("PENDING");
        sent.Should().Equal("failed", "sent", "sent", "sent");
        business.StatusNames().Skip(4).Should().Contain("delivered").And.Contain("read");
    }

    [Fact]
    public async Task Numbers_Added_SendAndReceiveInTheirAccount()
    {
        await using var business = await Business.OpenAsync();

        var added = await business.PostAsync("_emulator/numbers", """{"id":"4242","access_token":"hush","business_account_id":"77","verified_name":"Shop","messages_per_second":5,"allowed_recipients":["+1 555 000 1234"]}""");
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi", toNumber: "4242");
        var sent = await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld), number: "4242", token: "hush");
        var stranger = await business.SendAsync(Business.Body("15550004321", Bodies.HelloWorld), number: "4242", token: "hush");
        var freed = await business.PostAsync("_emulator/numbers/4242", """{"allowed_recipients":[]}""");
        var again = await business.SendAsync(Business.Body("15550004321", Bodies.HelloWorld), number: "4242", token: "hush");

        (added.StatusCode, sent.StatusCode, stranger.Code, freed.StatusCode, again.StatusCode).Should().Be((200, 200, 131030, 200, 200));
        added.Json.Text("display_phone_number").Should().Be("15550009001");
        business.LastInbound().Value.GetProperty("metadata").Text("phone_number_id").Should().Be("4242");
        (await business.GetAsync("_emulator/numbers")).Json.GetRawText().Should().Contain("4242").And.NotContain("hush");
    }

    [Theory]
    [InlineData("""{"id":"12ab"}""")]
    [InlineData("""{"id":"314159265358979"}""")]
    [InlineData("""{"id":"7","access_token":""}""")]
    [InlineData("""{"id":"7","allowed_recipients":["nobody"]}""")]
    [InlineData("""{"id":"7","allowed_recipients":"1"}""")]
    [InlineData("{}")]
    public async Task Numbers_Wrong_AreRefused(string json)
    {
        await using var business = await Business.OpenAsync();

        var refused = await business.PostAsync("_emulator/numbers", json);

        refused.StatusCode.Should().Be(400);
        refused.Json.GetRawText().Should().NotContain("(Parameter '");
        (await business.GetAsync("_emulator/numbers")).Json.GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Templates_Added_AreKnownWithTheirComponentsAndStatus()
    {
        await using var business = await Business.OpenAsync();

        var added = await business.PostAsync("_emulator/templates", """{"name":"ship","language":"en","category":"UTILITY","components":[{"type":"HEADER","format":"TEXT","text":"Order {{1}}"},{"type":"BODY","text":"Shipped."}]}""");
        var paused = await business.PostAsync("_emulator/templates", """{"name":"old","language":"en","body_parameters":1,"status":"PAUSED"}""");
        var wrong = await business.PostAsync("_emulator/templates", """{"name":"Bad Name","language":"en"}""");
        var banana = await business.PostAsync("_emulator/templates", """{"name":"b","language":"en","status":"BANANA"}""");

        (added.StatusCode, paused.StatusCode, wrong.StatusCode, banana.StatusCode).Should().Be((200, 200, 400, 400));
        (await business.SendAsync(Business.Body(Business.Phone, """ "type":"template","template":{"name":"ship","language":{"code":"en"}} """))).Code.Should().Be(132000);
        (await business.SendAsync(Business.Body(Business.Phone, """ "type":"template","template":{"name":"old","language":{"code":"en"}} """))).Code.Should().Be(132015);
    }

    [Fact]
    public async Task Customers_Profile_IsSetInParts()
    {
        await using var business = await Business.OpenAsync();

        await business.PostAsync("_emulator/customers", $$"""{"phone":"{{Business.Phone}}","name":"Ana","username":"ana","user_id":"US.42"}""");
        var hidden = (await business.PostAsync("_emulator/customers", $$"""{"phone":"{{Business.Phone}}","hides_phone":true}""")).Json;
        var wrong = await business.PostAsync("_emulator/customers", $$"""{"phone":"{{Business.Phone}}","user_id":"nonsense"}""");

        (hidden.Text("name"), hidden.Text("username"), hidden.Text("user_id"), hidden.GetProperty("hides_phone").GetBoolean(), wrong.StatusCode).Should().Be(("Ana", "ana", "US.42", true, 400));
    }

    [Fact]
    public async Task Clock_AdvancedToAnInstant_IsThere()
    {
        await using var business = await Business.OpenAsync();

        var there = await business.PostAsync("_emulator/clock/advance?to=2027-01-01T00:00:00Z");
        var back = await business.PostAsync("_emulator/clock/advance?to=2026-01-01T00:00:00Z");
        var far = await business.PostAsync("_emulator/clock/advance?to=9999-01-01T00:00:00Z");

        (there.StatusCode, back.StatusCode, far.StatusCode).Should().Be((200, 400, 400));
        far.Json.GetRawText().Should().Contain("give an earlier instant.\"").And.NotContain("Parameter '");
        there.Json.GetProperty("now").GetDateTimeOffset().Should().Be(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("dev-verify", true)]
    [InlineData("other", false)]
    public async Task Webhook_Connected_TellsWhetherItAnsweredTheHandshake(string token, bool verified)
    {
        await using var consumer = await HttpConsumer.StartAsync();
        await using var business = await Business.OpenAsync(o => o.VerifyToken = token);

        var connected = await business.PostAsync("_emulator/webhook", $$"""{"url":"{{consumer.Url}}"}""");
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        connected.Json.GetProperty("verified").GetBoolean().Should().Be(verified);
        (await business.GetAsync("_emulator/state")).Json.GetProperty("webhooks").GetProperty("verified").GetBoolean().Should().Be(verified);
        consumer.Requests.Should().ContainSingle("a consumer may come up later, and is posted to all the same");
    }

    [Fact]
    public async Task Webhook_NobodyThere_IsConnectedUnverified()
    {
        await using var business = await Business.OpenAsync();

        var connected = await business.PostAsync("_emulator/webhook", """{"url":"http://127.0.0.1:1/x"}""");

        (connected.StatusCode, connected.Json.GetProperty("verified").GetBoolean()).Should().Be((200, false));
    }

    [Fact]
    public async Task Webhook_Deleted_TakesTheOverrideBackAndDisconnects()
    {
        await using var business = await Business.OpenAsync();
        await using var own = await HttpConsumer.StartAsync();
        await business.PostAsync("_emulator/webhook", $$"""{"url":"{{own.Url}}","id":"{{Business.Number}}"}""");
        var overrides = (await business.GetAsync("_emulator/state")).Json.GetProperty("webhooks").GetProperty("overrides");

        await business.DeleteAsync($"_emulator/webhook?id={Business.Number}");
        await business.Emulator.Customer(Business.Phone).SaysAsync("to the app");
        await business.DeleteAsync("_emulator/webhook");
        await business.Emulator.Customer(Business.Phone).SaysAsync("to nobody");

        overrides[0].Text("id").Should().Be(Business.Number);
        (own.Requests.Count, business.Webhooks.Count).Should().Be((0, 1));
        (await business.DeleteAsync("_emulator/webhook?id=nonsense")).StatusCode.Should().Be(400);
    }

    [Theory]
    [InlineData("webhook", """{"url":"http://127.0.0.1:1/x","id":"nonsense"}""")]
    [InlineData("templates/status", """{"name":"hello_world","language":"en_US","status":"banana"}""")]
    [InlineData("restrictions", """{"kind":"BANANA","lasting":60}""")]
    public async Task Control_Nonsense_IsRefused(string path, string json)
    {
        await using var business = await Business.OpenAsync();

        (await business.PostAsync("_emulator/" + path, json)).StatusCode.Should().Be(400);
        business.Emulator.Webhooks.Should().BeEmpty();
    }

    [Fact]
    public async Task Media_TooLong_IsRefusedWhole()
    {
        await using var business = await Business.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"_emulator/customers/{Business.Phone}/media") { Content = new ByteArrayContent(new byte[102 * 1024 * 1024]) };

        using var response = await business.RawAsync(request);

        ((int)response.StatusCode).Should().Be(413);
        business.Emulator.Webhooks.Should().BeEmpty();
    }

    [Fact]
    public async Task State_FailingWebhooks_AreCountedUntilTheyArrive()
    {
        await using var business = await Business.OpenAsync();
        business.Answer = _ => 500;
        await business.Emulator.Customer(Business.Phone).SaysAsync("one");
        await business.Emulator.Customer(Business.Phone).SaysAsync("two");
        await business.SettleAsync();
        var waiting = await WaitingAsync();

        business.Answer = _ => 200;
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await business.SettleAsync();

        (waiting, await WaitingAsync()).Should().Be((2, 0));

        async Task<int> WaitingAsync() => (await business.GetAsync("_emulator/state")).Json.GetProperty("webhooks").GetProperty("waiting").GetInt32();
    }
}
