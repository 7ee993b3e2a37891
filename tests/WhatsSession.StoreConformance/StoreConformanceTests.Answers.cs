using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>Answers by kind of author, copies of what the business wrote in another way, doubt, answers that failed.</content>
public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task SettleIntentAsync_AnswersOfSeveralKinds_AreKeptApart()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("m", ByPhone, Start)), Token);
        var second = Duration.FromSeconds(1);
        (AuthorKind Kind, Instant At)[] answers =
        [
            (AuthorKind.Bot, Start - second), (AuthorKind.Person, Start), (AuthorKind.Bot, Start - (3 * second)), (AuthorKind.Sequence, Start - (2 * second)),
            (AuthorKind.Unknown, Start - (4 * second)),
        ];
        foreach (var (kind, at) in answers)
        {
            var intent = Intent(ByPhone, Start, "Hello");
            await store.SaveIntentAsync(intent, Token);
            await store.SettleIntentAsync(
                new SendSettlement(intent.Id, IntentState.Accepted, Sent) { Conversation = ByPhone, Facts = new ConversationState { Answers = AnswerTimes.By(kind, at) } }, Token);
        }

        var state = (await store.ReadAsync(ByPhone, Token)).State;
        Assert.Equal(Start - second, state.Answers.Of(AuthorKind.Bot));
        Assert.Equal(Start, state.Answers.Of(AuthorKind.Person));
        Assert.Equal(Start - (2 * second), state.Answers.Of(AuthorKind.Sequence));
        Assert.Equal(Start - (4 * second), state.Answers.Of(AuthorKind.Unknown));
        Assert.False(state.AwaitsReply);
    }

    [Fact]
    public async Task ReadLogAsync_AnswersAndCopies_TellWhoAnsweredWhat()
    {
        var store = await CreateAsync();
        var second = Duration.FromSeconds(1);
        var person = Author.Person("agent 7");
        (Author? By, Instant? Answers)[] sends = [(person, Start), (Author.Bot, Start), (Author.Sequence, null), (Author.Unknown, Start), (null, null)];
        await store.IngestAsync(Batch(Text("m", ByPhone, Start), Echo("e", ByPhone, Start + second)), Token);
        foreach (var (by, answers) in sends)
        {
            var intent = Intent(ByPhone, Start + (2 * second), "Hello");
            await store.SaveIntentAsync(intent, Token);
            await store.SettleIntentAsync(
                new SendSettlement(intent.Id, IntentState.Accepted, Sent)
                {
                    Conversation = ByPhone,
                    By = by,
                    Facts = new ConversationState { Answers = AnswerTimes.By(by?.Kind ?? AuthorKind.Unknown, answers) },
                },
                Token);
        }

        var log = (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Reverse().ToList();
        Assert.Equal([null, null, person, Author.Bot, Author.Sequence, null, null], log.Select(static message => message.By));
        Assert.Equal([null, Start, Start, Start, null, Start, null], log.Select(static message => message.AnswersUntil));
    }

    [Fact]
    public async Task SettleIntentAsync_ASendThatFails_AnswersNothing()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.IngestAsync(Batch(Text("m", ByPhone, Start)), Token);
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Failed, Message: null) { Conversation = ByPhone }, Token);

        Assert.All(await store.ReadLogAsync(ByPhone, before: null, 10, Token), static message => Assert.Equal((null, null), (message.By, message.AnswersUntil)));
    }

    // Somebody answered from the phone app.
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task IngestAsync_CopyAroundTheCustomersMessage_AnswersWhatIsOlder(int seconds, bool awaits)
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("m", ByPhone, Start), Echo("e", ByPhone, Start + Duration.FromSeconds(seconds))), Token);
        var state = (await store.ReadAsync(ByPhone, Token)).State;
        Assert.Equal(awaits, state.AwaitsReply);
        Because.Equal(Start, state.LastInbound, "a copy opens no window");
    }

    [Fact]
    public async Task IngestAsync_Copy_IsInTheHistoryOfBothSides()
    {
        var store = await CreateAsync();
        var second = Duration.FromSeconds(1);
        var intent = Intent(ByPhone, Start + (2 * second), "Hello");
        await store.IngestAsync(Batch(Text("m", ByPhone, Start), Echo("e", ByPhone, Start + second), Echo("e", ByPhone, Start + second)), Token);
        await store.SaveIntentAsync(intent, Token);
        var log = await store.ReadLogAsync(ByPhone, before: null, 10, Token);
        Assert.Equal([false, false, true], log.Select(static message => message.IsInbound));
        Assert.Equal([intent.Id, null, null], log.Select(static message => message.Intent));
        Assert.Equal((MessageId.Parse("wamid.e"), Start + second, null), (log[1].MessageId, log[1].At, log[1].State));
        Assert.Equal(Echo("e", ByPhone, Start).Raw.ToArray(), log[1].Json.ToArray());
    }

    // Its own send is counted by its evidence and stands in the history already.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IngestAsync_CopyOfASendOfOurs_TellsNothingNew(bool byAnotherIdentifier)
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("m", ByUser, Start, OneCustomer)), Token);
        var intent = Intent(ByUser, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);

        await store.IngestAsync(Batch(Echo("sent", byAnotherIdentifier ? ByPhone : ByUser, Start + Duration.FromMinutes(1))), Token);

        Assert.True((await store.ReadAsync(ByUser, Token)).State.AwaitsReply);
        Assert.Equal(2, (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Count);
    }

    [Fact]
    public async Task IngestAsync_CopyOfASendThatWasTriedTwice_TellsNothingNew()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("m", ByPhone, Start)), Token);
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        await store.TakeRetryAsync(intent.Id, Sent, 0, Token);
        await store.IngestAsync(Batch(Echo("sent", ByPhone, Start + Duration.FromMinutes(1))), Token);
        Assert.True((await store.ReadAsync(ByPhone, Token)).State.AwaitsReply);
    }

    // The answer of a send may come after its copy, or never: then a status names the send.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task IngestAsync_CopyBeforeTheSendIsSettled_IsTakenBackWhenItIs(bool byStatus, bool byAnotherIdentifier)
    {
        var store = await CreateAsync();
        var (copied, another) = (Start + Duration.FromMinutes(2), Start + Duration.FromMinutes(1));
        await store.IngestAsync(Batch(Text("m", ByUser, Start, OneCustomer)), Token);
        var intent = Intent(byAnotherIdentifier ? ByPhone : ByUser, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.IngestAsync(Batch(Echo("another", ByUser, another), Echo("sent", ByUser, copied)), Token);
        Because.Equal(copied, (await store.ReadAsync(ByUser, Token)).State.Echoed, "nobody knows yet whose it is");

        if (byStatus)
        {
            await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Delivered, ByUser, copied, intent: intent.Id)), Token);
        }
        else
        {
            await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        }

        Assert.Equal(another, (await store.ReadAsync(ByUser, Token)).State.Echoed);
        Assert.Equal(3, (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Count);
        await store.IngestAsync(Batch(Echo("sent", ByUser, copied)), Token);
        Assert.Equal(another, (await store.ReadAsync(ByPhone, Token)).State.Echoed);
    }

    [Fact]
    public async Task IngestAsync_CopyBeforeItsCustomersAreKnownAsOne_IsTakenBackWhenTheyAre()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("m", ByUser, Start)), Token);
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        await store.IngestAsync(Batch(Echo("sent", ByUser, Start + Duration.FromMinutes(1))), Token);
        Assert.False((await store.ReadAsync(ByUser, Token)).State.AwaitsReply);
        await store.IngestAsync(Batch(Linking("l", ByUser, Start, OneCustomer)), Token);
        Assert.True((await store.ReadAsync(ByUser, Token)).State.AwaitsReply);
        Assert.Equal(2, (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Count);
    }

    [Fact]
    public async Task EraseAsync_Copies_AreGoneAndDoNotComeBack()
    {
        var store = await CreateAsync();
        var later = Start + Duration.FromHours(1);
        await store.IngestAsync(Batch(Text("m", ByPhone, Start), Echo("e", ByPhone, Start + Duration.FromSeconds(1))), Token);
        await store.EraseAsync(ByPhone, later, Token);
        await store.IngestAsync(Batch(Echo("e", ByPhone, Start + Duration.FromSeconds(1))), Token);
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Null((await store.ReadAsync(ByPhone, Token)).State.Echoed);
    }

    // Another system's message was refused: before or after the customer's, told in either order.
    [Theory]
    [InlineData(-1, false, false)]
    [InlineData(-1, true, false)]
    [InlineData(0, false, true)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    public async Task IngestAsync_DoubtAroundAnInbound_StandsUntilTheCustomerWritesLater(int seconds, bool doubtFirst, bool doubted)
    {
        var store = await CreateAsync();
        var at = Start + Duration.FromSeconds(seconds);
        StoredEvent[] events = [Text("m", ByPhone, Start), Status("theirs", DeliveryStatus.Failed, ByPhone, at, state: new ConversationState { Doubted = at })];
        foreach (var told in doubtFirst ? events.AsEnumerable().Reverse() : events)
        {
            await store.IngestAsync(Batch(told), Token);
        }

        var state = (await store.ReadAsync(ByPhone, Token)).State;
        Assert.Equal((Start, at, doubted), (state.LastInbound, state.Doubted, state.IsDoubted));
        var window = SendPolicy.Default.Window(await store.ReadAsync(ByPhone, Token), Start + Duration.FromMinutes(1));
        Assert.Equal((doubted ? WindowState.Unknown : WindowState.Open, true), (window.State, window.MaySend));
        Because.False(state.IsDenied, "nobody knows what the refusal went by");
    }

    [Fact]
    public async Task ReadAsync_LastAnswerFailed_IsUntilTheBusinessWritesAgain()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("m", ByPhone, Start)), Token);
        var first = await AnswerAsync(store, "one", Start + Duration.FromSeconds(1));
        Assert.False((await store.ReadAsync(ByPhone, Token)).LastAnswerFailed);

        await store.IngestAsync(Batch(Failed("one", GraphErrorCodes.Undeliverable, first)), Token);
        var failed = await store.ReadAsync(ByPhone, Token);
        Assert.True(failed.LastAnswerFailed);
        Because.False(failed.State.AwaitsReply, "that is not raised again");

        await AnswerAsync(store, "two", Start + Duration.FromSeconds(2));
        Assert.False((await store.ReadAsync(ByPhone, Token)).LastAnswerFailed);
        await store.IngestAsync(Batch(Failed("one", GraphErrorCodes.PaymentIssue, first)), Token);
        Because.False((await store.ReadAsync(ByPhone, Token)).LastAnswerFailed, "it is not the last");
    }

    [Fact]
    public async Task ReadAsync_AnswerFailedAndWasDelivered_DidNotFail()
    {
        var store = await CreateAsync();
        var intent = await AnswerAsync(store, "one", Start);
        await store.IngestAsync(Batch(Failed("one", GraphErrorCodes.Undeliverable, intent), Status("one", DeliveryStatus.Delivered, ByPhone, Start, intent: intent)), Token);
        Assert.False((await store.ReadAsync(ByPhone, Token)).LastAnswerFailed);
    }

    [Fact]
    public async Task ReadAsync_AnswerFailedAndSomebodyWroteOtherwise_IsNotTheLast()
    {
        var store = await CreateAsync();
        var intent = await AnswerAsync(store, "one", Start);
        await store.IngestAsync(Batch(Failed("one", GraphErrorCodes.Undeliverable, intent), Echo("e", ByPhone, Start + Duration.FromSeconds(1))), Token);
        Assert.False((await store.ReadAsync(ByPhone, Token)).LastAnswerFailed);
    }

    [Fact]
    public async Task ReadAsync_AnswerFailedUnderAnotherIdentifier_IsTheCustomers()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("m", ByUser, Start, OneCustomer)), Token);
        var intent = await AnswerAsync(store, "one", Start + Duration.FromSeconds(1));
        await store.IngestAsync(Batch(Failed("one", GraphErrorCodes.Undeliverable, intent)), Token);
        Assert.True((await store.ReadAsync(ByUser, Token)).LastAnswerFailed);
    }

    private static async Task<IntentId> AnswerAsync(IWhatsSessionStore store, string message, Instant at)
    {
        var intent = Intent(ByPhone, at, "Hello");
        await store.SaveIntentAsync(intent, Token);
        var facts = new ConversationState { Answers = AnswerTimes.By(AuthorKind.Person, at) };
        await store.SettleIntentAsync(
            new SendSettlement(intent.Id, IntentState.Accepted, MessageId.Parse("wamid." + message)) { Conversation = ByPhone, Facts = facts }, Token);
        return intent.Id;
    }
}
