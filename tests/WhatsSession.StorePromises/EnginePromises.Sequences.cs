using System.Text.Json.Nodes;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>Follow-up sequences.</content>
public abstract partial class EnginePromises
{
    private static readonly Dictionary<string, string> Order = new(StringComparer.Ordinal) { ["order"] = "42", ["name"] = "Ana" };

    private static readonly TextMessage StillThere = new("Still there?");

    private static void Cart(SequenceBuilder s) => s
        .Version("7")
        .After(TimeSpan.FromHours(2), start => new TextMessage($"{start["name"]}, your cart waits."))
        .BeforeClosing(TimeSpan.FromHours(1), new ReplyButtonsMessage("Shall we keep it?", "Yes", "No"))
        .After(TimeSpan.FromDays(1), start => new TextMessage($"Order {start["order"]}?"), start => OrderShipped(start["order"]))
        .After(TimeSpan.FromDays(1), OrderShipped("last call"));

    [Fact]
    public async Task Sequence_NobodyAnswers_SendsEachStepOnceByWindowAndByTemplate()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();

        var started = await shop.Conversation.StartSequenceAsync("cart", Order, Token);
        started.IsNew.Should().BeTrue();
        (started.Run.Version, started.Run.DueAt).Should().Be(("7", shop.Now + Duration.FromHours(2)));
        await PassHoursAsync(shop, 24 * 4);

        ContentsOf(shop).Should().Equal("text:Ana, your cart waits.", "interactive:Shall we keep it?", "template:order_shipped/42", "template:order_shipped/last call");
        SentAfterHours(shop).Should().Equal(2, 23, 47, 71);
        var run = (await shop.Hosts[Other(shop)].Client.Sequences.FindAsync(started.Run.Id, Token))!;
        run.State.Should().Be(SequenceState.Completed);
        run.Steps.Select(static step => step.State).Should().Equal(SequenceStepState.Sent, SequenceStepState.Sent, SequenceStepState.TemplateSent, SequenceStepState.Sent);
        run.Steps.Should().OnlyContain(static step => step.MessageId != null && step.Reason == null);
        run.Values.Should().BeEquivalentTo(Order);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sequence_CustomerAnswersInBetween_SendsNothingMore(bool byReaction)
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;
        await PassHoursAsync(shop, 3);
        if (byReaction)
        {
            await shop.Customer.ReactsAsync(shop.Sent[0].MessageId!, "👍");
        }
        else
        {
            await shop.Customer.SaysAsync("Yes", Shop.Number);
        }

        await PassHoursAsync(shop, 24 * 4);

