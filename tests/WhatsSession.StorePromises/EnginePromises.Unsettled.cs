using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>The store stays away when it is to be noted that Meta refused a send: the process that heard the refusal makes it again.</content>
public abstract partial class EnginePromises
{
    // As often as the SDK asks a store that does not answer.
    private const int SettleTries = 4;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Held_RateLimitThatCannotBeNoted_GoesOutLater(bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        FailToNote(shop, faults, isDone);

        await shop.CustomerSaysAsync("Yes?");
        shop.Sent.Should().BeEmpty();
        await PassMinutesAsync(shop);

        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
        shop.Saw<HeldMessageFailed>().Should().BeEmpty();
        (await LastSendAsync(shop)).State.Should().Be(IntentState.Accepted);
    }

    [Fact]
    public async Task Held_RefusalForGoodThatCannotBeNoted_TellsHandlersOnce()
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromId("1234567890")), new SendOptions { WhenReopened = ThreeDays }, Token);
        faults.FailNext(nameof(ISendStore.SettleIntentAsync), isDone: false, SettleTries);

        await shop.CustomerSaysAsync("Yes?");
        await PassMinutesAsync(shop);

        shop.Saw<HeldMessageFailed>().Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reply_RateLimitThatCannotBeNoted_GoesOutLater(bool isDone)
    {
        var outcomes = new List<SendOutcome>();
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], build: (builder, _) => builder.OnMessage<TextReceived>(
            "reply", async (m, ct) => outcomes.Add(await m.ReplyAsync(Hello, ct))));
        FailToNote(shop, faults, isDone);

        await shop.CustomerSaysAsync();
        shop.Sent.Should().BeEmpty();
        await PassMinutesAsync(shop);

        shop.Sent.Should().ContainSingle();
        outcomes.Should().ContainSingle().Which.IsAccepted.Should().BeTrue();
        (await LastSendAsync(shop)).State.Should().Be(IntentState.Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refused131047_RateLimitAtTheSecondTryThatCannotBeNoted_IsMadeLater(bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await SendToBeTriedAgainAsync(shop);
        FailToNote(shop, faults, isDone);

        await shop.PassAsync(Duration.FromSeconds(10));
        shop.Sent.Should().ContainSingle();
        await PassMinutesAsync(shop);

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text");
        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
    }

    /// <summary>The time of the work ends before anything of the request is written.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(SettleTries)]
    public async Task Held_CancelledBeforeItsRequestIsWritten_GoesOutLater(int failures)
    {
        var gate = new RequestGate();
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync(
            [store],
            static o => o.Dispatch.HandlerTimeout = TimeSpan.FromSeconds(2),
            (builder, _) => builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(gate.NewHandler));
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        faults.FailNext(nameof(ISendStore.SettleIntentAsync), isDone: false, failures);

        await shop.CustomerSaysAsync("Yes?");
        await gate.Reached;
        shop.Sent.Should().BeEmpty();
        gate.Open();
        await PassMinutesAsync(shop);

        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    /// <summary>This host could not save it; another host did, and ended before it took the message out.</summary>
    [Theory]
    [InlineData(IntentState.Pending)]
    [InlineData(IntentState.Accepted)]
    public async Task Held_ReleasedByAnotherHostMeanwhile_IsNotSaidToHaveExpired(IntentState state)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await shop.CloseAsync();
        var options = new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromHours(1)) };
        var held = ((SendOutcome.WindowClosed)await shop.Conversation.SendAsync(Hello, options, Token)).HeldMessage!.Value;
        faults.FailNext(nameof(IHeldMessageStore.ReleaseHeldAsync), isDone: false);
        await shop.CustomerSaysAsync("Yes?");
        (await store.ReleaseHeldAsync((await store.FindHeldAsync(held, Token))!.Intent, Token)).Should().BeTrue();
        if (state == IntentState.Accepted)
        {
            await store.SettleIntentAsync(new SendSettlement(held, state, MessageId.Parse("wamid.another")), Token);
        }

        await shop.PassAsync(Duration.FromHours(2));
        await PassMinutesAsync(shop);

        shop.Saw<HeldMessageExpired>().Should().BeEmpty();
        shop.Sent.Should().BeEmpty();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    /// <summary>This host could not take the second try; another host did.</summary>
    [Fact]
    public async Task Refused131047_SecondTryTakenByAnotherHostMeanwhile_IsNotSaidToBeRefused()
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await SendToBeTriedAgainAsync(shop);
        var (intent, refused) = (IntentId.Parse(IntentOf(shop.Sent[0])), MessageId.Parse(shop.Sent[0].MessageId!));
        faults.FailNext(nameof(ISendStore.TakeRetryAsync), isDone: false);
        await shop.PassAsync(Duration.FromSeconds(10));
        (await store.TakeRetryAsync(intent, refused, saveToken: 1, Token)).Should().BeTrue();

        await shop.PassAsync(Duration.FromHours(25));
        await PassMinutesAsync(shop);

        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
        shop.Sent.Should().ContainSingle();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fallback_RefusedAndItsClaimCannotBeGivenBack_MayBeClaimedAgain(bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], static o => o.Guard.NoHistory = GuardChoice.Refuse);
        shop.Meta.Faults.RefuseNext(132015, 1);
        faults.FailNext(nameof(ISendStore.ReleaseFallbackAsync), isDone);

        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.Rejected>();
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>();

        shop.Sent.Should().ContainSingle();
        (await shop.Hosts[0].AbandonedFallbacks.ListAsync(10, Token)).Should().BeEmpty();
    }

    /// <summary>Key and claim are given back, and of neither it is told: what is remembered of the claim ends with the next claim of the same send.</summary>
    [Fact]
    public async Task Fallback_ClaimedAgainByTheSendThatGaveItBack_IsNotTakenFromIt()
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], static o => o.Guard.NoHistory = GuardChoice.Refuse);
        var keyed = new SendOptions { IdempotencyKey = "key", OrTemplate = OrderShipped("42"), Deadline = TimeSpan.FromSeconds(1) };
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        faults.FailNext(nameof(ISendStore.ReleaseFallbackAsync), isDone: true);
        faults.Before = static name => name == nameof(ISendStore.ReleaseKeyAsync) ? throw new StoreUnavailableException("It is away.") : Task.CompletedTask;
        (await shop.Conversation.SendAsync(Hello, keyed, Token)).Should().BeOfType<SendOutcome.Throttled>();
        faults.Before = static _ => Task.CompletedTask;

        (await shop.Conversation.SendAsync(Hello, keyed, Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>();

        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Refused131047_RateLimitAtTheFallbackWhoseClaimCannotBeGivenBack_GoesOutLater()
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);
        shop.Meta.Faults.HoldWebhooks = true;
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        faults.FailNext(nameof(ISendStore.ReleaseFallbackAsync), isDone: false);
        shop.Meta.Faults.HoldWebhooks = false;
        await shop.SettleAsync();

        await PassMinutesAsync(shop);

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "template");
    }

    private static void FailToNote(Shop shop, FaultyStore faults, bool isDone)
    {
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        faults.FailNext(nameof(ISendStore.SettleIntentAsync), isDone, SettleTries);
    }

    private static async Task PassMinutesAsync(Shop shop)
    {
        for (var i = 0; i < 4; i++)
        {
            await shop.PassAsync(Duration.FromMinutes(1));
        }
    }

    private static async Task<HistoryMessage> LastSendAsync(Shop shop) =>
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().ContainSingle(static line => !line.IsInbound).Subject;
}
