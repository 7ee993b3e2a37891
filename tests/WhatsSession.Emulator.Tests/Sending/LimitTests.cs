namespace WhatsSession.Emulator.Tests.Sending;

public sealed class LimitTests
{
    [Fact]
    public async Task PairLimit_BurstOf20_IsPaidBackIn2Minutes()
    {
        await using var business = await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            (await business.TextAsync("x")).StatusCode.Should().Be(200);
        }

        business.Emulator.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromTicks(1));
        (await business.TextAsync("x")).Code.Should().Be(131056);
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));

        (await business.TextAsync("x")).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task PairLimit_MessageEverySixSeconds_NeverHitsIt()
    {
        await using var business = await OpenAsync();

        for (var i = 0; i < 60; i++)
        {
            (await business.TextAsync("x")).StatusCode.Should().Be(200);
            business.Emulator.Clock.Advance(TimeSpan.FromSeconds(6));
        }
    }

    [Fact]
    public async Task PairLimit_46InABurst_TheLastIsRefused()
    {
        await using var business = await OpenAsync();

        var codes = new List<int?>();
        for (var i = 0; i < 46; i++)
        {
            codes.Add((await business.TextAsync("x")).Code);
        }

        codes[..45].Should().OnlyContain(c => c == null);
        codes[45].Should().Be(131056);
    }

    [Fact]
    public async Task Throughput_MoreThanTheNumberHandles_Is130429ForASecond()
    {
        await using var business = await Business.OpenAsync(o => o.AddNumber(new EmulatedNumber { Id = Business.Number, MessagesPerSecond = 3 }));

        var codes = new List<int?>();
        for (var i = 0; i < 4; i++)
        {
            codes.Add((await business.SendAsync(Business.Body($"1555000100{i}", Bodies.HelloWorld))).Code);
        }

        codes.Should().Equal(null, null, null, 130429);
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        (await business.SendAsync(Business.Body("15550001009", Bodies.HelloWorld))).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task TestNumber_StrangerToIt_Is131030()
    {
        await using var business = await Business.OpenAsync(o => o.AddNumber(new EmulatedNumber { Id = Business.Number, AllowedRecipients = ["+1 555 000 1234"] }));

        (await business.SendAsync(Business.Body("15550004321", Bodies.HelloWorld))).Code.Should().Be(131030);
        (await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld))).StatusCode.Should().Be(200);
    }

    private static async Task<Business> OpenAsync()
    {
        var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        return business;
    }
}
