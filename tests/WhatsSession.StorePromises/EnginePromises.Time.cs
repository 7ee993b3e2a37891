using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>Hosts whose clocks are wrong for a while.</content>
public abstract partial class EnginePromises
{
    private static readonly Duration MonthBehind = Duration.FromDays(-30);

    [Fact]
    public async Task HostsClock_NineDaysAheadForOneWebhook_ForgetsNothing()
    {
        await using var shop = await OpenAsync();
        var keyed = new SendOptions { IdempotencyKey = "order 42" };
        await shop.CustomerSaysAsync("one");
        var first = await shop.Conversation.SendAsync(Hello, keyed, Token);
        await shop.PassAsync(Duration.FromHours(25));
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        await shop.SettleAsync();

        shop.SetHostsAhead(Duration.FromDays(9));
        await shop.Meta.Customer("15550005678", "Ben").SaysAsync("two", Shop.Number);
        await shop.SettleAsync();
        (await shop.Conversation.SendAsync(Hello, keyed, Token)).Should().BeEquivalentTo(first);
        shop.SetHostsAhead(Duration.Zero);
        foreach (var webhook in shop.Meta.Webhooks.ToList())
        {
            await shop.RedeliverAsync(webhook, Other(shop));
        }

        await shop.SettleAsync();
        var again = await shop.On(Other(shop)).SendAsync(Hello, keyed, Token);
        var fallback = await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token);

        shop.Saw<TextReceived>().Select(static received => received.Text).Should().Equal("one", "two");
        again.Should().BeEquivalentTo(first);
        fallback.Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        shop.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task HostsClock_MonthBehindAtTheStart_ClampsNoMessageOnceMetaAnswered()
    {
        await using var shop = await OpenAsync();
        shop.SetHostsAhead(MonthBehind);
        await shop.CustomerSaysAsync("one");
        (await shop.Conversation.SendAsync(OrderShipped("42"), Token)).IsAccepted.Should().BeTrue();
        await shop.SettleAsync();

        for (var i = 0; i < shop.Hosts.Count; i++)
        {
            // Meta's answers are heard by the host that asked.
            await shop.On(i).SendAsync(OrderShipped($"4{i}"), Token);
            await shop.SettleAsync();
        }

        await shop.CustomerSaysAsync("two");
        var at = shop.Now;
        shop.SetHostsAhead(Duration.Zero);
        await shop.PassAsync(Duration.FromHours(23));

        (await shop.Conversation.GetWindowAsync(Token)).Until.Should().Be(at + Duration.FromHours(24));
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
        shop.Saw<TextReceived>().Select(static received => received.Text).Should().Equal("one", "two");
    }

    [Fact]
    public async Task HostsClock_NineDaysAheadWhenAHandlerFails_HoldsItsConversationBackForASecond()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>("reply", FailingOnce(static (m, ct) => m.ReplyAsync(Hello, ct))));
        await HearMetaAsync(shop);
        shop.SetHostsAhead(Duration.FromDays(9));
        await shop.CustomerSaysAsync("one");
        shop.SetHostsAhead(Duration.Zero);
        await shop.CustomerSaysAsync("two");
        shop.Saw<TextReceived>().Select(static received => received.Text).Should().Equal("one");

        await shop.PassAsync(Duration.FromSeconds(2));
        await shop.PassAsync(Duration.FromSeconds(2));

        shop.Saw<TextReceived>().Select(static received => received.Text).Should().Equal("one", "two");
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HostsClock_NineDaysAheadForAMinute_EndsNoHeldMessage(bool hasAnswered)
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        if (hasAnswered)
        {
            await HearMetaAsync(shop);
        }

        var sent = shop.Sent.Count;
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        shop.SetHostsAhead(Duration.FromDays(9));
        await shop.PassAsync(Duration.FromMinutes(1));
        shop.SetHostsAhead(Duration.Zero);
        await shop.PassAsync(Duration.FromHours(1));
        shop.Saw<HeldMessageExpired>().Should().BeEmpty();

        await shop.CustomerSaysAsync("Yes?");

        shop.Sent.Should().HaveCount(sent + 1);
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HostsClock_NineDaysAheadForAMinute_HeldMessageEndsAtItsTime()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        await HearMetaAsync(shop);
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        shop.SetHostsAhead(Duration.FromDays(9));
        await shop.PassAsync(Duration.FromMinutes(1));
        shop.SetHostsAhead(Duration.Zero);

        await shop.PassAsync(Duration.FromDays(3));

        shop.Saw<HeldMessageExpired>().Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(9)]
    [InlineData(-9)]
    public async Task HeldMessage_CustomerErasedWhileItIsBeingHeldByAHostWithAWrongClock_IsNotKept(int daysAhead)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await shop.CloseAsync();
        await HearMetaAsync(shop);
        shop.SetHostsAhead(Duration.FromDays(daysAhead));
        faults.Before = write => write == nameof(IHeldMessageStore.HoldAsync) ? shop.Conversation.EraseAsync(Token).AsTask() : Task.CompletedTask;

        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);

        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    // Meta's answers are heard by the host that asked.
    private static async Task HearMetaAsync(Shop shop)
    {
        for (var i = 0; i < shop.Hosts.Count; i++)
        {
            (await shop.On(i, "15550007777").SendAsync(OrderShipped($"{i}"), Token)).IsAccepted.Should().BeTrue();
        }

        await shop.SettleAsync();
    }

    [Fact]
    public async Task Webhooks_OfTheYear2100_OpenNoLongerWindowAndForgetNothing()
    {
        await using var shop = await OpenAsync();
        var keyed = new SendOptions { IdempotencyKey = "order 42" };
        await shop.CustomerSaysAsync("one");
        var first = await shop.Conversation.SendAsync(Hello, keyed, Token);
        await shop.SettleAsync();
        var sent = shop.Meta.Webhooks.ToList();
        for (var i = 0; i < 3; i++)
        {
            await shop.PostAsync("messages", $$$"""
                {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"messages":[{"from":"{{{Shop.Phone}}}","id":"wamid.2100.{{{i}}}","timestamp":"{{{4_102_444_800 + i}}}","type":"text","text":{"body":"late"}}]}
                """);
        }

        await shop.SettleAsync();
        foreach (var webhook in sent)
        {
            await shop.RedeliverAsync(webhook, Other(shop));
        }

        await shop.SettleAsync();
        (await shop.On(Other(shop)).SendAsync(Hello, keyed, Token)).Should().BeEquivalentTo(first);
        shop.Saw<TextReceived>().Select(static received => received.Text).Should().Equal("one", "late", "late", "late");
        (await shop.Conversation.GetWindowAsync(Token)).Until.Should().Be(shop.Now + Duration.FromHours(24) + Duration.FromMinutes(5));
        shop.Sent.Should().ContainSingle();
    }
}
