using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Acting;

public sealed class CustomerLifeTests
{
    [Theory]
    [InlineData(true, "COMPLETED")]
    [InlineData(false, "FAILED")]
    public async Task Calls_AnsweredOrNot_OpensTheWindow(bool answered, string status)
    {
        await using var business = await Business.OpenAsync();

        await business.Emulator.Customer(Business.Phone).CallsAsync(answered);

        business.Emulator.Webhooks.Select(w => w.Kind).Should().Equal("calls:connect", "calls:terminate");
        var call = Change(business, 1).GetProperty("value").GetProperty("calls")[0];
        (call.Text("status"), call.Text("direction"), call.Text("from")).Should().Be((status, "USER_INITIATED", Business.Phone));
        (await business.TextAsync("you called?")).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task StopsMarketing_ThenResumes_131050InBetween()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("promo", "en_US", bodyParameters: 0, category: "MARKETING"));
        var ana = business.Emulator.Customer(Business.Phone);

        await ana.StopsMarketingAsync();
        var promo = await business.SendAsync(Business.Body(Business.Phone, Bodies.Template("promo")));
        var utility = await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await ana.ResumesMarketingAsync();
        var later = await business.SendAsync(Business.Body(Business.Phone, Bodies.Template("promo")));

        (promo.Code, utility.StatusCode, later.StatusCode).Should().Be((131050, 200, 200));
        var stop = Change(business, 0);
        stop.Text("field").Should().Be("user_preferences");
        stop.GetProperty("value").GetProperty("user_preferences")[0].Text("value").Should().Be("stop");
    }

    [Fact]
    public async Task Blocks_MessagesStayAtSent_AndNothingCanBeWritten()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        ana.Blocks();

        await business.TextAsync("hello?");
        await business.SettleAsync();

        business.StatusNames().Should().Equal("sent");
        await ana.Awaiting(a => a.SaysAsync("x")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*unblock*");
        ana.Unblocks();
        await ana.SaysAsync("back");
    }

    [Fact]
    public async Task IsReachable_Not_FailsWith131026()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Customer(Business.Phone).IsReachable = false;

        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        business.Statuses()[0].Status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131026);
    }

    [Fact]
    public async Task ChangesNumber_SystemMessage_ComesFromTheOldNumberAndNamesThePreviousUserId()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone, name: "Ana");
        await ana.SaysAsync("hi");
        var oldId = ana.UserId;

        await ana.ChangesNumberAsync("+1 555 000 4321");

        var message = Change(business, 1).GetProperty("value").GetProperty("messages")[0];
        (message.Text("type"), message.Text("from"), message.GetProperty("system").Text("wa_id"), message.GetProperty("system").Text("type")).Should().Be(("system", Business.Phone, "15550004321", "user_changed_number"));
        (message.Text("from_user_id"), message.GetProperty("system").Text("user_id"), message.GetProperty("system").Text("previous_user_id")).Should().Be((ana.UserId, ana.UserId, oldId));
        business.Webhooks.Should().HaveCount(2, "since August 2026 the system message is all that tells of it");
        ana.UserId.Should().NotBe(oldId);
        business.Emulator.Customer("15550004321").Should().BeSameAs(ana);
    }

    [Fact]
    public async Task Pays_AnOrder_IsAStatusOfTypePayment()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("one teapot");
        var text = (await business.TextAsync("coming")).MessageId;
        var id = (await business.SendAsync(Business.Body(Business.Phone, """
            "type":"interactive","interactive":{"type":"order_details","body":{"text":"Your order"},"action":{"name":"review_and_pay","parameters":{"reference_id":"order-5531","type":"physical-goods","currency":"INR","total_amount":{"value":45900,"offset":100},"order":{"status":"pending","items":[]}}}}
            """))).MessageId;
        await business.SettleAsync();

        await ana.PaysAsync(id);

        var status = business.Statuses()[^1].Status;
        (status.Text("id"), status.Text("type"), status.Text("status"), status.Text("recipient_id")).Should().Be((id, "payment", "captured", Business.Phone));
        var payment = status.GetProperty("payment");
        (payment.Text("reference_id"), payment.Text("currency"), payment.GetProperty("amount").GetProperty("value").GetInt32(), payment.GetProperty("transaction").Text("status")).Should().Be(("order-5531", "INR", 45900, "success"));
        await ana.Awaiting(a => a.PaysAsync(text)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*order_details*");
    }

    [Fact]
    public async Task ChangesNumber_HiddenPhone_IsToldByUserIdsAlone()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone, new CustomerProfile { Name = "Ana", Username = "ana.b", HidesPhone = true });
        await ana.SaysAsync("hi");
        var oldId = ana.UserId;

        await ana.ChangesNumberAsync("15550004321");

        var message = Change(business, 1).GetProperty("value").GetProperty("messages")[0];
        var system = message.GetProperty("system");
        (message.TryGetProperty("from", out _), system.TryGetProperty("wa_id", out _)).Should().Be((false, false));
        (system.Text("type"), message.Text("from_user_id"), system.Text("user_id"), system.Text("previous_user_id")).Should().Be(("user_changed_user_id", ana.UserId, ana.UserId, oldId));
        message.GetRawText().Should().NotContain(Business.Phone).And.NotContain("15550004321");
    }

    [Fact]
    public async Task HidesPhone_Webhooks_LeaveItOut()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        ana.HidesPhoneBehind("ana.b");

        await ana.SaysAsync("hi");

        var (message, value) = business.LastInbound();
        message.TryGetProperty("from", out _).Should().BeFalse();
        value.GetProperty("contacts")[0].GetProperty("profile").Text("username").Should().Be("ana.b");
    }

    [Fact]
    public async Task ClicksAd_AnsweredInADay_IsFreeFor72Hours()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.ClicksAdAsync("hi", new CustomerAd { SourceId = "1202", Headline = "Kettles", ClickId = "c1" });
        await business.TextAsync("welcome");
        business.Emulator.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromTicks(1));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        business.LastInbound().Message.GetProperty("referral").Text("ctwa_clid").Should().Be("c1");
        var sent = business.Statuses().Where(s => s.Status.Text("status") == "sent").Select(s => s.Status).ToList();
        sent.Select(s => s.GetProperty("pricing").Text("type")).Should().Equal("free_entry_point", "free_entry_point", "regular");
        sent[0].GetProperty("conversation").Text("expiration_timestamp").Should().Be(Business.Unix(Business.Start.AddHours(72)));
        sent[2].TryGetProperty("conversation", out _).Should().BeFalse();
    }

    [Fact]
    public async Task ClicksAd_FreeEntryPointOf7Days_StaysFreeForSoLong()
    {
        await using var business = await Business.OpenAsync(o => o.FreeEntryPoint = TimeSpan.FromDays(7));
        await business.Emulator.Customer(Business.Phone).ClicksAdAsync("hi", new CustomerAd { SourceId = "1202", Headline = "Kettles", ClickId = "c1" });
        await business.TextAsync("welcome");
        business.Emulator.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        var sent = business.Statuses().Where(s => s.Status.Text("status") == "sent").Select(s => s.Status).ToList();
        sent.Select(s => s.GetProperty("pricing").Text("type")).Should().Equal("free_entry_point", "free_entry_point", "regular");
        sent[0].GetProperty("conversation").Text("expiration_timestamp").Should().Be(Business.Unix(Business.Start.AddDays(7)));
    }

    [Theory]
    [InlineData(true, new[] { "call_created", "connect", "terminate", "call_recording_available", "call_transcription_available" })]
    [InlineData(false, new[] { "call_created", "connect", "terminate" })]
    public async Task Calls_WithNewerEvents_EachNamesItsTimeAndCustomer(bool answered, string[] events)
    {
        await using var business = await Business.OpenAsync(o => o.NewerCallEvents = true);
        var ana = business.Emulator.Customer(Business.Phone);

        var id = await ana.CallsAsync(answered);

        var calls = Enumerable.Range(0, business.Webhooks.Count).Select(i => Change(business, i).GetProperty("value").GetProperty("calls")[0]).ToList();
        calls.Select(c => c.Text("event")).Should().Equal(events);
        calls.Should().OnlyContain(c => c.Text("id") == id && c.Text("from") == Business.Phone && c.Text("from_user_id") == ana.UserId);
        calls.Select(c => c.Text("timestamp")).Should().OnlyContain(t => t == Business.Unix(Business.Start) || t == Business.Unix(Business.Start.AddSeconds(30)));
    }

    [Theory]
    [InlineData(23, "free_entry_point")]
    [InlineData(24, "regular")]
    [InlineData(25, "regular")]
    public async Task ClicksAd_FirstAnswerAfterSoManyHours_IsFreeWithinTheFirstDayAlone(int hours, string type)
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).ClicksAdAsync("hi", new CustomerAd { SourceId = "1202", Headline = "Kettles", ClickId = "c1" });

        business.Emulator.Clock.Advance(TimeSpan.FromHours(hours));
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        var sent = business.Statuses()[0].Status;
        sent.GetProperty("pricing").Text("type").Should().Be(type);
        sent.TryGetProperty("conversation", out _).Should().Be(type is "free_entry_point");
    }

    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 200)]
    public async Task Reacts_Window_OpensOnlyIfTheOptionSaysSo(bool opens, int status)
    {
        await using var business = await Business.OpenAsync(o => o.ReactionsOpenWindow = opens);
        var ana = business.Emulator.Customer(Business.Phone);
        var id = (await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld))).MessageId;
        await business.SettleAsync();

        await ana.ReactsAsync(id, "👍");

        business.LastInbound().Message.GetProperty("reaction").Text("emoji").Should().Be("👍");
        (await business.TextAsync("thanks")).StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task Shares_LocationContactFlowQuote_HaveMetasShapes()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        var request = await business.SendAsync(Business.Body(Business.Phone, """ "type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where?"},"action":{"name":"send_location"}} """));
        await business.SettleAsync();

        await ana.SharesLocationAsync(new CustomerLocation(40.5, -73.9) { Name = "Deli" });
        var location = business.LastInbound().Message;
        await ana.SharesContactAsync("Bo", "+15550004321");
        var contact = business.LastInbound().Message.GetProperty("contacts")[0];
        await ana.CompletesFlowAsync(request.MessageId, """{"rating":"5"}""");
        var flow = business.LastInbound().Message;
        await ana.QuotesAsync(request.MessageId, "this");
        var quote = business.LastInbound().Message;

        (location.GetProperty("location").GetProperty("latitude").GetDouble(), location.GetProperty("context").Text("id")).Should().Be((40.5, request.MessageId));
        (contact.Text("origin"), contact.GetProperty("name").Text("formatted_name")).Should().Be(("other", "Bo"));
        flow.GetProperty("interactive").GetProperty("nfm_reply").Text("response_json").Should().Be("""{"rating":"5"}""");
        quote.GetProperty("context").Text("id").Should().Be(request.MessageId);
        await ana.Awaiting(a => a.CompletesFlowAsync(request.MessageId, "[]")).Should().ThrowAsync<ArgumentException>();
        await ana.Awaiting(a => a.ReactsAsync("wamid.none", "x")).Should().ThrowAsync<InvalidOperationException>();
    }

    private static JsonElement Change(Business business, int webhook)
    {
        using var document = JsonDocument.Parse(business.Webhooks[webhook].Body);
        return document.RootElement.GetProperty("entry")[0].GetProperty("changes")[0].Clone();
    }
}
