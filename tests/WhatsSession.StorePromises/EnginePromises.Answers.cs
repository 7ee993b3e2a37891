using System.Globalization;

namespace WhatsSession.StorePromises;

/// <content>Who has answered the customer, and what Meta said to others of the window.</content>
public abstract partial class EnginePromises
{
    // A person answered in the phone app, or another partner did.
    [Theory]
    [InlineData("smb_message_echoes", """{"message_echoes":[{"from":"15550009000","to":"15550001234","id":"wamid.echo","timestamp":"@","type":"text","text":{"body":"I am looking into it"}}],@@}""")]
    [InlineData("message_echoes", """{"message_echoes":[{"id":"wamid.echo","timestamp":"@","message":{"to":"15550001234","type":"text","text":{"body":"I am looking into it"}}}],@@}""")]
    [InlineData("standby", """{"standby":{"message_echoes":[{"id":"wamid.echo","timestamp":"@","message":{"to":"15550001234","type":"text","text":{"body":"I am looking into it"}}}]},@@}""")]
    public async Task Echo_AfterTheCustomersMessage_AnswersItAndIsInTheHistoryAndOpensNothing(string field, string value)
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync("Where is it?");
        var window = await shop.Conversation.GetWindowAsync(Token);
        await shop.PassAsync(Duration.FromMinutes(1));

        await EchoAsync(shop, field, value, shop.Now);

        var host = shop.On(Other(shop));
        (await host.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeFalse();
        var log = await host.GetHistoryAsync(10, Token);
        log.Select(static line => (line.IsInbound, line.Intent, line.State)).Should().Equal((false, null, null), (true, null, null));
        System.Text.Encoding.UTF8.GetString(log[0].Json.Span).Should().Contain("I am looking into it");
        (await host.GetWindowAsync(Token)).Until.Should().Be(window.Until);

        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("And?");
        (await host.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeTrue();
    }

    [Fact]
    public async Task GetHistoryAsync_SendsOfSeveralAuthors_TellsWhoWroteThem()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>(static (m, ct) => m.ReplyAsync("One moment", ct)));
        await shop.CustomerSaysAsync("Where is it?");
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.Conversation.SendAsync(Hello, new SendOptions { By = Author.Person("agent 7") }, Token);
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.Conversation.SendAsync(Hello, Token);
        await shop.SettleAsync();

        var log = await shop.On(Other(shop)).GetHistoryAsync(10, Token);

