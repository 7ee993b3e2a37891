namespace WhatsSession.Emulator.Tests.Acting;

public sealed class EmulatedCustomerTests
{
    [Fact]
    public async Task Customer_SamePhone_IsTheSameCustomer()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer("+1 (555) 000-1234", name: "Ana");

        business.Emulator.Customer("15550001234").Should().BeSameAs(ana);
        ana.Name.Should().Be("Ana");
        ana.UserId.Should().MatchRegex(@"^US\.[0-9]{20}$").And.NotContain("15550001234");
        ana.ToString().Should().NotContain("15550001234");
    }

    [Fact]
    public async Task Customer_NamedAnew_KeepsTheRestOfTheProfile()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Customer(Business.Phone, new CustomerProfile { Name = "Ana", Username = "ana.b", UserId = "US.1" });

        var ana = business.Emulator.Customer(Business.Phone, name: "Ana Beatriz");

        (ana.Name, ana.Username, ana.UserId).Should().Be(("Ana Beatriz", "ana.b", "US.1"));
    }

    [Fact]
    public async Task Customer_NotAPhone_SaysWhatToGive()
    {
        await using var business = await Business.OpenAsync();

        business.Emulator.Invoking(e => e.Customer("ana")).Should().Throw<ArgumentException>().WithMessage("'ana' is not a phone number: give 7 to 15 digits*");
    }

    [Fact]
    public async Task Customer_UserIdOfAnother_Throws()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Customer("15550001234", new CustomerProfile { UserId = "US.1" });

        business.Emulator.Invoking(e => e.Customer("15550004321", new CustomerProfile { UserId = "US.1" })).Should().Throw<InvalidOperationException>();
        business.Emulator.Invoking(e => e.Customer("15550004321", new CustomerProfile { UserId = "nonsense" })).Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task Taps_ButtonNeverReceived_SaysSo()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);

        await ana.Awaiting(a => a.TapsAsync("slot-am")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*'slot-am'*");
        await ana.Awaiting(a => a.PicksAsync("store-7")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*'store-7'*");
    }

    [Fact]
    public async Task Says_SeveralNumbers_NeedsOneNamed()
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.AddNumber("111");
            o.AddNumber("222");
        });
        var ana = business.Emulator.Customer(Business.Phone);

        await ana.Awaiting(a => a.SaysAsync("hi")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*111, 222*");
        await ana.Awaiting(a => a.SaysAsync("hi", toNumber: "333")).Should().ThrowAsync<ArgumentException>().WithMessage("*'333'*");
        await ana.SaysAsync("hi", toNumber: "222");
        business.LastInbound().Value.GetProperty("metadata").Text("phone_number_id").Should().Be("222");
    }

    [Fact]
    public async Task Next_MessagesInOrder_EachOnce()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        var waiting = ana.NextAsync();

        await business.TextAsync("one");
        await business.TextAsync("two");

        (await waiting.WithinLimitAsync()).Text.Should().Be("one");
        var second = await ana.NextAsync().WithinLimitAsync();
        second.Should().Be(ana.Received[1]);
        second.FromNumber.Should().Be(Business.Number);
        second.At.Should().Be(Business.Start);
        second.Json.Should().Contain("\"two\"");
    }
}
