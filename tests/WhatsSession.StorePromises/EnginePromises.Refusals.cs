using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>131047: Meta sees the window closed.</content>
public abstract partial class EnginePromises
{
    // Meta refused by what it knew before the customer's newer message.
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Refused131047_YoungEvidenceBeforeAtOrAfterANewerInbound_IsTriedAgainAndStaysAnswerable(int secondsAfter)
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var evidence = shop.Now;
        await shop.PassAsync(Duration.FromMinutes(1));
        var send = await shop.Conversation.SendAsync(Hello, Token);
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("Where is it?");

        await RefuseAsync(shop, send.MessageId!.Value, evidence, shop.Now + Duration.FromSeconds(secondsAfter));
        await shop.PassAsync(Duration.FromSeconds(10));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text");
        shop.Saw<SessionMessageRefused>().Should().BeEmpty("the second try went through");
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Refused131047_BeforeAtOrAfterANewerInbound_TheNewerInboundStaysAnswerable(int secondsAfter)
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var evidence = shop.Now;
        await shop.PassAsync(Duration.FromHours(1));
        var send = await shop.Conversation.SendAsync(Hello, Token);
        await shop.PassAsync(Duration.FromHours(1));
        await shop.CustomerSaysAsync("Where is it?");

        await RefuseAsync(shop, send.MessageId!.Value, evidence, shop.Now + Duration.FromSeconds(secondsAfter));

