namespace WhatsSession.Emulator.Tests.Sending;

public sealed class WindowTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Send_CustomerNeverWrote_IsRefusedWith131047()
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.TextAsync("hello");

        reply.StatusCode.Should().Be(400);
        reply.Code.Should().Be(131047);
        var error = reply.Json.GetProperty("error");
        error.GetProperty("message").GetString().Should().Be("(#131047) Re-engagement message");
        error.GetProperty("type").GetString().Should().Be("OAuthException");
        error.GetProperty("error_data").GetProperty("messaging_product").GetString().Should().Be("whatsapp");
        error.GetProperty("error_data").GetProperty("details").GetString().Should().Be("More than 24 hours have passed since the recipient last replied.");
        error.GetProperty("fbtrace_id").GetString().Should().NotBeNullOrEmpty();
        business.Emulator.Customer(Business.Phone).Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Send_OneTickBefore24Hours_IsAccepted()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Clock.Advance(Day - Tick);

        (await business.TextAsync("hello")).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Send_AtExactly24Hours_IsRefused()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Clock.Advance(Day);

        (await business.TextAsync("hello")).Code.Should().Be(131047);
    }

    [Fact]
    public async Task Send_OneSecondAfter24Hours_IsRefused()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Clock.Advance(Day + TimeSpan.FromSeconds(1));

        (await business.TextAsync("hello")).Code.Should().Be(131047);
    }

    [Fact]
    public async Task Send_CustomerWroteWithinASecond_WindowCountsFromTheWholeSecond()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Clock.Advance(TimeSpan.FromMilliseconds(900));
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.LastInbound().Message.Text("timestamp").Should().Be(Business.Unix(Business.Start));

        business.Emulator.Clock.AdvanceTo(Business.Start + Day);

        (await business.TextAsync("hello")).Code.Should().Be(131047);
    }

    [Fact]
    public async Task Send_CustomerWroteAgain_WindowStartsAnew()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        business.Emulator.Clock.Advance(Day - Tick);
        await ana.SaysAsync("still there?");
        business.Emulator.Clock.Advance(Day - TimeSpan.FromSeconds(1));

        (await business.TextAsync("hello")).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Send_WindowOfAnotherNumber_IsRefused()
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.AddNumber("111", "one", "15550009001", "One");
            o.AddNumber("222", "two", "15550009002", "Two");
        });
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi", "111");

        var here = await business.SendAsync(Business.Body(Business.Phone, "\"text\":{\"body\":\"x\"}"), "111", "one");
        var there = await business.SendAsync(Business.Body(Business.Phone, "\"text\":{\"body\":\"x\"}"), "222", "two");

        here.StatusCode.Should().Be(200);
        there.Code.Should().Be(131047);
    }

    [Fact]
    public async Task Send_WindowOfAnotherCustomer_IsRefused()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        (await business.TextAsync("hello", to: "15550004321")).Code.Should().Be(131047);
    }

    [Fact]
    public async Task Send_TemplateOutside_IsAcceptedAndOpensNothing()
    {
        await using var business = await Business.OpenAsync();

        var template = await business.SendAsync(Business.Body("+" + Business.Phone, Bodies.HelloWorld));
        var text = await business.TextAsync("hello");

        template.StatusCode.Should().Be(200);
        template.Json.GetProperty("messages")[0].GetProperty("message_status").GetString().Should().Be("accepted");
        text.Code.Should().Be(131047);
        business.Emulator.Customer(Business.Phone).Received.Should().ContainSingle().Which.Text.Should().Be("hello_world");
    }

    [Fact]
    public async Task Send_OutsideAsynchronousMode_IsAcceptedThenFails()
    {
        await using var business = await Business.OpenAsync(o => o.RefusalMode = RefusalMode.Asynchronous);

        var reply = await business.TextAsync("hello");
        await business.SettleAsync();

        reply.StatusCode.Should().Be(200);
        var (status, value) = business.Statuses().Should().ContainSingle().Subject;
        status.Text("status").Should().Be("failed");
        status.Text("id").Should().Be(reply.MessageId);
        status.Text("recipient_id").Should().Be(Business.Phone);
        status.TryGetProperty("recipient_user_id", out _).Should().BeFalse();
        status.TryGetProperty("pricing", out _).Should().BeFalse();
        value.TryGetProperty("contacts", out _).Should().BeFalse();
        var error = status.GetProperty("errors")[0];
        error.GetProperty("code").GetInt32().Should().Be(131047);
        error.Text("title").Should().Be("Re-engagement message");
        error.GetProperty("error_data").Text("details").Should().NotBeNullOrEmpty();
        business.Emulator.Customer(Business.Phone).Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Send_DirectSendOutside_IsAcceptedAtTheUtilityPrice()
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync(Business.Body(Business.Phone, """ "category":"utility","ttl_seconds":60,"text":{"body":"Your parcel left"} """));
        await business.SettleAsync();

        reply.StatusCode.Should().Be(200);
        business.Statuses()[0].Status.GetProperty("pricing").Text("category").Should().Be("utility");
    }

    [Fact]
    public async Task Send_ToTheBsuidOfACustomerWhoWrote_UsesTheSameWindow()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");

        var reply = await business.SendAsync($$"""{"messaging_product":"whatsapp","recipient":"{{ana.UserId}}","text":{"body":"x"} }""");

        reply.StatusCode.Should().Be(200);
        ana.Received.Should().ContainSingle().Which.Text.Should().Be("x");
    }

    [Fact]
    public async Task Send_Closed_MixedModeRefusesByTurns()
    {
        await using var business = await Business.OpenAsync(o => o.RefusalMode = RefusalMode.Mixed);

        var replies = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            replies.Add((await business.TextAsync("x")).StatusCode);
        }

        await business.SettleAsync();
        replies.Should().Equal(400, 200, 400, 200);
        business.StatusNames().Should().Equal("failed", "failed");
    }
}
