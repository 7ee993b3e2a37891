using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>Hosts that start anew with a wrong clock, when the store alone knows what time it is.</content>
public abstract partial class EnginePromises
{
    public static TheoryData<double> WrongByHours => [9 * 24, -30 * 24, 1 / 30.0, -1 / 30.0, 0];

    [Theory]
    [MemberData(nameof(WrongByHours))]
    public async Task Restart_WithAWrongClock_HandlesLiveMessagesAndForgetsNothing(double hoursAhead)
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        var keyed = new SendOptions { IdempotencyKey = "order 42" };
        await shop.CustomerSaysAsync("one");
        var first = await shop.Conversation.SendAsync(Hello, keyed, Token);
        await shop.CustomerSaysAsync("two");
        await shop.PassAsync(Duration.FromHours(2));
        await shop.CustomerSaysAsync("three");
        var before = shop.Meta.Webhooks.ToList();

        shop.SetHostsAhead(Duration.FromHours(hoursAhead));
        await shop.RestartAsync(await ReopenStoresAsync(stores), down: Duration.FromMinutes(3));
        await shop.CustomerSaysAsync("four");
        await shop.CustomerSaysAsync("five");
        var last = shop.Now;
        foreach (var webhook in before)
        {
            await shop.RedeliverAsync(webhook, Other(shop));
        }

        await shop.SettleAsync();
        (await shop.On(Other(shop)).SendAsync(Hello, keyed, Token)).Should().BeEquivalentTo(first);
        shop.SetHostsAhead(Duration.Zero);
        await shop.PassAsync(Duration.FromHours(23));

        shop.Saw<TextReceived>().Select(static received => received.Text).Should().Equal("one", "two", "three", "four", "five");
        (await shop.On(Other(shop)).GetWindowAsync(Token)).Until.Should().Be(last + Duration.FromHours(24));
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Restart_MonthBehindAndADayLater_IsRightFromTheSecondMessageOn()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        await SayToEachHostAsync(shop);

        // What the store knows is old by then; one new time alone is not believed beyond it, so the first message is clamped.
        shop.SetHostsAhead(MonthBehind);
        await shop.RestartAsync(await ReopenStoresAsync(stores), down: Duration.FromHours(20));
        await shop.CustomerSaysAsync("three");
        (await shop.Conversation.GetWindowAsync(Token)).MaySend.Should().BeTrue("by the clock of this host");
        await SayToEachHostAsync(shop);
        var last = shop.Now;
        shop.SetHostsAhead(Duration.Zero);
        await shop.PassAsync(Duration.FromHours(23));

        (await shop.Conversation.GetWindowAsync(Token)).Until.Should().Be(last + Duration.FromHours(24));
        shop.Saw<TextReceived>().Should().HaveCount(1 + (4 * shop.Hosts.Count));
    }

    /// <summary>Each host hears two messages of different times, by which it knows Meta's.</summary>
    private static async Task SayToEachHostAsync(Shop shop)
    {
        for (var i = 0; i < 2 * shop.Hosts.Count; i++)
        {
            await shop.PassAsync(Duration.FromMinutes(1));
            await shop.CustomerSaysAsync("more");
        }
    }

    [Fact]
    public async Task Restart_StoresTimeAheadOfEverythingElse_HandlesLiveMessages()
    {
        var stores = await CreateStoresAsync();
        foreach (var store in stores.Take(1))
        {
            // As after an emulator was moved ahead.
            await store.OpenAsync(Token);
            await store.IngestAsync(new IngestBatch { Events = [], ReceivedAt = Shop.Opening, MetaTime = Shop.Opening + Duration.FromDays(30) }, Token);
        }

        await using var shop = await Shop.OpenAsync(stores);
        await shop.CustomerSaysAsync("one");
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("two");
        foreach (var webhook in shop.Meta.Webhooks.ToList())
        {
            await shop.RedeliverAsync(webhook, Other(shop));
        }

        await shop.SettleAsync();
        shop.Saw<TextReceived>().Select(static received => received.Text).Should().Equal("one", "two");
    }

    [Fact]
    public async Task HostsClock_MonthBehindOnANewStore_IsRightWithTheCustomersNextMessage()
    {
        await using var shop = await OpenAsync();
        shop.SetHostsAhead(MonthBehind);
        await shop.CustomerSaysAsync("one");
        for (var i = 0; i < shop.Hosts.Count; i++)
        {
            // The answer and the message agree: two, where one alone might be wrong.
            (await shop.On(i).SendAsync(OrderShipped($"{i}"), Token)).IsAccepted.Should().BeTrue();
            await shop.SettleAsync();
        }

        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("two");
        var last = shop.Now;
        shop.SetHostsAhead(Duration.Zero);

        (await shop.Conversation.GetWindowAsync(Token)).Until.Should().Be(last + Duration.FromHours(24));
    }
}