        (await shop.Conversation.GetWindowAsync(Token)).MaySend.Should().BeTrue();
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
        shop.Saw<SessionMessageRefused>().Should().ContainSingle();
    }

    [Fact]
    public async Task Refused131047_WithoutANewerInbound_TheGuardIsClosedUntilTheCustomerWrites()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var evidence = shop.Now;
        await shop.PassAsync(Duration.FromHours(1));
        var send = await shop.Conversation.SendAsync(Hello, Token);

        await RefuseAsync(shop, send.MessageId!.Value, evidence, shop.Now);

        (await shop.On(Other(shop)).SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Denied);
        await shop.CustomerSaysAsync("Hello?");
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task Refused131047_Synchronously_JoinsTheDenialAndTakesTheFallbackInTheSameCall()
    {
        await using var shop = await OpenAsync();
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);

        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();

        (await shop.On(Other(shop)).SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Denied);
        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("template");
    }

    /// <summary>The fallback belongs to the window that was refused: once in it, and again in the next one.</summary>
    [Fact]
    public async Task Refused131047_Synchronously_ClaimsTheFallbackOfThatWindow()
    {
        await using var shop = await OpenAsync();
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();

        (await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        shop.Sent.Should().ContainSingle("both found the same window closed");

        await shop.PassAsync(Duration.FromMinutes(10));
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>("it is another window");
        shop.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task Refused131047_SynchronouslyWithoutFallback_IsRejectedAndLaterSendsAreWindowClosed()
    {
        await using var shop = await OpenAsync();

        (await shop.Conversation.SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(GraphErrorCodes.ReEngagementRequired);
        (await shop.Conversation.SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Denied);
    }

    [Fact]
    public async Task Refused131047_ByStatus_RunsTheDeclaredFallbackOnceAndTellsHandlers()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);

        var send = await shop.Conversation.SendAsync(Hello, new SendOptions { OrTemplate = OrderShipped("42"), CallbackData = "order 42" }, Token);
        send.IsAccepted.Should().BeTrue("Meta took it before it refused it");
        await shop.SettleAsync();

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "template");
        var refused = shop.Saw<SessionMessageRefused>().Should().ContainSingle().Subject;
        refused.MessageId.Should().Be(send.MessageId!.Value);
        refused.CallbackData.Should().Be("order 42");
        System.Text.Encoding.UTF8.GetString(refused.Content.Span).Should().Contain("Your parcel left.");
        (await shop.Conversation.GetWindowAsync(Token)).MaySend.Should().BeFalse();
    }

    // A program that handles no events at all must not lose its fallbacks.
    [Fact]
    public async Task Refused131047_ByStatusWithoutAnyHandler_RunsTheDeclaredFallback()
    {
        await using var shop = await Shop.OpenAsync(await CreateStoresAsync(), notes: false);
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);

        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await shop.SettleAsync();

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "template");
    }

    [Fact]
    public async Task Refused131047_ByStatusDeliveredOftenAndOnEveryHost_SendsOneFallback()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        shop.Meta.Faults.DuplicateWebhooks = true;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);

        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await shop.SettleAsync();

        shop.Sent.Count(static sent => sent.Type == "template").Should().Be(1);
        shop.Saw<SessionMessageRefused>().Select(static refused => refused.Key).Distinct().Should().ContainSingle();
    }

    // Meta admits that it refuses messages whose customer wrote moments before.
    [Fact]
    public async Task Refused131047_EvidenceYoungerThanFiveMinutes_IsRetriedOnceAfterTenSecondsWithTheSameIntent()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await shop.SettleAsync();
        shop.Sent.Should().ContainSingle("the second try waits");

        // By then Meta knows of the customer's message.
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(9));
        shop.Sent.Should().ContainSingle();
        await shop.PassAsync(Duration.FromSeconds(1));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text");
        IntentOf(shop.Sent[1]).Should().Be(IntentOf(shop.Sent[0]));
        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
        (await shop.Conversation.GetWindowAsync(Token)).MaySend.Should().BeTrue();
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().ContainSingle(static line => !line.IsInbound).Which.MessageId!.Value.Value.Should().Be(shop.Sent[1].MessageId);
    }

    [Fact]
    public async Task Refused131047_TwiceWithYoungEvidence_ClosesTheGuardAndSendsTheFallbackOnce()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);

        await shop.PassAsync(Duration.FromSeconds(10));
        await shop.PassAsync(Duration.FromMinutes(10));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text", "template");
        shop.Saw<SessionMessageRefused>().Should().ContainSingle();
        (await shop.Conversation.SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Denied);
    }

    // What a process that died during the second try leaves behind: whether Meta has the message is not known, and nobody makes a third try or sends a template beside it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refused131047_ProcessDiedDuringTheSecondTry_NothingGoesOutBesideIt(bool delivered)
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        var send = await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await shop.SettleAsync();
        var intent = IntentOf(shop.Sent[0]);
        (await stores[0].TakeRetryAsync(IntentId.Parse(intent), send.MessageId!.Value, 0, Token)).Should().BeTrue();
        if (delivered)
        {
            await PostStatusAsync(shop, "wamid.second", "delivered", intent);
        }

        await shop.PassAsync(Duration.FromSeconds(10));
        await shop.PassAsync(Duration.FromMinutes(10));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text");
        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
        var line = (await shop.Conversation.GetHistoryAsync(10, Token)).Should().ContainSingle(static line => !line.IsInbound).Subject;
        line.State.Should().Be(delivered ? IntentState.Accepted : IntentState.Pending);
        line.MessageId?.Value.Should().Be(delivered ? "wamid.second" : null);
    }

    [Fact]
    public async Task Refused131047_AnswerToTheSecondTryIsLost_TheStatusSettlesIt()
    {
        await using var shop = await OpenAsync();
        await SendToBeTriedAgainAsync(shop);

        shop.Meta.Faults.FailNext(ResponseFault.DropAfterAccepting, 1);
        await shop.PassAsync(Duration.FromSeconds(10));
        await shop.PassAsync(Duration.FromMinutes(10));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text");
        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().ContainSingle(static line => !line.IsInbound).Which.MessageId!.Value.Value.Should().Be(shop.Sent[1].MessageId);
    }

    // The store took the second try while it reported a failure: the process that heard of it knows that it wrote no request.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refused131047_StoreReportsAFailureWhenTheSecondTryIsTaken_IsMadeOnce(bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await SendToBeTriedAgainAsync(shop);
        faults.FailNext(nameof(ISendStore.TakeRetryAsync), isDone);
        await PassAsync(shop, Duration.FromSeconds(10));
        for (var i = 0; i < 4; i++)
        {
            await PassAsync(shop, Duration.FromMinutes(1));
        }

        faults.Writes.Count(static write => write == nameof(ISendStore.TakeRetryAsync)).Should().Be(2);
        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text");
        IntentOf(shop.Sent[1]).Should().Be(IntentOf(shop.Sent[0]));
        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
        var line = (await shop.Conversation.GetHistoryAsync(10, Token)).Should().ContainSingle(static line => !line.IsInbound).Subject;
        line.State.Should().Be(IntentState.Accepted);
        line.MessageId!.Value.Value.Should().Be(shop.Sent[1].MessageId);
    }

    [Fact]
    public async Task Refused131047_RateLimitAtTheSecondTry_IsMadeLater()
    {
        await using var shop = await OpenAsync();
        await SendToBeTriedAgainAsync(shop);

        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        await shop.PassAsync(Duration.FromSeconds(10));
        await shop.PassAsync(Duration.FromMinutes(1));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text");
        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
    }

    [Fact]
    public async Task Refused131047_RateLimitAtTheFallback_GoesOutLater()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);
        shop.Meta.Faults.HoldWebhooks = true;
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        shop.Meta.Faults.HoldWebhooks = false;
        await shop.SettleAsync();

        await shop.PassAsync(Duration.FromMinutes(1));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "template");
    }

    [Fact]
    public async Task Refused131047_ByStatusOfAMessageToHold_HoldsItOnceHoweverOftenItIsTold()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        var evidence = shop.Now - Duration.FromHours(2);
        await shop.Conversation.RecordCustomerMessageAsync(evidence, Token);
        var options = new SendOptions { OrTemplate = OrderShipped("42"), WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) };
        var send = await shop.Conversation.SendAsync(Hello, options, Token);
        await shop.SettleAsync();

        // The same told by another event: its consequences are drawn again.
        await RefuseAsync(shop, send.MessageId!.Value, evidence, shop.Now + Duration.FromSeconds(1));
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().ContainSingle();
        await shop.CustomerSaysAsync("Yes?");
        await RefuseAsync(shop, send.MessageId!.Value, evidence, shop.Now + Duration.FromSeconds(2));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "template", "text");
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Refused131047_ByAStatusThatNamesNoRecipient_ClosesTheGuardAllTheSame()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var evidence = shop.Now;
        await shop.PassAsync(Duration.FromHours(1));
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);

        await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"statuses":[{"id":"{{{shop.Sent[0].MessageId}}}","status":"failed","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}",
            "biz_opaque_callback_data":"ws1.{{{IntentOf(shop.Sent[0])}}}.{{{evidence.ToUnixTimeSeconds()}}}|","errors":[{"code":131047,"title":"Re-engagement message"}]}]}
            """, Other(shop));
        await shop.SettleAsync();

        (await shop.Conversation.GetWindowAsync(Token)).MaySend.Should().BeFalse();
        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "template");
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    private static string IntentOf(LoggedRequest request) =>
        System.Text.Json.Nodes.JsonNode.Parse(request.Json)!["biz_opaque_callback_data"]!.GetValue<string>().Split('.')[1];

    [Theory]
    [InlineData(299, true)]
    [InlineData(300, false)]
    public async Task Refused131047_EvidenceByTheSecond_IsTriedAgainBeforeFiveMinutes(int seconds, bool isTriedAgain)
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var evidence = shop.Now;
        await shop.PassAsync(Duration.FromSeconds(seconds));
        var send = await shop.Conversation.SendAsync(Hello, Token);

        await RefuseAsync(shop, send.MessageId!.Value, evidence, shop.Now);

        (await shop.Conversation.GetWindowAsync(Token)).MaySend.Should().Be(isTriedAgain);
        shop.Saw<SessionMessageRefused>().Should().HaveCount(isTriedAgain ? 0 : 1);
        await shop.PassAsync(Duration.FromSeconds(10));
        shop.Sent.Should().HaveCount(isTriedAgain ? 2 : 1);
    }

    /// <summary>A message that Meta refuses by a status although the customer has just written, and would take now.</summary>
    private static async Task SendToBeTriedAgainAsync(Shop shop)
    {
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await shop.SettleAsync();
        await shop.CustomerSaysAsync();
    }

    private static Task<AcceptResult> PostStatusAsync(Shop shop, string message, string status, string intent) => shop.PostAsync("messages", $$$"""
        {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"statuses":[{"id":"{{{message}}}","status":"{{{status}}}","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","recipient_id":"{{{Shop.Phone}}}",
        "biz_opaque_callback_data":"ws1.{{{intent}}}.{{{shop.Now.ToUnixTimeSeconds()}}}|"}]}
        """, Other(shop));

    /// <summary>A status that refuses a message; without evidence it carries none of our data.</summary>
    private static async Task RefuseAsync(Shop shop, MessageId message, Instant? evidence, Instant at)
    {
        var intent = shop.Meta.Requests.LastOrDefault(request => request.MessageId == message.Value) is { } request ? IntentOf(request) : IntentId.New().ToString();
        var data = evidence is { } known ? $"""
            ,"biz_opaque_callback_data":"ws1.{intent}.{known.ToUnixTimeSeconds()}|"
            """ : "";
        var result = await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"statuses":[{"id":"{{{message.Value}}}","status":"failed","timestamp":"{{{at.ToUnixTimeSeconds()}}}","recipient_id":"{{{Shop.Phone}}}"{{{data}}},
            "errors":[{"code":131047,"title":"Re-engagement message"}]}]}
            """, Other(shop));
        result.StatusCode.Should().Be(200);
        await shop.SettleAsync();
    }
}