        shop.Sent.Should().ContainSingle();
        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.State.Should().Be(SequenceState.Answered);
        (await shop.Hosts[0].Client.Sequences.ListAsync(Token)).Should().BeEmpty();
    }

    // Its timestamp is before the step that it comes after; and before the start.
    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task Sequence_WebhookOfAnAnswerComesLate_EndsTheRun(int minutesAfterStart)
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(1));
        var at = shop.Now + Duration.FromMinutes(minutesAfterStart);
        await shop.Conversation.StartSequenceAsync("cart", Order, Token);
        await PassHoursAsync(shop, 3);
        shop.Sent.Should().ContainSingle();

        await shop.PostAsync("messages", LateText(at), Other(shop));
        await PassHoursAsync(shop, 24 * 4);

        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Sequence_StartedTwice_RunsOnce()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();

        var first = await shop.Conversation.StartSequenceAsync("cart", Order, Token);
        var second = await shop.On(Other(shop), shop.Customer.UserId).StartSequenceAsync("cart", Order, Token);
        await PassHoursAsync(shop, 3);

        second.Should().Match<StartedSequence>(again => !again.IsNew && again.Run.Id == first.Run.Id);
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Sequence_StartedAnewAfterAnAnswer_RunsFromThere()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var first = await shop.Conversation.StartSequenceAsync("cart", Order, Token);
        await PassHoursAsync(shop, 1);
        await shop.CustomerSaysAsync("Later");

        var second = await shop.On(Other(shop)).StartSequenceAsync("cart", Order, Token);
        await PassHoursAsync(shop, 3);

        second.IsNew.Should().BeTrue();
        SentAfterHours(shop).Should().Equal(3);
        (await shop.Hosts[0].Client.Sequences.FindAsync(first.Run.Id, Token))!.State.Should().Be(SequenceState.Answered);
    }

    // Nobody knows yet that the phone number and the user id are one customer.
    [Fact]
    public async Task Sequence_StartedForTwoIdentifiersOfOneCustomer_SendsItsStepsOnce()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s.After(TimeSpan.FromHours(2), OrderShipped("42"))));
        var first = await shop.Conversation.StartSequenceAsync("cart", Token);
        var second = await shop.On(Other(shop), shop.Customer.UserId).StartSequenceAsync("cart", Token);
        (first.IsNew, second.IsNew).Should().Be((true, true));

        // A status that names both.
        await shop.Conversation.SendAsync(OrderShipped("41"), Token);
        await PassHoursAsync(shop, 3);

        ContentsOf(shop).Should().Equal("template:order_shipped/41", "template:order_shipped/42");
    }

    [Fact]
    public async Task Sequence_StartedByAHandlerThatRunsAgain_IsStartedOnceForItsEvent()
    {
        var (tries, started) = (0, new List<StartedSequence>());
        await using var shop = await OpenAsync(build: (builder, _) => builder.AddSequence("cart", static s => s.After(TimeSpan.Zero, StillThere)).OnMessage<TextReceived>(async (received, token) =>
        {
            started.Add(await received.Conversation.StartSequenceAsync("cart", token));
            if (++tries == 1)
            {
                throw new InvalidOperationException("Again.");
            }
        }));

        await shop.CustomerSaysAsync();
        await PassHoursAsync(shop, 1);

        tries.Should().Be(2);
        started.Select(static one => one.IsNew).Should().Equal(true, false);
        shop.Sent.Should().ContainSingle();
        started[0].Run.AnchorMessage.Should().NotBeNull();
    }

    [Fact]
    public async Task Sequence_QuietHours_WaitUntilTheirEndInTheZoneOfEachCustomerAcrossAClockChange()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s
            .InZone("Europe/Berlin").InZone(static start => start.Values.GetValueOrDefault("zone"))
            .QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0))
            .At(day: 124, new TimeOnly(9, 0), OrderShipped("day"))
            .After(TimeSpan.FromHours(12), OrderShipped("morning"))));
        await shop.CustomerSaysAsync();
        var berlin = (await shop.Conversation.StartSequenceAsync("cart", Token)).Run;
        var other = shop.Meta.Customer("15550005678", "Bo");
        var newYork = (await shop.On(0, "15550005678").StartSequenceAsync("cart", new Dictionary<string, string> { ["zone"] = "America/New_York" }, Token)).Run;

        // Berlin's clocks change on 28 March 2027; New York's did on 14 March.
        (berlin.DueAt, newYork.DueAt).Should().Be((Instant.FromUtc(2027, 3, 27, 8, 0), Instant.FromUtc(2027, 3, 27, 13, 0)));
        await shop.PassAsync(Duration.FromDays(123) + Duration.FromHours(23));
        await PassHoursAsync(shop, 48);

        shop.Sent.Select(static sent => Instant.FromDateTimeOffset(sent.At)).Should().Equal(
            Instant.FromUtc(2027, 3, 27, 8, 0),
            Instant.FromUtc(2027, 3, 27, 13, 0),
            Instant.FromUtc(2027, 3, 28, 6, 0),
            Instant.FromUtc(2027, 3, 28, 12, 0));
        other.Should().NotBeNull();
    }

    [Fact]
    public async Task Sequence_OnBusinessDays_CountsThemAndWaitsForTheOpening()
    {
        var calendar = new WeeklyHours("Europe/Berlin").Open(DayOfWeek.Monday, DayOfWeek.Friday, new TimeOnly(9, 0), new TimeOnly(17, 0)).Except(new DateOnly(2026, 11, 30));
        await using var shop = await OpenAsync(build: (builder, _) => builder.AddSequence("cart", s => s
            .InZone("Europe/Berlin").OnBusinessDays(calendar)
            .At(day: 4, new TimeOnly(18, 0), OrderShipped("Friday evening"))
            .After(TimeSpan.FromHours(20), OrderShipped("Tuesday"))));
        await shop.CustomerSaysAsync();
        await shop.Conversation.StartSequenceAsync("cart", Token);

        await PassHoursAsync(shop, 24 * 9);

        shop.Sent.Select(static sent => Instant.FromDateTimeOffset(sent.At)).Should().Equal(Instant.FromUtc(2026, 11, 27, 17, 0), Instant.FromUtc(2026, 12, 1, 8, 0));
    }

    [Fact]
    public async Task Sequence_BeforeClosingInQuietHours_GoesBeforeThem()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s
            .InZone("UTC").QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)).BeforeClosing(TimeSpan.FromHours(1), StillThere)));
        await shop.CustomerSaysAsync();
        await shop.Conversation.StartSequenceAsync("cart", Token);

        await shop.PassAsync(Duration.FromHours(12) - Duration.FromMinutes(1));

        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Sequence_WindowClosedAndNoTemplate_LeavesTheStepOutAndGoesOn()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s
            .After(TimeSpan.FromHours(25), StillThere).BeforeClosing(TimeSpan.FromHours(1), StillThere).After(TimeSpan.FromHours(1), OrderShipped("42"))));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Token)).Run;

        await PassHoursAsync(shop, 27);

        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("template");
        var steps = (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.Steps;
        steps.Select(static step => step.State).Should().Equal(SequenceStepState.Skipped, SequenceStepState.Skipped, SequenceStepState.Sent);
        steps[0].Reason.Should().StartWith("Not sent");
        steps[1].Reason.Should().Contain("closed");
    }

    [Fact]
    public async Task Sequence_RefusedByAStatusBecauseTheWindowIsClosed_GoesByItsTemplate()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s
            .After(TimeSpan.FromHours(2), StillThere, OrderShipped("42")).After(TimeSpan.FromHours(1), StillThere, OrderShipped("43"))));
        await shop.CloseAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);
        await shop.Conversation.StartSequenceAsync("cart", Token);

        await PassHoursAsync(shop, 4);

        ContentsOf(shop).Should().Equal("text:Still there?", "template:order_shipped/42", "template:order_shipped/43");
    }

    [Fact]
    public async Task Sequence_CustomerAnswersBeforeTheTemplateOfARefusedStep_SendsNothingMore()
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], build: static (builder, _) => builder.AddSequence("cart", static s => s
            .After(TimeSpan.FromHours(2), StillThere, OrderShipped("42"))));
        await shop.CloseAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);
        await shop.Conversation.StartSequenceAsync("cart", Token);
        faults.Before = async name =>
        {
            if (name == nameof(IInboxStore.EnqueueAsync))
            {
                faults.Before = static _ => Task.CompletedTask;
                await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
            }
        };

        await PassHoursAsync(shop, 3);

        ContentsOf(shop).Should().Equal("text:Still there?");
    }

    [Fact]
    public async Task Sequence_StepRefusedForGood_IsNotedAndTheRunGoesOn()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s
            .After(TimeSpan.FromHours(1), new ImageMessage(MediaSource.FromId("1234567890"))).After(TimeSpan.FromHours(1), StillThere)));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Token)).Run;

        await PassHoursAsync(shop, 3);

        ContentsOf(shop).Should().Equal("text:Still there?");
        var steps = (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.Steps;
        steps.Select(static step => step.State).Should().Equal(SequenceStepState.Refused, SequenceStepState.Sent);
        steps[0].Reason.Should().StartWith("Rejected by Meta");
    }

    // It counts neither as a person's answer nor as a bot's.
    [Fact]
    public async Task Sequence_StepThatGoes_IsAnAnswerOfASequence()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s.After(TimeSpan.FromHours(1), StillThere)));
        await shop.CustomerSaysAsync();
        await shop.Conversation.StartSequenceAsync("cart", Token);

        await PassHoursAsync(shop, 1);

        var answers = (await shop.Conversation.GetSnapshotAsync(Token)).State.Answers;
        (answers.Of(AuthorKind.Sequence), answers.Of(AuthorKind.Person), answers.Of(AuthorKind.Bot), answers.Of(AuthorKind.Unknown)).Should().Be((Shop.Opening, null, null, null));
        (await shop.Conversation.GetHistoryAsync(Token))[0].By.Should().Be(Author.Sequence);
    }

    [Fact]
    public async Task Sequence_AnswerOfMetaIsLost_IsUncertainAndGoesOn()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;
        shop.Meta.Faults.FailNext(ResponseFault.DropAfterAccepting, 1);

        await PassHoursAsync(shop, 23);

        ContentsOf(shop).Should().Equal("text:Ana, your cart waits.", "interactive:Shall we keep it?");
        var steps = (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.Steps;
        steps.Select(static step => step.State).Should().StartWith([SequenceStepState.Uncertain, SequenceStepState.Sent]);
    }

    // The claim of the step is its stored intent. Whoever ends then leaves it unknown whether the request was made.
    [Fact]
    public async Task Sequence_HostIsKilledWhileItPosts_NeverSendsTheStepAgain()
    {
        var stores = await CreateStoresAsync();
        var (store, faults) = FaultyStore.Over(stores[0]);
        await using var shop = await Shop.OpenAsync([store], build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;

        // Saved, and the process learns nothing of it: nor does it make the request.
        faults.FailNext(nameof(ISendStore.SaveIntentAsync), isDone: true);
        faults.Before = name => name is nameof(ISendStore.SettleIntentAsync) ? throw new StoreUnavailableException("gone") : Task.CompletedTask;
        await shop.PassAsync(Duration.FromHours(2));
        faults.Before = static _ => Task.CompletedTask;
        await shop.RestartAsync(await ReopenStoresAsync(stores.Take(1).ToList()), Duration.FromMinutes(2));
        await PassHoursAsync(shop, 22);

        ContentsOf(shop).Where(static text => text.StartsWith("text:", StringComparison.Ordinal)).Count().Should().BeLessThanOrEqualTo(1);
        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.Steps[1].State.Should().Be(SequenceStepState.Sent);
    }

    [Fact]
    public async Task Sequence_PausedAndResumed_GoesOnThen()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;
        var (one, other) = (shop.Hosts[0].Client.Sequences, shop.Hosts[Other(shop)].Client.Sequences);

        (await one.PauseAsync(run.Id, Token)).Should().BeTrue();
        await PassHoursAsync(shop, 5);
        shop.Sent.Should().BeEmpty();
        (await other.ListAsync(Token)).Should().ContainSingle().Which.State.Should().Be(SequenceState.Paused);
        (await other.ResumeAsync(run.Id, Token)).Should().BeTrue();
        await PassHoursAsync(shop, 20);

        SentAfterHours(shop).Should().Equal(5, 23);
        (await one.CancelAsync(run.Id, Token)).Should().BeTrue();
        (await other.ResumeAsync(run.Id, Token)).Should().BeFalse();
        (await other.PauseAsync(IntentId.New(), Token)).Should().BeFalse();
        await PassHoursAsync(shop, 72);
        shop.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task Sequence_CancelledByName_EndsUnderEveryIdentifier()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        await shop.Conversation.StartSequenceAsync("cart", Order, Token);

        (await shop.On(Other(shop), shop.Customer.UserId).CancelSequenceAsync("cart", Token)).Should().BeTrue();
        (await shop.Conversation.CancelSequenceAsync("cart", Token)).Should().BeFalse();
        await PassHoursAsync(shop, 72);

        shop.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task Sequence_CustomerWantsNoMoreMarketing_EndsAndScheduledMessagesStay()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;
        await shop.Conversation.ScheduleAsync(OrderShipped("42"), shop.Now + Duration.FromHours(4), Token);

        await shop.PostAsync("user_preferences", $$"""{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"{{Shop.Number}}"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"{{Shop.Phone}}"}],"user_preferences":[{"wa_id":"{{Shop.Phone}}","detail":"User requested to stop marketing messages","category":"marketing_messages","value":"stop","timestamp":{{shop.Now.ToUnixTimeSeconds()}}}]}""", Other(shop));
        await PassHoursAsync(shop, 24);

        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.State.Should().Be(SequenceState.OptedOut);
        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("template");
    }

    [Fact]
    public async Task Sequence_CustomerErased_IsGone()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;

        await shop.Conversation.EraseAsync(Token);
        await PassHoursAsync(shop, 72);

        shop.Sent.Should().BeEmpty();
        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token)).Should().BeNull();
    }

    // The phone has another owner by then, who never asked for anything.
    [Fact]
    public async Task Sequence_PhoneNumberGetsANewOwner_SendsNothing()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s.After(TimeSpan.FromDays(3), OrderShipped("42"))));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Token)).Run;
        await shop.PassAsync(Duration.FromDays(1));

        await shop.PostAsync("messages", LateText(shop.Now, user: "US.77310048211900555020"));
        await PassHoursAsync(shop, 72);

        shop.Sent.Should().BeEmpty();
        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.State.Should().BeOneOf(SequenceState.CustomerChanged, SequenceState.Answered);
    }

    [Fact]
    public async Task Sequence_TemplateDeliveredAndUnanswered_StartsOnce()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("after", static s => s
            .StartWhenDelivered("we_wrote", static delivery => new Dictionary<string, string> { ["order"] = delivery.CallbackData! })
            .After(TimeSpan.FromHours(3), static start => OrderShipped(start["order"]))));
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(30));
        await shop.Conversation.SendAsync(new TemplateMessage("we_wrote", "en_US", "Ana"), new SendOptions { CallbackData = "mine" }, Token);
        await shop.Conversation.SendAsync(OrderShipped("another"), Token);

        await PassHoursAsync(shop, 8);

        ContentsOf(shop).Should().Equal("template:we_wrote/Ana", "template:order_shipped/another", "template:order_shipped/mine");
        var runs = new List<SequenceRun>();
        await foreach (var run in shop.On(Other(shop), shop.Customer.UserId).ReadSequencesAsync(Token))
        {
            runs.Add(run);
        }

        runs.Should().ContainSingle().Which.State.Should().Be(SequenceState.Completed);
    }

    [Fact]
    public async Task Sequence_TemplateAnsweredAtOnce_DoesNotStart()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("after", static s => s
            .StartWhenDelivered("we_wrote").After(TimeSpan.FromHours(3), OrderShipped("42"))));
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(30));
        await shop.Conversation.SendAsync(new TemplateMessage("we_wrote", "en_US", "Ana"), Token);
        await shop.CustomerSaysAsync("Yes");

        await PassHoursAsync(shop, 8);

        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Sequence_StartBeforeClosing_AsksOncePerWindow()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("ask", static s => s
            .StartBeforeClosing(TimeSpan.FromHours(2)).After(TimeSpan.Zero, StillThere)));
        await shop.CustomerSaysAsync();
        await PassHoursAsync(shop, 30);
        await shop.CustomerSaysAsync();
        await PassHoursAsync(shop, 30);

        SentAfterHours(shop).Should().Equal(22, 52);
    }

    // The request was written and its answer lost with the process.
    [Fact]
    public async Task Sequence_HostEndsBetweenClaimAndPost_SendsTheStepAtMostOnce()
    {
        var stores = await CreateStoresAsync();
        var (store, faults) = FaultyStore.Over(stores[0]);
        await using var shop = await Shop.OpenAsync([store], build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;

        // What the step came to is not noted, again and again.
        faults.Before = static name => name is nameof(ISequenceStore.SaveSequenceAsync) ? throw new StoreUnavailableException("gone") : Task.CompletedTask;
        await shop.PassAsync(Duration.FromHours(2));
        await shop.PassAsync(Duration.FromMinutes(1));
        shop.Sent.Should().ContainSingle();
        faults.Before = static _ => Task.CompletedTask;
        await PassHoursAsync(shop, 1);

        shop.Sent.Should().ContainSingle();
        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.Steps[0].Should().Match<SequenceStep>(step => step.State == SequenceStepState.Sent && step.MessageId != null);
    }

    // Neither an answer of the customer nor a day without hosts changes what went out.
    [Theory]
    [InlineData(1, true)]
    [InlineData(30, false)]
    public async Task Sequence_HostEndsBeforeItNotesAStep_SaysLaterThatItWasSent(int hoursDown, bool isAnswered)
    {
        var stores = await CreateStoresAsync();
        var (store, faults) = FaultyStore.Over(stores[0]);
        await using var shop = await Shop.OpenAsync([store], build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Order, Token)).Run;
        faults.Before = static name => name is nameof(ISequenceStore.SaveSequenceAsync) ? throw new StoreUnavailableException("gone") : Task.CompletedTask;
        await shop.PassAsync(Duration.FromHours(2));
        if (isAnswered)
        {
            await shop.CustomerSaysAsync("Yes");
        }

        await shop.RestartAsync(await ReopenStoresAsync([stores[0]]), Duration.FromHours(hoursDown));
        await PassHoursAsync(shop, 1);

        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.Steps[0].State.Should().Be(SequenceStepState.Sent);
        ContentsOf(shop).Should().Equal("text:Ana, your cart waits.");
    }

    [Fact]
    public async Task Sequence_MetaIsAwayOrThrottles_SendsTheStepLater()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", Cart));
        await shop.CustomerSaysAsync();
        await shop.Conversation.StartSequenceAsync("cart", Order, Token);
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);

        await shop.PassAsync(Duration.FromHours(2));
        shop.Sent.Should().BeEmpty();
        await shop.PassAsync(Duration.FromMinutes(2));

        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Sequence_NoHostRunsForDays_LeavesOutWhatIsADayLate()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores, build: static (builder, _) => builder.AddSequence("cart", static s => s
            .After(TimeSpan.FromHours(2), OrderShipped("1")).After(TimeSpan.FromHours(2), OrderShipped("2"))));
        await shop.CustomerSaysAsync();
        var run = (await shop.Conversation.StartSequenceAsync("cart", Token)).Run;

        await shop.RestartAsync(await ReopenStoresAsync(stores), Duration.FromHours(26));
        await PassHoursAsync(shop, 3);

        ContentsOf(shop).Should().Equal("template:order_shipped/2");
        (await shop.Hosts[0].Client.Sequences.FindAsync(run.Id, Token))!.Steps[0].Should().Match<SequenceStep>(step => step.State == SequenceStepState.Skipped && step.Reason!.Contains("day"));
    }

    [Fact]
    public async Task Sequence_DefinitionChangedWhileARunIsUnderWay_FinishesWithItsOwnSteps()
    {
        var (stores, version) = (await CreateStoresAsync(), 1);
        await using var shop = await Shop.OpenAsync(stores, build: (builder, _) => builder = version == 1
            ? builder.AddSequence("cart", static s => s.Version("1").After(TimeSpan.FromHours(2), OrderShipped("old 1")).After(TimeSpan.FromHours(2), OrderShipped("old 2")))
            : builder.AddSequence("cart", static s => s.Version("2").After(TimeSpan.FromHours(1), OrderShipped("new"))));
        await shop.CustomerSaysAsync();
        await shop.Conversation.StartSequenceAsync("cart", Token);
        await PassHoursAsync(shop, 2);

        version = 2;
        await shop.RestartAsync(await ReopenStoresAsync(stores), Duration.FromMinutes(1));
        await PassHoursAsync(shop, 3);
        (await shop.Conversation.StartSequenceAsync("cart", Token)).Run.Version.Should().Be("2");
        await PassHoursAsync(shop, 2);

        ContentsOf(shop).Should().Equal("template:order_shipped/old 1", "template:order_shipped/old 2", "template:order_shipped/new");
    }

    [Fact]
    public async Task ScheduledMessage_ItsTimeComes_GoesOnceWhateverTheCustomerDid()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var at = shop.Now + Duration.FromHours(30);
        var stays = await shop.Conversation.ScheduleAsync(StillThere, OrderShipped("42"), at, Token);
        var goes = await shop.Conversation.ScheduleAsync(StillThere, new ScheduleOptions { CancelWhenAnswered = true }, at, Token);
        var cancelled = await shop.Conversation.ScheduleAsync(OrderShipped("never"), at, Token);
        await PassHoursAsync(shop, 3);
        await shop.CustomerSaysAsync();

        (await shop.On(Other(shop), shop.Customer.UserId).CancelScheduledAsync(cancelled, Token)).Should().BeTrue();
        (await shop.Conversation.CancelScheduledAsync(cancelled, Token)).Should().BeFalse();
        await PassHoursAsync(shop, 28);

        ContentsOf(shop).Should().Equal("template:order_shipped/42");
        SentAfterHours(shop).Should().Equal(30);
        (await shop.Hosts[0].Client.Sequences.FindAsync(stays, Token))!.State.Should().Be(SequenceState.Completed);
        (await shop.Hosts[0].Client.Sequences.FindAsync(goes, Token))!.State.Should().Be(SequenceState.Answered);
    }

    [Fact]
    public async Task ScheduledMessage_NoHostRunsForADay_IsLeftOut()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        await shop.CustomerSaysAsync();
        var late = await shop.Conversation.ScheduleAsync(OrderShipped("late"), shop.Now + Duration.FromHours(2), Token);
        await shop.Conversation.ScheduleAsync(OrderShipped("in time"), shop.Now + Duration.FromHours(3), Token);

        await shop.RestartAsync(await ReopenStoresAsync(stores), Duration.FromHours(26));
        await shop.SettleAsync();

        ContentsOf(shop).Should().Equal("template:order_shipped/in time");
        (await shop.Hosts[0].Client.Sequences.FindAsync(late, Token))!.Steps[0].State.Should().Be(SequenceStepState.Skipped);
    }

    [Fact]
    public async Task ScheduledMessage_ScheduledByAHandlerThatRunsAgain_GoesOnce()
    {
        var tries = 0;
        await using var shop = await OpenAsync(build: (builder, shop) => builder.OnMessage<TextReceived>(async (received, token) =>
        {
            // Another time in each run, as people write it.
            await received.Conversation.ScheduleAsync(StillThere, shop.Now + Duration.FromHours(1), token);
            await received.Conversation.ScheduleAsync(Hello, shop.Now + Duration.FromHours(1), token);
            if (++tries == 1)
            {
                throw new InvalidOperationException("Again.");
            }
        }));

        await shop.CustomerSaysAsync();
        await PassHoursAsync(shop, 1);

        tries.Should().Be(2);
        ContentsOf(shop).Should().BeEquivalentTo("text:Still there?", "text:Your parcel left.");
    }

    [Fact]
    public async Task Sequence_StartedByAnAlert_IsEndedByAWebhookThatComesLate()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder
            .AddSequence("back", static s => s.After(TimeSpan.FromHours(4), OrderShipped("back")))
            .OnWindowClosed(static (w, ct) => w.Conversation.StartSequenceAsync("back", ct)));
        await shop.CustomerSaysAsync();
        await PassHoursAsync(shop, 23);
        shop.Meta.Faults.WebhookDelay = TimeSpan.FromHours(3);
        await shop.Customer.SaysAsync("I am here", Shop.Number, Token);
        shop.Meta.Faults.WebhookDelay = TimeSpan.Zero;

        await PassHoursAsync(shop, 10);

        shop.Saw<WindowClosed>().Should().ContainSingle();
        shop.Saw<TextReceived>().Should().HaveCount(2);
        ContentsOf(shop).Should().BeEmpty();
    }

    [Fact]
    public async Task Sequence_StartedByTwoAlertsOfOneWindow_RunsForEach()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder
            .AddSequence("ask", static s => s.After(TimeSpan.Zero, StillThere))
            .OnWindowClosing(static (w, ct) => w.Conversation.StartSequenceAsync("ask", ct)));
        await shop.CustomerSaysAsync();
        await PassHoursAsync(shop, 24);

        ContentsOf(shop).Should().Equal("text:Still there?", "text:Still there?");
    }

    // The window closes at 8:00 of the next day, and quiet is over at 9:00.
    [Fact]
    public async Task Sequence_StepBeforeClosingInQuietHours_GoesByItsTemplateAfterThem()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.AddSequence("cart", static s => s
            .InZone("UTC").QuietHours(new TimeOnly(20, 0), new TimeOnly(9, 0)).BeforeClosing(TimeSpan.FromHours(1), StillThere, OrderShipped("42"))));
        await shop.CustomerSaysAsync();
        await PassHoursAsync(shop, 13);
        await shop.Conversation.StartSequenceAsync("cart", Token);
        await PassHoursAsync(shop, 24);

        ContentsOf(shop).Should().Equal("template:order_shipped/42");
        SentAfterHours(shop).Should().Equal(25);
    }

    [Fact]
    public async Task ScheduledMessage_TimeOfThePast_IsRefusedWithValueAndFix()
    {
        await using var shop = await OpenAsync();

        var past = () => shop.Conversation.ScheduleAsync(StillThere, shop.Now, Token);
        (await past.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain("2026-11-23").And.Contain("SendAsync");
        var far = () => shop.Conversation.ScheduleAsync(StillThere, shop.Now + Duration.FromDays(367), Token);
        await far.Should().ThrowAsync<ArgumentException>();
        var upload = () => shop.Conversation.ScheduleAsync(new ImageMessage(MediaSource.FromBytes(new byte[] { 1 }, "image/png")), shop.Now + Duration.FromDays(1), Token);
        (await upload.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain("UploadMediaAsync");
    }

    private static string LateText(Instant at, string? user = null)
    {
        var who = user is null ? "" : $"\"user_id\":\"{user}\",";
        var from = user is null ? "" : $"\"from_user_id\":\"{user}\",";
        return $$$"""{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"{{{Shop.Number}}}"},"contacts":[{"profile":{"name":"Ana"},{{{who}}}"wa_id":"{{{Shop.Phone}}}"}],"messages":[{"from":"{{{Shop.Phone}}}",{{{from}}}"id":"wamid.late{{{at.ToUnixTimeSeconds()}}}","timestamp":"{{{at.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"Late"}}]}""";
    }

    private static async Task PassHoursAsync(Shop shop, int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            await shop.PassAsync(Duration.FromHours(1));
        }
    }

    private static IEnumerable<string> ContentsOf(Shop shop) => shop.Sent.Select(static sent =>
    {
        var json = JsonNode.Parse(sent.Json)!;
        return sent.Type switch
        {
            "text" => $"text:{json["text"]!["body"]}",
            "template" => $"template:{json["template"]!["name"]}/{json["template"]!["components"]![0]!["parameters"]![0]!["text"]}",
            _ => $"interactive:{json["interactive"]!["body"]!["text"]}",
        };
    });

    private static IEnumerable<int> SentAfterHours(Shop shop) => shop.Sent.Select(static sent => (int)(Instant.FromDateTimeOffset(sent.At) - Shop.Opening).TotalHours);
}
