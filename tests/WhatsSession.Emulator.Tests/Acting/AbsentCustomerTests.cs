namespace WhatsSession.Emulator.Tests.Acting;

/// <summary>Phones that are off, and numbers whose owner changed.</summary>
public sealed class AbsentCustomerTests
{
    [Theory]
    [InlineData(""" "category":"utility","ttl_seconds":30,"text":{"body":"x"} """, 30)]
    [InlineData(""" "category":"authentication","text":{"body":"x"} """, 600)]
    [InlineData(""" "category":"utility","text":{"body":"x"} """, 2_592_000)]
    [InlineData(Bodies.HelloWorld, 2_592_000)]
    public async Task Offline_ComesBackInTime_GetsTheMessage_AndLaterNothing(string content, int seconds)
    {
        await using var business = await Business.OpenAsync();
        var (early, late) = (business.Emulator.Customer(Business.Phone), business.Emulator.Customer("15550004321"));
        early.IsOnline = late.IsOnline = false;
        await business.SendAsync(Business.Body(early.Phone, content));
        await business.SendAsync(Business.Body(late.Phone, content));

        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        early.IsOnline = true;
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));
        late.IsOnline = true;
        await business.SettleAsync();

        (early.Received.Count, late.Received.Count).Should().Be((1, 0));
        business.StatusNames().Should().Equal(["sent", "sent", "delivered"], "what is dropped is dropped without a word");
    }

    [Fact]
    public async Task NumberGivenUp_NextOwner_IsSomebodyElse()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone, name: "Ana");
        await ana.SaysAsync("hi");
        var herId = ana.UserId;
        await ana.ChangesNumberAsync("15550004321");

        var bo = business.Emulator.Customer(Business.Phone, name: "Bo");

        bo.UserId.Should().NotBe(herId).And.NotBe(ana.UserId);
        (await business.TextAsync("for Bo")).Code.Should().Be(131047, "the window was Ana's");
        (await business.TextAsync("for Ana", to: "15550004321")).StatusCode.Should().Be(200);
        await bo.SaysAsync("hello");
        business.LastInbound().Message.Text("from_user_id").Should().Be(bo.UserId);
    }

    [Fact]
    public async Task Leaves_ThenWritten_FailsByUserIdAndMeetsSomebodyElseByPhone()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");

        ana.Leaves();
        await business.SendAsync($$"""{"messaging_product":"whatsapp","recipient":"{{ana.UserId}}",{{Bodies.HelloWorld}}}""");
        await business.SettleAsync();

        business.Statuses()[^1].Status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131026);
        business.Emulator.Customer(Business.Phone).Should().NotBeSameAs(ana).And.Match<EmulatedCustomer>(c => c.UserId != ana.UserId);
        (await business.TextAsync("x")).Code.Should().Be(131047);
    }
}