        log.Select(static line => line.By).Should().Equal(null, Author.Person("agent 7"), Author.Bot, null);
    }

    [Fact]
    public async Task Echo_WhereEchoesAnswerNothing_IsInTheHistoryAlone()
    {
        await using var shop = await OpenAsync(static o => o.EchoesAnswer = false);
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromMinutes(1));

        await EchoAsync(shop, "smb_message_echoes", TextEcho, shop.Now);

        (await shop.Conversation.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeTrue();
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().HaveCount(2);
    }

    [Theory]
    [InlineData("""{"message_echoes":[{"id":"wamid.echo","timestamp":"@","message":{"to":"15550001234","type":"template","template":{"name":"winter_offer","language":{"code":"en_US"}}}}],@@}""")]
    [InlineData("""{"message_echoes":[{"from":"15550009000","to":"15550001234","id":"wamid.echo","timestamp":"@","type":"revoke","revoke":{"original_message_id":"wamid.old"}}],@@}""")]
    public async Task Echo_OfATemplateOrOfWhatWasTakenBack_AnswersNothing(string value)
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromMinutes(1));

        await EchoAsync(shop, "smb_message_echoes", value, shop.Now);

        (await shop.Conversation.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeTrue();
    }

    // What the SDK sent counts by what it went by: a copy of it, which may come after the customer's next message, adds nothing.
    [Fact]
    public async Task Echo_OfOurOwnSend_AnswersNothingMore()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromMinutes(1));
        var sent = await shop.Conversation.SendAsync(Hello, Token);
        await shop.CustomerSaysAsync("And?");

        await EchoAsync(shop, "message_echoes", TextEcho.Replace("wamid.echo", sent.MessageId!.Value.Value, StringComparison.Ordinal), shop.Now + Duration.FromSeconds(5));

        (await shop.Conversation.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeTrue();
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().HaveCount(3);
    }

    // Its copy comes before anything tells that it is ours: the answer of the send got lost, and its statuses are late.
    [Fact]
    public async Task Echo_OfOurOwnSendBeforeItIsKnown_IsTakenBackWhenAStatusTells()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromMinutes(1));
        shop.Meta.Faults.FailNext(Emulator.ResponseFault.DropAfterAccepting, 1);
        shop.Meta.Faults.HoldWebhooks = true;
        (await shop.Conversation.SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.Ambiguous>();
        var copied = shop.Now + Duration.FromSeconds(5);
        await EchoAsync(shop, "message_echoes", TextEcho.Replace("wamid.echo", shop.Sent[0].MessageId!, StringComparison.Ordinal), copied);
        (await shop.Conversation.GetSnapshotAsync(Token)).State.Echoed.Should().Be(copied);

        shop.Meta.Faults.HoldWebhooks = false;
        await shop.SettleAsync();

        (await shop.On(Other(shop)).GetSnapshotAsync(Token)).State.Echoed.Should().BeNull();
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Answers_OfEachAuthor_AreKeptByKind()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var first = shop.Now;
        await shop.Conversation.SendAsync(Hello, new SendOptions { By = Author.Person("agent 7") }, Token);
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("And?");
        await shop.On(Other(shop)).SendAsync(Hello, new SendOptions { By = Author.Sequence }, Token);
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("Hello?");
        await shop.Conversation.SendAsync(Hello, Token);

        var answers = (await shop.Conversation.GetSnapshotAsync(Token)).State.Answers;

        answers.Of(AuthorKind.Person).Should().Be(first);
        answers.Of(AuthorKind.Sequence).Should().Be(first + Duration.FromMinutes(1));
        answers.Of(AuthorKind.Unknown).Should().Be(first + Duration.FromMinutes(2));
        (answers.Of(AuthorKind.Bot), answers.LatestByPeople).Should().Be((null, first + Duration.FromMinutes(2)));
    }

    // The bot was slow: its reply answers the message that it was called for, and the next one waits.
    [Fact]
    public async Task Reply_WhileTheCustomerWritesAgain_AnswersItsOwnEventAlone()
    {
        var replied = 0;
        await using var shop = await OpenAsync(build: (builder, opened) => builder.OnMessage<TextReceived>(async (message, _) =>
        {
            if (Interlocked.Increment(ref replied) == 1)
            {
                opened.Meta.Clock.Advance(TimeSpan.FromSeconds(30));
                await opened.Conversation.RecordCustomerMessageAsync(opened.Now, Token);
                await message.ReplyAsync("On it!", Token);
            }
        }));
        var first = shop.Now;
        await shop.CustomerSaysAsync();

        var state = (await shop.On(Other(shop)).GetSnapshotAsync(Token)).State;
        (state.Answers.Of(AuthorKind.Bot), state.AwaitsReply).Should().Be((first, true));
    }

    [Fact]
    public async Task Handler_SendsByItsConversation_AsABotUnlessItNamesSomebody()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>(static async (message, _) =>
            await (message.Message.Text == "agent"
                ? message.Conversation.SendAsync(Hello, new SendOptions { By = Author.Person("agent 7") }, Token)
                : message.Conversation.SendAsync(Hello, new SendOptions { CallbackData = "mine" }, Token))));
        var first = shop.Now;
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("agent");

        var answers = (await shop.Conversation.GetSnapshotAsync(Token)).State.Answers;
        (answers.Of(AuthorKind.Bot), answers.Of(AuthorKind.Person), answers.Of(AuthorKind.Unknown)).Should().Be((first, first + Duration.FromMinutes(1), null));
    }

    [Fact]
    public async Task Answer_ThatFailsByStatus_ShowsAndAwaitsNothingAnew()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        await shop.Conversation.SendAsync(Hello, Token);
        (await shop.Conversation.GetSnapshotAsync(Token)).LastAnswerFailed.Should().BeFalse();

        await FailAsync(shop, shop.Sent[0], GraphErrorCodes.Undeliverable);

        var snapshot = await shop.On(Other(shop)).GetSnapshotAsync(Token);
        (snapshot.LastAnswerFailed, snapshot.State.AwaitsReply).Should().Be((true, false));
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.Conversation.SendAsync(Hello, Token);
        (await shop.Conversation.GetSnapshotAsync(Token)).LastAnswerFailed.Should().BeFalse();
    }

    // Another system on the number was refused: nobody knows what that went by.
    [Fact]
    public async Task Refused131047_OfAMessageThatIsNotOurs_IsDoubtThatRefusesNothing()
    {
        await using var shop = await OpenAsync(static o => o.Guard.NoHistory = GuardChoice.Refuse);
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(1));

        await RefuseAsync(shop, MessageId.Parse("wamid.notOurs"), evidence: null, shop.Now);

        var window = await shop.On(Other(shop)).GetWindowAsync(Token);
        (window.State, window.MaySend, window.Until).Should().Be((WindowState.Unknown, true, null));
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
        shop.Saw<SessionMessageRefused>().Should().BeEmpty();
        shop.Saw<DeliveryUpdated>().Should().Contain(static status => status.Error != null && status.Error.Code == GraphErrorCodes.ReEngagementRequired);

        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.CustomerSaysAsync("Still there?");
        (await shop.Conversation.GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
    }

    [Fact]
    public async Task Refused131047_InDoubt_ClosesTheGuardByItsEvidence()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var evidence = shop.Now;
        await shop.PassAsync(Duration.FromHours(1));
        await RefuseAsync(shop, MessageId.Parse("wamid.notOurs"), evidence: null, shop.Now);
        var send = await shop.Conversation.SendAsync(Hello, Token);

        await RefuseAsync(shop, send.MessageId!.Value, evidence, shop.Now);

        (await shop.Conversation.GetSnapshotAsync(Token)).State.Denied.Should().Be(evidence);
        (await shop.On(Other(shop)).SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Denied);
    }

    [Fact]
    public async Task Refused131047_OfAMessageThatIsNotOursBeforeTheCustomersLatest_DoubtsNothing()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(1));

        await RefuseAsync(shop, MessageId.Parse("wamid.notOurs"), evidence: null, shop.Now - Duration.FromHours(2));

        (await shop.Conversation.GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
    }

    private const string TextEcho =
        """{"message_echoes":[{"from":"15550009000","to":"15550001234","id":"wamid.echo","timestamp":"@","type":"text","text":{"body":"Hello"}}],@@}""";

    private static async Task EchoAsync(Shop shop, string field, string value, Instant at)
    {
        var json = value
            .Replace("@@", $$"""
                "metadata":{"phone_number_id":"{{Shop.Number}}"}
                """, StringComparison.Ordinal)
            .Replace("\"@\"", $"\"{at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}\"", StringComparison.Ordinal);
        (await shop.PostAsync(field, json, Other(shop))).StatusCode.Should().Be(200);
        await shop.SettleAsync();
    }
}
