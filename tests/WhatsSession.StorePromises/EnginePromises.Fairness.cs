using System.Text.Json.Nodes;
using WhatsSession.Emulator;

namespace WhatsSession.StorePromises;

/// <content>Whoever is slow, or has much to say, keeps nobody else waiting.</content>
public abstract partial class EnginePromises
{
    private static readonly Duration OneSecond = Duration.FromSeconds(1);

    [Theory]
    [InlineData("hi", 100)]
    [InlineData("hang", 64)]
    public async Task Dispatch_NumberThatIsThrottledOrHangs_AnswersAnotherNumbersCustomerWithinASecond(string text, int customers)
    {
        var crowd = new Crowd();
        await using var shop = await OpenAsync(build: crowd.Build);
        await using var end = crowd.EndWith(shop);
        await Crowd.WriteAsync(shop, Shop.Number, text, customers, first: 0);
        (await Crowd.ComesAsync(() => crowd.Started >= 12)).Should().BeTrue();

        await shop.Customer.SaysAsync("fresh", Shop.OtherNumber);

        (await crowd.ComesWithinAsync(shop, () => shop.Sent.Count == 1, OneSecond)).Should().BeTrue();
    }

    [Fact]
    public async Task Dispatch_ThrottledAndHangingConversations_AnswersAnotherNumbersCustomerWithinASecond()
    {
        var crowd = new Crowd();
        await using var shop = await OpenAsync(build: crowd.Build);
        await using var end = crowd.EndWith(shop);
        await Crowd.WriteAsync(shop, Shop.Number, "hi", 100, first: 0);
        await Crowd.WriteAsync(shop, Shop.Number, "hang", 64, first: 100);

        // However far it has come with them.
        (await crowd.ComesWithinAsync(shop, () => crowd.Started >= 120, Duration.FromSeconds(10), begins: 12)).Should().BeTrue();
        await shop.Customer.SaysAsync("fresh", Shop.OtherNumber);

        (await crowd.ComesWithinAsync(shop, () => shop.Sent.Count == 1, OneSecond)).Should().BeTrue();
    }

    [Fact]
    public async Task Dispatch_OneNumberAloneWhoseHandlersHang_ReachesThe65thConversationWithinTenSeconds()
    {
        var crowd = new Crowd { IsThrottled = false };
        await using var shop = await OpenAsync(static o => o.Numbers.Remove("sales"), crowd.Build);
        await using var end = crowd.EndWith(shop);
        await Crowd.WriteAsync(shop, Shop.Number, "hang", 64, first: 0);
        (await Crowd.ComesAsync(() => crowd.Started >= 16)).Should().BeTrue();

        await shop.Customer.SaysAsync("fresh", Shop.Number);

        (await crowd.ComesWithinAsync(shop, () => shop.Sent.Count == 1, Duration.FromSeconds(10), begins: 16)).Should().BeTrue();
    }

