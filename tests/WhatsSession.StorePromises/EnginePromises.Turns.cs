using System.Collections.Concurrent;

namespace WhatsSession.StorePromises;

/// <content>Turns: what a customer says in a row is answered once.</content>
public abstract partial class EnginePromises
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    [Fact]
    public async Task Turn_FiveShortLines_AreAnsweredOnce()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnTurn(Answer));
        for (var i = 1; i <= 5; i++)
        {
            await shop.CustomerSaysAsync($"line {i}");
            await shop.PassAsync(Second);
        }

        TextsOf(shop).Should().BeEmpty("the customer may go on");
        await shop.PassAsync(Second);
        TextsOf(shop).Should().Equal("To line 1, line 2, line 3, line 4, line 5");
        await shop.PassAsync(Duration.FromMinutes(10));
        TextsOf(shop).Should().HaveCount(1);
    }

    [Fact]
    public async Task Turn_CustomerWhoWritesOn_IsAnsweredAfterTheLongestTime()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnTurn(Answer));
        for (var i = 0; i < 10; i++)
        {
            await shop.CustomerSaysAsync($"{i}");
            await shop.PassAsync(Second);
        }

        TextsOf(shop).Should().Equal("To 0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
    }

    [Fact]
    public async Task Turn_Tap_IsAnsweredAtOnceWithTheLinesBefore()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnTurn(Answer));
        await shop.CustomerSaysAsync("hm");
        await shop.Conversation.SendAsync(new ReplyButtonsMessage("Sure?", "Yes", "No"), Token);
        await shop.SettleAsync();
        await shop.Customer.TapsAsync("Yes", Token);
        await shop.SettleAsync();

        TextsOf(shop).Should().Equal("To hm, Yes");
    }

    [Fact]
    public async Task Turn_LineWhileTheAnswerIsMade_IsAnsweredByTheNextTurn()
    {
        await using var shop = await OpenAsync(build: static (builder, shop) => builder.OnTurn(async (turn, ct) =>
        {
            if (turn.Message.Text == "one")
            {
                await shop.Customer.SaysAsync("two", Shop.Number, ct);
                await shop.Meta.SettleAsync(ct);
                (await turn.IsOvertakenAsync(ct)).Should().BeTrue();
            }
            else
            {
                (await turn.IsOvertakenAsync(ct)).Should().BeFalse();
            }

            await Answer(turn, ct);
        }));
        await shop.CustomerSaysAsync("one");
        await shop.PassAsync(Second * 2);
        TextsOf(shop).Should().Equal("To one");
        await shop.PassAsync(Second * 2);
        TextsOf(shop).Should().Equal("To one", "To two");
    }

    [Fact]
    public async Task Turn_OvertakenAnswer_IsDroppedAndTheNextOneAnswersBoth()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, shop) => builder.OnTurn(async (turn, ct) =>
        {
            var history = await turn.Conversation.GetHistoryAsync(ct);
            var open = history.TakeWhile(static message => message.Direction == MessageDirection.Inbound).Select(static message => message.Text).Reverse().ToList();
            if (open is ["one"])
            {
                await shop.Customer.SaysAsync("two", Shop.Number, ct);
                await shop.Meta.SettleAsync(ct);
            }

            outcomes.Enqueue(await turn.ReplyAsync(new TextMessage($"To {string.Join(", ", open)}"), Newest, ct));
        }));
        await shop.CustomerSaysAsync("one");
        await shop.PassAsync(Second * 2);
        await shop.PassAsync(Second * 2);

        outcomes.Select(static outcome => outcome.GetType()).Should().Equal(typeof(SendOutcome.Overtaken), typeof(SendOutcome.Accepted));
        TextsOf(shop).Should().Equal("To one, two");
    }

    [Fact]
    public async Task Turn_HandlerThatFails_ComesAgainWithTheSameLinesAndItsReplyGoesOnce()
    {
        var runs = new ConcurrentQueue<string>();
        await using var shop = await OpenAsync(build: (builder, shop) => builder.OnTurn(async (turn, ct) =>
        {
            runs.Enqueue(turn.Message.Text);
            if (turn.Message.Text == "one" && turn.Attempt < 3)
            {
                await Answer(turn, ct);
                await shop.Customer.SaysAsync($"more {turn.Attempt}", Shop.Number, ct);
                await shop.Meta.SettleAsync(ct);
                FailIf(fails: true);
            }

            await Answer(turn, ct);
        }));
        await shop.CustomerSaysAsync("one");
        await shop.PassAsync(Second * 2);
        await shop.PassAsync(Second);
        await shop.PassAsync(Second * 10);
        await shop.PassAsync(Second * 2);

        runs.Should().Equal("one", "one", "one", "more 1\nmore 2");
        TextsOf(shop).Should().Equal("To one", "To more 1, more 2");
    }

    [Fact]
    public async Task Turn_FailsForGood_IsParkedAndReplayedWithItsLines()
    {
        var fails = true;
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnTurn("bot", async (turn, ct) =>
        {
            FailIf(Volatile.Read(ref fails) && turn.Message.Text.StartsWith("one", StringComparison.Ordinal));
            await Answer(turn, ct);
        }));
        await shop.CustomerSaysAsync("one");
        await shop.CustomerSaysAsync("two");
        await shop.PassAsync(Second * 2);
        foreach (var seconds in (int[])[1, 10, 60, 300])
        {
            await shop.PassAsync(Second * seconds);
        }

        var parked = (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().ContainSingle().Subject;
        parked.Event.Lane.Should().Be(EventLane.Turn);
        await shop.CustomerSaysAsync("three");
        await shop.PassAsync(Second * 2);
        TextsOf(shop).Should().Equal("To three");
        Volatile.Write(ref fails, false);
        await shop.Hosts[0].Parked.ReplayAsync([parked], Token);
        await shop.SettleAsync();

        TextsOf(shop).Should().Equal("To three", "To one, two");
    }

    [Fact]
    public async Task Turn_MessageHandlers_RunAsUsualAndAreDoneBefore()
    {
        var log = new ConcurrentQueue<string>();
        await using var shop = await OpenAsync(build: (builder, _) => builder
            .OnMessage<TextReceived>(async (m, ct) =>
            {
                log.Enqueue($"+{m.Message.Text}");
                await Task.Yield();
                FailIf(m.Message.Text == "two" && m.Attempt < 3);
                log.Enqueue($"-{m.Message.Text}");
            })
            .OnTurn((turn, _) =>
            {
                log.Enqueue($"turn {turn.Message.Text.ReplaceLineEndings("+")}");
                return Task.CompletedTask;
            }));
        await shop.CustomerSaysAsync("one");
        await shop.CustomerSaysAsync("two");
        await shop.PassAsync(Second);
        await shop.CustomerSaysAsync("three");
        await shop.PassAsync(Second * 10);
        await shop.SettleAsync();

        log.Should().Equal("+one", "-one", "+two", "+two", "+two", "-two", "+three", "-three", "turn one+two+three");
    }

    [Fact]
    public async Task Turn_MessageHandlerThatFailsForGood_DoesNotBlockIt()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder
            .OnMessage<TextReceived>(static (_, _) => throw new InvalidOperationException("never"))
            .OnTurn(Answer));
        await shop.CustomerSaysAsync("one");
        foreach (var seconds in (int[])[1, 10, 60, 300])
        {
            await shop.PassAsync(Second * seconds);
        }

        TextsOf(shop).Should().Equal("To one");
    }

    [Fact]
    public async Task Turn_HostsThatStartAnew_GoOnWithIt()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores, build: static (builder, _) => builder.OnTurn("bot", Answer));
        await shop.CustomerSaysAsync("one");
        await shop.CustomerSaysAsync("two");
        await shop.RestartAsync(await ReopenStoresAsync(stores), Duration.FromMinutes(5));
        await shop.CustomerSaysAsync("three");
        await shop.SettleAsync();
        await shop.PassAsync(Second * 2);

        string.Join(' ', TextsOf(shop)).Should().BeOneOf("To one, two To three", "To one, two, three");
    }

    [Fact]
    public async Task Turn_MessagesThatWaitForAHandlerThatIsGone_DoNotHoldItBack()
    {
        var stores = await CreateStoresAsync();
        var isNew = false;
        await using var shop = await Shop.OpenAsync(
            stores,
            build: (builder, _) =>
            {
                if (Volatile.Read(ref isNew))
                {
                    builder.OnTurn(Answer);
                }
                else
                {
                    builder.OnMessage<TextReceived>(static (_, _) => throw new InvalidOperationException("not yet"));
                }
            },
            notes: false);
        await shop.CustomerSaysAsync("one");
        Volatile.Write(ref isNew, true);
        await shop.RestartAsync(await ReopenStoresAsync(stores), Duration.FromMinutes(2));
        await shop.CustomerSaysAsync("two");
        await shop.PassAsync(Second * 2);

        TextsOf(shop).Should().Equal("To two");
    }

    [Fact]
    public async Task Turn_Reply_AnswersItsLatestMessage()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnTurn(Answer));
        await shop.CustomerSaysAsync("one");
        await shop.PassAsync(Second);
        await shop.CustomerSaysAsync("two");
        await shop.PassAsync(Second * 2);

        var state = (await shop.Conversation.GetSnapshotAsync(Token)).State;
        state.Answers.Of(AuthorKind.Bot).Should().Be(state.LastInbound);
        shop.Saw<Turn>().Should().BeEmpty("a handler of every event has no turns: they belong to their own");
    }

    [Fact]
    public async Task Turn_ClassAndHandlerOfTheEventType_HaveTurnsToo()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddHandler<Listener>().On<Turn>("on", Answer));
        await shop.CustomerSaysAsync("one");
        await shop.CustomerSaysAsync("two");
        await shop.PassAsync(Second * 2);

        TextsOf(shop).Order(StringComparer.Ordinal).Should().Equal("Heard one, two", "To one, two");
    }

    [Fact]
    public async Task Turn_OfOneNumber_TakesItsMessagesAlone()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.ForNumber("sales", static sales => sales.OnTurn(Answer)));
        await shop.CustomerSaysAsync("support");
        await shop.Customer.SaysAsync("sales", Shop.OtherNumber);
        await shop.PassAsync(Second * 2);

        TextsOf(shop).Should().Equal("To sales");
    }

    [Fact]
    public async Task Turn_WaitForReplyInside_GetsTheNextLine()
    {
        await using var shop = await OpenAsync(build: static (builder, shop) => builder.OnTurn(async (turn, ct) =>
        {
            if (turn.WasAwaited)
            {
                return;
            }

            await turn.ReplyAsync("Which order?", ct);
            await shop.Customer.SaysAsync("42", Shop.Number, ct);
            await shop.Meta.SettleAsync(ct);
            var reply = await turn.Conversation.WaitForReplyAsync(TimeSpan.FromSeconds(30), ct);
            await turn.ReplyAsync($"Order {((TextReceived)reply!).Text}", ct);
        }));
        await shop.CustomerSaysAsync("Where is it?");
        await shop.PassAsync(Second * 2);
        await shop.PassAsync(Second * 10);

        TextsOf(shop).Should().Equal("Which order?", "Order 42");
    }

    private static Task Answer(Received<Turn> turn, CancellationToken cancellationToken) =>
        turn.ReplyAsync($"To {turn.Message.Text.Replace("\n", ", ", StringComparison.Ordinal)}", cancellationToken);

    private sealed class Listener : IHandle<Turn>
    {
        public Task HandleAsync(Received<Turn> received, CancellationToken cancellationToken = default) =>
            received.ReplyAsync($"Heard {received.Message.Text.Replace("\n", ", ", StringComparison.Ordinal)}", cancellationToken);
    }
}
