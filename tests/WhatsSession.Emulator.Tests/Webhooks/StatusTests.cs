using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Webhooks;

public sealed class StatusTests
{
    [Fact]
    public async Task Statuses_TextInsideTheWindow_HaveMetasShape()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone, new CustomerProfile { Name = "Ana", Username = "ana.b", UserId = "US.40917263548812004417" });
        await ana.SaysAsync("hi");

        var reply = await business.TextAsync("hello");
        await business.SettleAsync();

        business.StatusNames().Should().Equal("sent", "delivered");
        business.Statuses()[0].Value.GetRawText().Should().Be($$$"""
            {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"314159265358979"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"15550001234","user_id":"US.40917263548812004417"}],"statuses":[{"id":"{{{reply.MessageId.Replace("/", "\\/")}}}","status":"sent","timestamp":"{{{Business.Unix(Business.Start)}}}","recipient_id":"15550001234","recipient_user_id":"US.40917263548812004417","pricing":{"billable":false,"pricing_model":"PMP","type":"free_customer_service","category":"service"}}]}
            """);
        business.Statuses()[1].Value.GetProperty("contacts")[0].GetProperty("profile").Text("username").Should().Be("ana.b");
    }

    [Theory]
    [InlineData("2026-09-30T23:59:59Z", true, "service", false, "free_customer_service")]
    [InlineData("2026-10-01T00:00:00Z", true, "service", true, "regular", 0)]
    [InlineData("2026-10-01T00:00:00Z", true, "service", false, "free_customer_service")]
    [InlineData("2026-09-30T23:59:59Z", true, "utility", false, "free_customer_service")]
    [InlineData("2026-09-30T23:59:59Z", false, "utility", true, "regular")]
    [InlineData("2026-10-01T00:00:00Z", true, "utility", true, "regular")]
    [InlineData("2026-09-30T23:59:59Z", true, "marketing", true, "regular")]
    public async Task Pricing_AtADate_FollowsTheRuleOfThatDate(string at, bool insideWindow, string category, bool billable, string type, int free = 1000)
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.StartsAt = DateTimeOffset.Parse(at);
            o.FreeServiceMessages = free;
            o.AddTemplate("promo", "en_US", bodyParameters: 0, category: "MARKETING");
        });
        if (insideWindow)
        {
            await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        }

        await business.SendAsync(Business.Body(Business.Phone, category switch
        {
            "service" => """ "text":{"body":"x"} """,
            "utility" => Bodies.HelloWorld,
            _ => Bodies.Template("promo"),
        }));
        await business.SettleAsync();

        var pricing = business.Statuses()[0].Status.GetProperty("pricing");
        (pricing.Text("category"), pricing.GetProperty("billable").GetBoolean(), pricing.Text("type")).Should().Be((category, billable, type));
    }

    [Fact]
    public async Task Pricing_ServiceMessages_AreFreeUpToTheNumberOfTheMonth()
    {
        await using var business = await Business.OpenAsync(o => o.FreeServiceMessages = 2);
        var ana = business.Emulator.Customer(Business.Phone);
        var wamid = await ana.SaysAsync("hi");

        await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"reaction","reaction":{"message_id":"{{wamid}}","emoji":"x"} """));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.TextAsync("one");
        await business.TextAsync("two");
        await business.TextAsync("three");
        business.Emulator.Clock.AdvanceTo(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await ana.SaysAsync("a month later");
        await business.TextAsync("four");
        await business.SettleAsync();

        Types(business).Should().Equal("free_customer_service", "regular", "free_customer_service", "free_customer_service", "regular", "free_customer_service");
    }

    [Theory]
    [InlineData("2026-10-11T23:59:59Z", null)]
    [InlineData("2026-10-12T00:00:00Z", "paid_exempt")]
    public async Task Pricing_ExemptAccount_IsMarkedSinceItsDate(string at, string? subtype)
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.StartsAt = DateTimeOffset.Parse(at);
            o.FreeServiceMessages = 1;
            o.PaymentExempt = true;
        });
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        await business.TextAsync("free");
        await business.TextAsync("exempt");
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        Types(business).Should().Equal("free_customer_service", "regular", "regular");
        Sent(business).Select(s => s.GetProperty("pricing").Text("subtype")).Should().Equal(null, subtype, null);
    }

    [Fact]
    public async Task Reads_EverythingReceived_GivesOneReadEachAndEchoesOpaqueData()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        await business.SendAsync(Business.Body(Business.Phone, """ "text":{"body":"x"},"biz_opaque_callback_data":"order=4410;attempt=1" """));

        await ana.ReadsAsync();
        await ana.ReadsAsync();

        business.StatusNames().Should().Equal("sent", "delivered", "read");
        business.Statuses().Should().OnlyContain(s => s.Status.Text("biz_opaque_callback_data") == "order=4410;attempt=1");
        business.Statuses()[2].Status.TryGetProperty("pricing", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Statuses_CustomersReadAtOnce_EndWithRead()
    {
        await using var business = await Business.OpenAsync(o => o.CustomersReadAtOnce = true);

        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        business.StatusNames().Should().Equal("sent", "delivered", "read");
    }

    [Fact]
    public async Task Statuses_WithDelays_ComeWhenTheClockGetsThere()
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.SentAfter = TimeSpan.FromSeconds(2);
            o.DeliveredAfter = TimeSpan.FromSeconds(5);
        });
        var ana = business.Emulator.Customer(Business.Phone);
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();
        business.StatusNames().Should().BeEmpty();
        ana.Received.Should().BeEmpty();

        business.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        await business.SettleAsync();

        business.StatusNames().Should().Equal("sent", "delivered");
        business.Statuses().Select(s => s.Status.Text("timestamp")).Should().Equal(Business.Unix(Business.Start.AddSeconds(2)), Business.Unix(Business.Start.AddSeconds(5)));
        ana.Received.Should().ContainSingle().Which.At.Should().Be(Business.Start.AddSeconds(5));
    }

    [Fact]
    public async Task Statuses_Reaction_IsSentAndNothingElse()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        var wamid = await ana.SaysAsync("hi");

        await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"reaction","reaction":{"message_id":"{{wamid}}","emoji":"👍"} """));
        await ana.ReadsAsync();
        await business.SettleAsync();

        business.StatusNames().Should().Equal("sent");
    }

    [Fact]
    public async Task Statuses_ToTheBsuidOfAHiddenPhone_LeaveThePhoneOut()
    {
        await using var business = await Business.OpenAsync();
        var iris = business.Emulator.Customer(Business.Phone, new CustomerProfile { Name = "Iris", Username = "irisvale", HidesPhone = true });
        await iris.SaysAsync("hi");

        var reply = await business.SendAsync($$"""{"messaging_product":"whatsapp","recipient":"{{iris.UserId}}","text":{"body":"x"} }""");
        await business.SettleAsync();

        var (status, value) = business.Statuses()[1];
        status.TryGetProperty("recipient_id", out _).Should().BeFalse();
        status.Text("recipient_user_id").Should().Be(iris.UserId);
        value.GetProperty("contacts")[0].TryGetProperty("wa_id", out _).Should().BeFalse();
        Convert.FromBase64String(reply.MessageId["wamid.".Length..]).Should().NotBeEmpty();
        business.Webhooks.Select(w => System.Text.Encoding.UTF8.GetString(w.Body.Span)).Should().OnlyContain(b => !b.Contains(Business.Phone));
    }

    private static IEnumerable<JsonElement> Sent(Business business) => business.Statuses().Select(s => s.Status).Where(s => s.Text("status") == "sent");

    private static IEnumerable<string?> Types(Business business) => Sent(business).Select(s => s.GetProperty("pricing").Text("type"));
}
