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