    // One number was known, so it could take every place, long ones and others.
    [Theory]
    [InlineData("hi")]
    [InlineData("hang")]
    public async Task Dispatch_FirstEventOfANumberThatNoOptionNames_IsHandledWithinASecond(string text)
    {
        var crowd = new Crowd();
        await using var shop = await OpenAsync(static o => o.Numbers.Remove("sales"), crowd.Build);
        await using var end = crowd.EndWith(shop);
        await Crowd.WriteAsync(shop, Shop.Number, text, 600, first: 0);
        var places = shop.Hosts.Count * (text == "hang" ? 16 + 256 : 16);
        (await crowd.ComesWithinAsync(shop, () => crowd.Started >= places, Duration.FromMinutes(1), begins: 12)).Should().BeTrue();

        await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.OtherNumber}}}"},
            "messages":[{"from":"{{{Shop.Phone}}}","id":"wamid.first","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"first"}}]}
            """);

        (await crowd.ComesWithinAsync(shop, () => shop.Saw<TextReceived>().Any(static message => message.Text == "first"), OneSecond)).Should().BeTrue();
    }

    [Fact]
    public async Task Dispatch_HandlersHangInEveryPlace_TellsAnAlertWithinASecond()
    {
        var told = 0;
        var crowd = new Crowd { IsThrottled = false };
        await using var shop = await OpenAsync(build: (builder, shop) =>
        {
            crowd.Build(builder, shop);
            builder.OnWindowClosing(TimeSpan.FromHours(2), (_, _) =>
            {
                Interlocked.Increment(ref told);
                return Task.CompletedTask;
            });
        });
        await using var end = crowd.EndWith(shop);
        await FillAsync(shop, crowd);
        await shop.PostAsync("messages", TextFrom("wamid.alerted", at: shop.Now - Duration.FromHours(22) + Duration.FromSeconds(1)));
        await Crowd.ComesAsync(() => Volatile.Read(ref told) > 0, TimeSpan.FromMilliseconds(200));
        Volatile.Read(ref told).Should().Be(0, "it is not due yet");

        shop.Meta.Clock.Advance(TimeSpan.FromSeconds(1));

        (await crowd.ComesWithinAsync(shop, () => Volatile.Read(ref told) > 0, OneSecond)).Should().BeTrue();
        Volatile.Read(ref told).Should().Be(1);
    }

    [Fact]
    public async Task Dispatch_HandlersHangInEveryPlace_ReleasesAHeldMessageWithinASecond()
    {
        var crowd = new Crowd { IsThrottled = false };
        await using var shop = await OpenAsync(build: crowd.Build);
        await using var end = crowd.EndWith(shop);
        await shop.CloseAsync();
        var before = shop.Sent.Count;
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        await FillAsync(shop, crowd);

        await shop.Customer.SaysAsync("hang", Shop.Number);

        (await crowd.ComesWithinAsync(shop, () => shop.Sent.Count > before, OneSecond)).Should().BeTrue();
        JsonNode.Parse(shop.Sent[^1].Json)!["text"]!["body"]!.GetValue<string>().Should().Be(Hello.Body);
    }

    [Fact]
    public async Task Dispatch_HandlersHangInEveryPlace_SendsTheFallbackWithinASecond()
    {
        var crowd = new Crowd { IsThrottled = false };
        await using var shop = await OpenAsync(build: crowd.Build);
        await using var end = crowd.EndWith(shop);
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);
        await FillAsync(shop, crowd);

        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);

        (await crowd.ComesWithinAsync(shop, () => shop.Sent.Any(static sent => sent.Type == "template"), OneSecond)).Should().BeTrue();
    }

    [Fact]
    public async Task Dispatch_HandlersHangInEveryPlace_MakesTheSecondTryWithinASecond()
    {
        var crowd = new Crowd { IsThrottled = false };
        await using var shop = await OpenAsync(build: crowd.Build);
        await using var end = crowd.EndWith(shop);
        await SendToBeTriedAgainAsync(shop);
        var before = shop.Sent.Count;
        await FillAsync(shop, crowd);

        shop.Meta.Clock.Advance(TimeSpan.FromSeconds(10));

        (await crowd.ComesWithinAsync(shop, () => shop.Sent.Count > before, OneSecond)).Should().BeTrue();
    }

    [Fact]
    public async Task Dispatch_FloodOfAThrottledNumber_HoldsBackNobody()
    {
        var crowd = new Crowd { AnswersAll = true };
        await using var shop = await OpenAsync(build: crowd.Build, notes: false);
        await using var end = crowd.EndWith(shop);
        await Crowd.WriteAsync(shop, Shop.Number, "hi", 10_000, first: 0);
        (await Crowd.ComesAsync(() => crowd.Started >= 12)).Should().BeTrue();

        await Crowd.WriteAsync(shop, Shop.OtherNumber, "hi", 100, first: 500_000);

        (await crowd.ComesWithinAsync(shop, () => crowd.Accepted(Shop.OtherNumber) >= 100, OneSecond)).Should().BeTrue();
        crowd.Accepted(Shop.OtherNumber).Should().Be(100);
        crowd.Accepted(Shop.Number).Should().Be(0);
    }

    /// <summary>Both numbers' customers, more than there are places, long and short.</summary>
    private static async Task FillAsync(Shop shop, Crowd crowd)
    {
        var before = crowd.Started;
        await Crowd.WriteAsync(shop, Shop.Number, "hang", 400, first: 0);
        await Crowd.WriteAsync(shop, Shop.OtherNumber, "hang", 400, first: 1000);

        // As many as there are places, long ones and others: 16 and 256 at each host.
        var places = shop.Hosts.Count * (16 + 256);
        (await crowd.ComesWithinAsync(shop, () => crowd.Started - before >= places, Duration.FromMinutes(1), begins: 12)).Should().BeTrue();
    }
}
