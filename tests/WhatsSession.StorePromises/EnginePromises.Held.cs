using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>Held messages.</content>
public abstract partial class EnginePromises
{
    private static readonly WhenReopened ThreeDays = WhenReopened.Hold(TimeSpan.FromDays(3));

    [Fact]
    public async Task HeldMessage_CustomerAnswers_GoesOutOnceThroughTheGuard()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var options = new SendOptions { OrTemplate = OrderShipped("42"), WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)), CallbackData = "mine" };

        var outcome = (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.TemplateSent>().Subject;
        (await shop.On(Other(shop)).ListHeldMessagesAsync(10, Token)).Should().ContainSingle().Which.Id.Should().Be(outcome.HeldMessage!.Value);
        await shop.CustomerSaysAsync("Yes?");
        await shop.CustomerSaysAsync("Hello?");

        shop.Sent.Select(static sent => sent.Type).Should().Equal("template", "text");
        shop.Sent[1].Json.Should().Contain("Your parcel left.").And.Contain($"ws1.{outcome.HeldMessage}.").And.Contain("|mine");
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_CustomerAnswersUnderAnotherIdentifier_GoesOut()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var held = await shop.On(0, shop.Customer.UserId).SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);
        held.Should().BeOfType<SendOutcome.WindowClosed>().Which.HeldMessage.Should().NotBeNull();

        await shop.CustomerSaysAsync("Yes?");

        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("text");
    }

    [Fact]
    public async Task HeldMessages_OfOneConversation_GoOutInTheOrderTheyWereWritten()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        for (var i = 0; i < 10; i++)
        {
            await shop.On(i % shop.Hosts.Count).SendAsync(new TextMessage($"{i}"), new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);
            await shop.PassAsync(Duration.FromSeconds(1));
        }

        await shop.CustomerSaysAsync("Yes?");
        await shop.SettleAsync();

        shop.Sent.Select(static sent => System.Text.Json.Nodes.JsonNode.Parse(sent.Json)!["text"]!["body"]!.GetValue<string>()).Should().Equal(Enumerable.Range(0, 10).Select(static i => $"{i}"));
    }

    // Held and released in one transaction: there is no moment at which it is held and the customer's message is behind it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HeldMessage_CustomerWritesBetweenTheRefusalAndTheHold_GoesOutAlsoWhenTheProcessEndsThen(bool byMeta)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await shop.CloseAsync();
        if (byMeta)
        {
            // Known to us and not to Meta, which refuses.
            await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromMinutes(10), Token);
        }

        faults.Before = async name =>
        {
            if (name == nameof(IHeldMessageStore.HoldAsync))
            {
                await shop.Customer.SaysAsync("Yes?", Shop.Number);
                await shop.Meta.SettleAsync();
                faults.Before = static later => later == nameof(IInboxStore.EnqueueAsync) ? throw new StoreUnavailableException("Nobody does this any more.") : Task.CompletedTask;
            }
        };

        var outcome = await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        await shop.SettleAsync();

        outcome.Should().BeOfType<SendOutcome.WindowClosed>().Which.HeldMessage.Should().NotBeNull();
        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("text");
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_OfAnotherCustomer_CannotBeCancelled()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var outcome = (SendOutcome.WindowClosed)await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);

        (await shop.On(0, "15550005678").CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeFalse();
        (await shop.On(0, Shop.Phone, "sales").CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeFalse();

        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task HeldMessage_RateLimitAtItsRelease_GoesOutLater()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);

        await shop.CustomerSaysAsync("Yes?");
        shop.Sent.Should().BeEmpty();
        await shop.PassAsync(Duration.FromSeconds(30));

        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_NobodyAnswersInTime_ExpiresAndTellsHandlers()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var outcome = await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromHours(1)), CallbackData = "mine" }, Token);

        await shop.PassAsync(Duration.FromHours(1));
        await shop.CustomerSaysAsync("Too late?");

        shop.Sent.Should().BeEmpty();
        var expired = shop.Saw<HeldMessageExpired>().Should().ContainSingle().Subject;
        expired.HeldMessage.Should().Be(((SendOutcome.WindowClosed)outcome).HeldMessage!.Value);
        expired.CallbackData.Should().Be("mine");
    }

    [Fact]
    public async Task HeldMessage_Cancelled_IsNotSent()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var outcome = (SendOutcome.WindowClosed)await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);

        (await shop.On(Other(shop)).CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeTrue();
        (await shop.Conversation.CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeFalse();
        await shop.CustomerSaysAsync("Yes?");
        await shop.PassAsync(Duration.FromDays(3));

        shop.Sent.Should().BeEmpty();
        shop.Saw<HeldMessageExpired>().Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_RefusedAgain_IsHeldOnUntilTheNextAnswer()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);

        // An answer that Meta does not know of.
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        await shop.SettleAsync();
        shop.Sent.Should().BeEmpty();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().ContainSingle();
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("Yes?");

        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("text");
    }

    [Fact]
    public async Task HeldMessages_RateLimitAtTheirRelease_KeepTheirOrder()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        foreach (var text in (string[])["A", "B"])
        {
            await shop.Conversation.SendAsync(new TextMessage(text), new SendOptions { WhenReopened = ThreeDays }, Token);
            await shop.PassAsync(Duration.FromSeconds(1));
        }

        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        await shop.CustomerSaysAsync("Yes?");
        await shop.PassAsync(Duration.FromSeconds(31));

        shop.Sent.Select(static sent => JsonNode.Parse(sent.Json)!["text"]!["body"]!.GetValue<string>()).Should().Equal("A", "B");
    }

    [Fact]
    public async Task HeldMessage_CancelledWhileItIsSent_IsNotSaidToBeCancelled()
    {
        var gate = new RequestGate();
        await using var shop = await OpenAsync(build: (builder, _) => builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(gate.NewHandler));
        await shop.CloseAsync();
        var outcome = (SendOutcome.WindowClosed)await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        await shop.Customer.SaysAsync("Yes?", Shop.Number);
        await gate.Reached;

        (await shop.On(Other(shop)).CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeFalse();
        gate.Open();
        await shop.SettleAsync();

        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_TokenRefusedAtItsRelease_IsKeptUntilItIsMended()
    {
        var token = "expired";
        await using var shop = await OpenAsync(build: (builder, _) => builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new Bearer(() => token)));
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        await shop.CustomerSaysAsync("Yes?");
        shop.Sent.Should().BeEmpty();

        token = "dev";
        await shop.PassAsync(Duration.FromMinutes(15));

        shop.Sent.Should().ContainSingle();
        shop.Saw<HeldMessageFailed>().Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_RefusedForGoodAtItsRelease_TellsHandlersOnce()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var outcome = (SendOutcome.WindowClosed)await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromId("1234567890")), new SendOptions { WhenReopened = ThreeDays, CallbackData = "mine" }, Token);

        await shop.CustomerSaysAsync("Yes?");
        await shop.PassAsync(Duration.FromHours(1));

        var failed = shop.Saw<HeldMessageFailed>().Should().ContainSingle().Subject;
        failed.HeldMessage.Should().Be(outcome.HeldMessage!.Value);
        failed.Error.Should().NotBeNull();
        failed.Reason.Should().StartWith("Rejected by Meta");
        failed.CallbackData.Should().Be("mine");
        JsonNode.Parse(failed.Content.Span)!["type"]!.GetValue<string>().Should().Be("image");
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_ThatGoesOut_IsNoAnswerToWhatTheCustomerWrote()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);

        await shop.CustomerSaysAsync("I want my money back");

        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeTrue();
    }

    [Theory]
    [InlineData(ResponseFault.DropAfterAccepting)]
    [InlineData(ResponseFault.TooManyRequestsWithRetryAfter)]
    public async Task HeldMessage_WhoseFallbackFails_IsHeldAllTheSameAndNamed(ResponseFault fault)
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        shop.Meta.Faults.FailNext(fault, 1);
        var outcome = await shop.Conversation.SendAsync(Hello, new SendOptions { OrTemplate = OrderShipped("42"), WhenReopened = ThreeDays }, Token);
        await shop.SettleAsync();

        var held = outcome switch
        {
            SendOutcome.Ambiguous { Template: not null } ambiguous => ambiguous.HeldMessage,
            SendOutcome.Throttled { Template: not null } throttled => throttled.HeldMessage,
            _ => null,
        };
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Select(static one => (IntentId?)one.Id).Should().Equal(held);
        outcome.Describe().Should().Contain("is kept until the window reopens");
        await shop.CustomerSaysAsync("Yes?");
        shop.Sent.Select(static sent => sent.Type).Should().Contain("text");
    }

    // One of two programs on a store, or the older one while another is rolled out.
    [Fact]
    public async Task HeldMessage_AtAHostThatDoesNotKnowItsNumber_WaitsForOneThatDoes()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores.Take(1));
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        await shop.Hosts[0].DisposeAsync();
        await using var stranger = await StartAsync("sales", Shop.OtherNumber, "dev2");
        shop.Meta.ConnectWebhook(async (post, cancellationToken) => (await stranger.AcceptAsync(post.Body, post.Signature, cancellationToken)).StatusCode);
        await shop.Customer.SaysAsync("Yes?", Shop.Number);
        for (var minutes = 0; minutes < 20; minutes += 2)
        {
            await PassAsync(TimeSpan.FromMinutes(2), stranger);
        }

        (await stranger.Parked.ListAsync(10, Token)).Should().BeEmpty();
        await using var knowing = await StartAsync("support", Shop.Number, "dev");
        for (var round = 0; round < 50 && shop.Sent.Count == 0; round++)
        {
            await PassAsync(TimeSpan.FromSeconds(10), knowing, stranger);
        }

        shop.Sent.Should().ContainSingle();

        Task<WhatsSessionRuntime> StartAsync(string name, string number, string token) => WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add(name, number, token);
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = shop.Meta.BaseAddress;
            },
            builder =>
            {
                builder.UseStore(_ => stores[^1]);
                builder.Services.AddSingleton<TimeProvider>(shop.Meta.Clock);
            },
            Token);

        async Task PassAsync(TimeSpan time, params WhatsSessionRuntime[] hosts)
        {
            await shop.Meta.SettleAsync();
            foreach (var host in hosts)
            {
                await host.DrainAsync(TimeSpan.FromSeconds(20), Token);
            }

            shop.Meta.Clock.Advance(time);
        }
    }

    /// <summary>Holds requests to Meta up until it is opened.</summary>
    private sealed class RequestGate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        public void Open() => _open.SetResult();

        public DelegatingHandler NewHandler() => new Handler(this);

        private sealed class Handler(RequestGate gate) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                gate._reached.TrySetResult();
                await gate._open.Task.WaitAsync(cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>Replaces the token of each request.</summary>
    private sealed class Bearer(Func<string> token) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token());
            return base.SendAsync(request, cancellationToken);
        }
    }
}
