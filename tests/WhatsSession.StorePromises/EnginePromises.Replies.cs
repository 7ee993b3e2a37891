using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>Replies in handlers: each goes once, however often its event is handled, and waits where only a limit, the network or the token stands in the way.</content>
public abstract partial class EnginePromises
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[60]];

    [Fact]
    public async Task Reply_TwelveMessagesOneASecond_EachIsAnsweredOnce()
    {
        await using var shop = await Shop.OpenAsync(
            await CreateStoresAsync(),
            build: static (builder, _) => builder.OnMessage<TextReceived>(static (m, ct) => m.ReplyAsync($"You said: {m.Message.Text}", ct)),
            meta: static o => o.RateLimits = true);
        for (var i = 0; i < 12; i++)
        {
            await shop.Customer.SaysAsync($"{i}", Shop.Number);
            await shop.PassAsync(Duration.FromSeconds(1));
        }

        for (var seconds = 0; seconds < 120; seconds += 6)
        {
            await shop.PassAsync(Duration.FromSeconds(6));
        }

        TextsOf(shop).Should().Equal(Enumerable.Range(0, 12).Select(static i => $"You said: {i}"));
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reply_HandlerThatFailsAfterwards_GoesOnce()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(FailingOnce(async (m, ct) => outcomes.Enqueue(await m.ReplyAsync("Hi", ct)))));

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        TextsOf(shop).Should().Equal("Hi");
        outcomes.Should().HaveCount(2).And.AllBeEquivalentTo(new SendOutcome.Accepted { MessageId = MessageId.Parse(shop.Sent[0].MessageId!) });
    }

    [Fact]
    public async Task Reply_SeveralOfAHandlerThatFailsBetweenThem_GoOnceEach()
    {
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(async (m, ct) =>
        {
            await m.ReplyAsync("one", ct);
            FailIf(m.Attempt == 1);
            await m.ReplyAsync("two", ct);
            await m.ReactAsync("👍", ct);
            FailIf(m.Attempt == 2);
            await m.ReplyAsync("three", ct);
        }));

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.PassAsync(Duration.FromSeconds(10));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("text", "text", "reaction", "text");
        TextsOf(shop).Should().Equal("one", "two", "three");
    }

    [Fact]
    public async Task Reply_SameInTwoHandlersAndForTwoEvents_GoesForEach()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder
            .OnMessage<TextReceived>("first", static (m, ct) => m.ReplyAsync("Hi", ct))
            .OnMessage<TextReceived>("second", FailingOnce(static (m, ct) => m.ReplyAsync("Hi", ct))));

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        TextsOf(shop).Should().Equal("Hi", "Hi", "Hi", "Hi");
    }

    [Fact]
    public async Task Reply_OfAHandlerClassThatFails_GoesOnce()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddHandler<Greeter>());

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        TextsOf(shop).Should().Equal("Hello, 1");
    }

    [Fact]
    public async Task Reply_SaysSomethingElseTheNextTime_KeepsWhatWasSentAndItsOutcome()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(
            FailingOnce(async (m, ct) => outcomes.Enqueue(await m.ReplyAsync(m.Attempt == 1 ? "first" : "", ct)))));

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        TextsOf(shop).Should().Equal("first");
        outcomes.Should().HaveCount(2).And.OnlyContain(static outcome => outcome.IsAccepted, "an empty text would be invalid, and is not sent");
    }

    [Theory]
    [InlineData(130429)]
    [InlineData(131056)]
    [InlineData(190)]
    public async Task Reply_RefusedByAStatusBeforeItsEventComesAgain_IsToldAndHoldsNothingBack(int code)
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(FailingOnce(async (m, ct) => outcomes.Enqueue(await m.ReplyAsync("Hi", ct)))));
        shop.Customer.IsOnline = false; // Nothing is delivered.
        await shop.CustomerSaysAsync();
        await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"statuses":[{"id":"{{{shop.Sent[0].MessageId}}}","status":"failed","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","recipient_id":"{{{Shop.Phone}}}","errors":[{"code":{{{code}}},"title":"refused"}]}]}
            """);
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.CustomerSaysAsync("And now?");

        outcomes.Should().HaveCount(3);
        outcomes.ElementAt(1).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(code);
        TextsOf(shop).Should().Equal("Hi", "Hi");
    }

    [Fact]
    public async Task Reply_RefusedForGood_IsTriedAgainWithItsEventUnderTheSameId()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>(FailingOnce(static (m, ct) => m.ReplyAsync("Hi", ct))));
        shop.Meta.Faults.RefuseNext(131009, 1);

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        TextsOf(shop).Should().Equal("Hi");
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().ContainSingle(static line => !line.IsInbound).Which.State.Should().Be(IntentState.Accepted);
    }

    [Fact]
    public async Task Reply_AnswerLost_IsAmbiguousOnceMoreAndAcceptedWhenAStatusHasTold()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(async (m, ct) =>
        {
            outcomes.Enqueue(await m.ReplyAsync("Hi", ct));
            FailIf(m.Attempt < 3);
        }));
        shop.Meta.Faults.FailNext(ResponseFault.DropAfterAccepting, 1);
        shop.Meta.Faults.HoldWebhooks = true;
        var said = shop.Customer.SaysAsync("Hi", Shop.Number);
        await shop.PostAsync("messages", TextFrom("wamid.a"));
        await said;
        await shop.WaitUntilAsync(() => !outcomes.IsEmpty);
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.WaitUntilAsync(() => outcomes.Count == 2);
        shop.Meta.Faults.HoldWebhooks = false;
        await shop.SettleAsync();
        await shop.PassAsync(Duration.FromSeconds(10));

        outcomes.Take(3).Select(static outcome => outcome.GetType()).Should().Equal(typeof(SendOutcome.Ambiguous), typeof(SendOutcome.Ambiguous), typeof(SendOutcome.Accepted));
    }

    [Fact]
    public async Task Reply_WithAKey_IsKnownByTheKeyAndTakesNoOrdinal()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>(FailingOnce(static async (m, ct) =>
        {
            // It branches on what changes between tries: the reply after it keeps its place.
            if (m.Attempt == 1)
            {
                await m.ReplyAsync(new TextMessage("keyed"), new SendOptions { IdempotencyKey = "keyed" }, ct);
            }

            await m.ReplyAsync("plain", ct);
            await m.ReplyAsync(new TextMessage("keyed"), new SendOptions { IdempotencyKey = "keyed" }, ct);
        })));

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        TextsOf(shop).Should().Equal("keyed", "plain");
    }

    [Fact]
    public async Task Reply_WithMedia_IsUploadedAndGoesOnce()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>(FailingOnce(
            static (m, ct) => m.ReplyAsync(new ImageMessage(MediaSource.FromBytes(Picture, "image/jpeg")), ct))));

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("image");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reply_WindowClosed_SendsItsTemplateOnceAlsoWhenTheWindowOpensBetweenTheTries(bool reopens)
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(MessageFilter.TextEquals("late"), FailingOnce(
            async (m, ct) => outcomes.Enqueue(await m.ReplyAsync(Hello, OrderShipped("42"), ct)))));
        await shop.CloseAsync();
        await shop.PostAsync("messages", TextFrom("wamid.late", "late", shop.Now - Duration.FromHours(30)));
        await shop.SettleAsync();
        if (reopens)
        {
            await shop.CustomerSaysAsync("Yes?");
        }

        await shop.PassAsync(Duration.FromSeconds(1));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("template");
        outcomes.Should().HaveCount(2).And.AllBeOfType<SendOutcome.TemplateSent>();
    }

    [Fact]
    public async Task Reply_MetaSaysTheWindowIsClosed_SendsItsTemplateOnceAlsoWhenTheWindowOpensBetweenTheTries()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>(MessageFilter.TextEquals("Hi"), FailingOnce(
            static (m, ct) => m.ReplyAsync(Hello, OrderShipped("42"), ct))));
        shop.Meta.Faults.RefuseNext(131047, 1);
        await shop.CustomerSaysAsync();
        await shop.CustomerSaysAsync("Yes?");
        await shop.PassAsync(Duration.FromSeconds(1));

        shop.Sent.Select(static sent => sent.Type).Should().Equal("template");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Reply_Held_GoesOutOnceHoweverOftenItsEventIsHandled(bool withTemplate, bool reopens)
    {
        var options = new SendOptions { WhenReopened = ThreeDays, OrTemplate = withTemplate ? OrderShipped("42") : null };
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(
            MessageFilter.TextEquals("late"), FailingOnce((m, ct) => m.ReplyAsync(Hello, options, ct))));
        await shop.CloseAsync();
        await shop.PostAsync("messages", TextFrom("wamid.late", "late", shop.Now - Duration.FromHours(30)));
        await shop.SettleAsync();
        if (reopens)
        {
            await shop.CustomerSaysAsync("Yes?");
        }

        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.CustomerSaysAsync("Hello?");
        await shop.PassAsync(Duration.FromMinutes(1));

        shop.Sent.Select(static sent => sent.Type).Should().Equal(withTemplate ? ["template", "text"] : ["text"]);
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reply_RateLimit_IsPostponedAndGoesOnceWhatTheHandlerDoesAboutIt()
    {
        var thrown = new ConcurrentQueue<Exception>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>("reply", async (m, ct) =>
        {
            await m.ReplyAsync($"One to {m.Message.Text}", ct);
            try
            {
                await m.ReplyAsync($"Two to {m.Message.Text}", ct);
            }
            catch (ReplyPostponedException exception)
            {
                thrown.Enqueue(exception);
            }
        }));
        await shop.CustomerSaysAsync("warm up");
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);

        await shop.CustomerSaysAsync("a");
        await shop.Customer.SaysAsync("b", Shop.Number);
        await shop.SettleAsync();
        TextsOf(shop).Skip(2).Should().BeEmpty("it holds back its own conversation");
        await shop.Meta.Customer("15550005678").SaysAsync("c", Shop.Number);
        await shop.SettleAsync();
        TextsOf(shop).Skip(2).Should().Equal("One to c", "Two to c");
        await shop.PassAsync(Duration.FromMinutes(1));

        TextsOf(shop).Skip(4).Should().Equal("One to a", "Two to a", "One to b", "Two to b");
        thrown.Should().BeEmpty("the first reply threw, and nobody caught that");
    }

    [Fact]
    public async Task Reply_PostponedAndCaught_ComesAgainAllTheSame()
    {
        var thrown = new ConcurrentQueue<ReplyPostponedException>();
        var attempts = new ConcurrentQueue<int>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(async (m, ct) =>
        {
            attempts.Enqueue(m.Attempt);
            try
            {
                await m.ReplyAsync("Hi", ct);
            }
            catch (ReplyPostponedException exception)
            {
                thrown.Enqueue(exception);
            }
        }));
        shop.Meta.Faults.RefuseNext(131056, 2);
        await shop.CustomerSaysAsync();
        var first = thrown.Should().ContainSingle().Subject;
        first.RetryAt.Should().Be(shop.Now + Duration.FromSeconds(6));
        first.Outcome.Should().BeOfType<SendOutcome.Throttled>();

        await shop.PassAsync(Duration.FromSeconds(6));
        await shop.PassAsync(Duration.FromSeconds(6));

        TextsOf(shop).Should().Equal("Hi");
        attempts.Should().Equal(1, 1, 1);
    }

    [Fact]
    public async Task Reply_ExpiredToken_GoesOnceWhenTheTokenIsRenewedHoursLater()
    {
        var token = "expired";
        var calls = 0;
        await using var shop = await OpenAsync(
            build: (builder, _) =>
            {
                builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new Bearer(() => token));
                builder.OnMessage<TextReceived>(async (m, ct) =>
                {
                    calls++;
                    await m.ReplyAsync("Hi", ct);
                    await m.ReplyAsync(new TextMessage("keyed"), new SendOptions { IdempotencyKey = $"keyed-{m.Message.MessageId.Value}" }, ct);
                });
            });
        await shop.CustomerSaysAsync();
        foreach (var minutes in (int[])[1, 2, 5, 10, 10])
        {
            var before = calls;
            await shop.PassAsync(Duration.FromMinutes(minutes) - Duration.FromSeconds(1));
            calls.Should().Be(before);
            await shop.PassAsync(Duration.FromSeconds(1));
            calls.Should().Be(before + 1);
        }

        for (var hours = 0; hours < 3; hours++)
        {
            await shop.PassAsync(Duration.FromHours(1));
        }

        token = "dev";
        await shop.PassAsync(Duration.FromMinutes(10));

        TextsOf(shop).Should().Equal("Hi", "keyed");
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reply_TokenExpiresAfterTheFirstReply_KeyedReplyIsNotSpent()
    {
        var token = "expired";
        await using var shop = await OpenAsync(
            build: (builder, _) =>
            {
                builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new Bearer(() => token));
                builder.OnMessage<TextReceived>((m, ct) => m.ReplyAsync(new TextMessage("keyed"), new SendOptions { IdempotencyKey = "keyed" }, ct));
            });
        await shop.CustomerSaysAsync();

        token = "dev";
        await shop.PassAsync(Duration.FromMinutes(1));

        TextsOf(shop).Should().Equal("keyed");
    }

    [Fact]
    public async Task Reply_LimitForAMoment_WaitsInItsPlace()
    {
        var calls = 0;
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>((m, ct) =>
        {
            calls++;
            return m.ReplyAsync("Hi", ct);
        }));
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequests, 1);

        await shop.WhileTimePassesAsync(AsTask(shop.CustomerSaysAsync()));

        TextsOf(shop).Should().Equal("Hi");
        calls.Should().Be(1);
        shop.Now.Should().Be(Shop.Opening + Duration.FromSeconds(1));
    }

    [Fact]
    public async Task Reply_LimitForLonger_WaitsTwoSecondsAtMostAndThenItsEventWaits()
    {
        var calls = 0;
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>((m, ct) =>
        {
            calls++;
            return m.ReplyAsync("Hi", ct);
        }));
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequests, 2);

        await shop.WhileTimePassesAsync(AsTask(shop.CustomerSaysAsync()));
        TextsOf(shop).Should().BeEmpty();
        shop.Now.Should().BeLessThanOrEqualTo(Shop.Opening + Duration.FromSeconds(2));
        await shop.PassAsync(Duration.FromSeconds(6));

        TextsOf(shop).Should().Equal("Hi");
        calls.Should().Be(2);
    }

    [Fact]
    public async Task Reply_MetaOutOfReach_GoesWhenItIsThereAgain()
    {
        var isCut = true;
        await using var shop = await OpenAsync(
            build: (builder, _) =>
            {
                builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new Cable(() => isCut));
                builder.OnMessage<TextReceived>(static (m, ct) => m.ReplyAsync("Hi", ct));
            });
        await shop.WhileTimePassesAsync(AsTask(shop.CustomerSaysAsync()));
        TextsOf(shop).Should().BeEmpty();

        isCut = false;
        await shop.PassAsync(Duration.FromMinutes(1));

        TextsOf(shop).Should().Equal("Hi");
    }

    [Fact]
    public async Task Reply_TokenNeverRenewed_IsParkedWhenTheWindowOfItsEventCloses()
    {
        await using var shop = await OpenAsync(
            build: static (builder, _) =>
            {
                builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(static () => new Bearer(static () => "expired"));
                builder.OnMessage<TextReceived>("reply", static (m, ct) => m.ReplyAsync("Hi", ct));
            });
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(24) - Duration.FromMinutes(11));
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
        await shop.PassAsync(Duration.FromMinutes(8));

        var parked = (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().ContainSingle().Subject;
        parked.Error.Should().Be(typeof(ReplyPostponedException).FullName);
        parked.CompletedHandlers.Should().Equal("note");
    }

    // Hosts that were down for a day, or Meta delivered late: the window is open by what the customer wrote since.
    [Theory]
    [InlineData(25)]
    [InlineData(7 * 24)]
    public async Task Reply_LimitAtAnEventWhoseOwnWindowIsOver_WaitsAndGoesOnce(int hours)
    {
        await using var shop = await OpenAsync(build: static (builder, _) =>
            builder.OnMessage<TextReceived>(MessageFilter.TextEquals("late"), static (m, ct) => m.ReplyAsync("Hi", ct)));
        await shop.CustomerSaysAsync("new");
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        await shop.PostAsync("messages", TextFrom("wamid.late", "late", shop.Now - Duration.FromHours(hours)));
        await shop.SettleAsync();
        TextsOf(shop).Should().BeEmpty();
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();

        await shop.PassAsync(Duration.FromMinutes(1));

        TextsOf(shop).Should().Equal("Hi");
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reply_TokenNeverRenewedAtAReplayedEvent_IsParkedAgainAfterADay()
    {
        await using var shop = await OpenAsync(build: static (builder, _) =>
        {
            builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(static () => new Bearer(static () => "expired"));
            builder.OnMessage<TextReceived>("reply", static (m, ct) => m.ReplyAsync(Hello, OrderShipped("42"), ct));
        });
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(24));
        var parked = await shop.Hosts[0].Parked.ListAsync(10, Token);
        await shop.Hosts[0].Parked.ReplayAsync(parked, Token);
        await shop.SettleAsync();
        await shop.PassAsync(Duration.FromHours(24) - Duration.FromMinutes(11));
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();

        await shop.PassAsync(Duration.FromMinutes(10));

        parked.Should().ContainSingle();
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().ContainSingle();
        shop.Sent.Should().BeEmpty();
    }

    // What nobody can answer any more is no reply that waits: it is told, and the conversation goes on.
    [Fact]
    public async Task Reply_EventWhoseWindowClosedBeforeItWasHandled_IsLoggedAndDone()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(
            MessageFilter.TextEquals("late"), async (m, ct) => outcomes.Enqueue(await m.ReplyAsync("Hi", ct))));
        await shop.CloseAsync();
        await shop.PostAsync("messages", TextFrom("wamid.late", "late", shop.Now - Duration.FromHours(30)));
        await shop.SettleAsync();

        outcomes.Should().ContainSingle().Which.Should().BeOfType<SendOutcome.WindowClosed>();
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reply_PostponedBesideAHandlerThatFails_ComesAgainWithItAndNeitherTriesAreLost()
    {
        var token = "expired";
        var failures = 0;
        await using var shop = await OpenAsync(
            build: (builder, _) =>
            {
                builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new Bearer(() => token));
                builder.OnMessage<TextReceived>("reply", static (m, ct) => m.ReplyAsync("Hi", ct));
                builder.OnMessage<TextReceived>("fails", (_, _) => token == "expired" || failures++ < 2 ? throw new InvalidOperationException("fails") : Task.CompletedTask);
            });
        await shop.CustomerSaysAsync();
        for (var hours = 0; hours < 2; hours++)
        {
            await shop.PassAsync(Duration.FromHours(1));
        }

        token = "dev";
        await shop.PassAsync(Duration.FromMinutes(10));
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.PassAsync(Duration.FromSeconds(10));

        TextsOf(shop).Should().Equal("Hi");
        failures.Should().Be(3);
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Reply_ProcessEndedBetweenIntentAndAnswer_IsNotPostedAgainByAnotherHost()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        var stores = await CreateStoresAsync();
        IntentId? lost = null;
        await using var shop = await Shop.OpenAsync(stores, build: (builder, _) => builder.OnMessage<TextReceived>("reply", FailingOnce(
            async (m, ct) =>
            {
                if (m.Attempt == 1)
                {
                    // What a killed process leaves behind: an intent, and nobody who knows of an answer.
                    lost = HandlerReply("reply", m.Message.Key);
                    await stores[0].SaveIntentAsync(
                        new SendIntent { Id = lost.Value, Conversation = m.Conversation.Key, Message = new TextMessage("Hi"), CreatedAt = Shop.Opening }, ct);
                    return;
                }

                outcomes.Enqueue(await m.ReplyAsync("Hi", ct));
            })));

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(1));

        shop.Sent.Should().BeEmpty();
        outcomes.Should().ContainSingle().Which.Should().BeOfType<SendOutcome.Ambiguous>().Which.IntentId.Should().Be(lost!.Value);
    }

    private static IReadOnlyList<string> TextsOf(Shop shop) =>
        [.. shop.Sent.Where(static sent => sent.Type == "text").Select(static sent => JsonNode.Parse(sent.Json)!["text"]!["body"]!.GetValue<string>())];

    private static Func<Received<TextReceived>, CancellationToken, Task> FailingOnce(Func<Received<TextReceived>, CancellationToken, Task> handler) =>
        async (received, cancellationToken) =>
        {
            await handler(received, cancellationToken);
            FailIf(received.Attempt == 1);
        };

    private static void FailIf(bool fails)
    {
        if (fails)
        {
            throw new InvalidOperationException("The handler fails.");
        }
    }

    private static string TextFrom(string id, string text = "Hi", Instant? at = null) =>
        $$$"""
        {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"{{{Shop.Number}}}"},
        "contacts":[{"profile":{"name":"Ana"},"wa_id":"{{{Shop.Phone}}}"}],
        "messages":[{"from":"{{{Shop.Phone}}}","id":"{{{id}}}","timestamp":"{{{(at ?? Shop.Opening).ToUnixTimeSeconds()}}}","type":"text","text":{"body":"{{{text}}}"}}]}
        """;

    // The rule by which replies are known, told once more: no version may change it while events of the one before wait.
    private static IntentId HandlerReply(string handler, EventKey key)
    {
        var bytes = new byte[EventKey.Length];
        key.WriteTo(bytes);
        return IntentId.Naming([.. bytes, 0, 0, 0, 1, .. System.Text.Encoding.UTF8.GetBytes(handler)]);
    }

    private static async Task<bool> AsTask(Task task)
    {
        await task;
        return true;
    }

    private sealed class Greeter : IHandle<TextReceived>
    {
        public async Task HandleAsync(Received<TextReceived> received, CancellationToken cancellationToken = default)
        {
            await received.ReplyAsync($"Hello, {received.Attempt}", cancellationToken);
            FailIf(received.Attempt == 1);
        }
    }

    /// <summary>Reaches nobody while it is cut.</summary>
    private sealed class Cable(Func<bool> isCut) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            isCut() ? throw new HttpRequestException(HttpRequestError.NameResolutionError) : base.SendAsync(request, cancellationToken);
    }
}
