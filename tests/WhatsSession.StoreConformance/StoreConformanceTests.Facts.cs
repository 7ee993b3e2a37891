using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    private static readonly GraphError ReEngagement = new()
    {
        Code = GraphErrorCodes.ReEngagementRequired,
        Subcode = 7,
        Type = "OAuthException",
        Message = "Re-engagement message",
        Details = "More than 24 hours have passed",
        UserTitle = "Title",
        UserMessage = "Text",
        TraceId = "trace",
        HttpStatus = 400,
        Category = GraphErrorCategory.WindowClosed,
    };

    [Fact]
    public async Task ReadDeliveryAsync_NoStatus_IsNone()
    {
        var store = await CreateAsync();
        Assert.Equal(MessageDelivery.None, await store.ReadDeliveryAsync(Number, Sent, Token));
    }

    [Fact]
    public async Task ReadDeliveryAsync_StatusesOfAMessageOfWhomever_HoldsThemAllWithTheError()
    {
        var store = await CreateAsync();
        var read = Status("sent", DeliveryStatus.Read, ByPhone, Start + Duration.FromSeconds(9));
        var failed = Status("sent", DeliveryStatus.Failed, ByPhone, Start + Duration.FromSeconds(5), ReEngagement);
        await store.IngestAsync(Batch(read, Status("other", DeliveryStatus.Sent, ByPhone, Start)), Token);
        await store.IngestAsync(Batch(failed, Status("sent", new DeliveryStatus("tomorrow's word"), ByPhone, Start)), Token);

        var delivery = await store.ReadDeliveryAsync(Number, Sent, Token);
        var expected = MessageDelivery.Restore(
            [new(DeliveryStatus.Read, read.Timestamp), new(DeliveryStatus.Failed, failed.Timestamp), new(new DeliveryStatus("tomorrow's word"), Start)],
            new DeliveryFailure(failed.Timestamp, ReEngagement));
        Assert.Equal(expected, delivery);
        Because.Equal(MessageDelivery.None, await store.ReadDeliveryAsync(OtherNumber, Sent, Token), "the message is another number's");
    }

    [Fact]
    public async Task IngestAsync_DuplicateThatSaysMore_IsJoinedAndNotDispatched()
    {
        var store = await CreateAsync();
        var at = Start + Duration.FromSeconds(5);
        var bare = Status("sent", DeliveryStatus.Failed, ByPhone, at);
        var telling = Status("sent", DeliveryStatus.Failed, ByPhone, at, ReEngagement, state: new ConversationState { Denied = Start });
        await store.IngestAsync(Batch(bare), Token);
        Assert.Equal(new IngestResult(Fresh: 0, Duplicates: 1, Erased: 0, Dispatched: 0), await store.IngestAsync(Batch(telling), Token));
        Assert.Equal(new DeliveryFailure(at, ReEngagement), (await store.ReadDeliveryAsync(Number, Sent, Token)).Failure);
        Assert.Equal(Start, (await store.ReadAsync(ByPhone, Token)).State.Denied);
        Assert.Single(await DrainAsync(store, at));
    }

    [Fact]
    public async Task IngestAsync_SeveralErrors_KeepsTheLeastByTimeAndCode()
    {
        var store = await CreateAsync();
        var undeliverable = new GraphError { Code = 131026, Message = "Undeliverable" };
        var later = Status("sent", DeliveryStatus.Failed, ByPhone, Start + Duration.FromSeconds(1), new GraphError { Code = 1 });
        await store.IngestAsync(Batch(later), Token);
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Failed, ByPhone, Start, ReEngagement)), Token);
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Failed, ByPhone, Start, undeliverable)), Token);
        await store.IngestAsync(Batch(later), Token);
        Assert.Equal(new DeliveryFailure(Start, undeliverable), (await store.ReadDeliveryAsync(Number, Sent, Token)).Failure);
    }

    [Theory]
    [InlineData(IntentState.Pending)]
    [InlineData(IntentState.Ambiguous)]
    [InlineData(IntentState.Failed)]
    public async Task IngestAsync_StatusWithTheIntent_ProvesThatMetaTookTheSend(IntentState state)
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, state, Message: null), Token);
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Failed, ByPhone, Start, ReEngagement, intent.Id)), Token);
        var send = (await store.ReadSendAsync(intent.Id, Token))!;
        Assert.Equal((IntentState.Accepted, (MessageId?)Sent), (send.State, send.Message));
        Assert.Equal(Sent, (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Single().MessageId);
    }

    [Fact]
    public async Task IngestAsync_StatusOfASendThatIsAccepted_LeavesItsMessage()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        await store.IngestAsync(Batch(Status("late", DeliveryStatus.Sent, ByPhone, Start, intent: intent.Id)), Token);
        Assert.Equal(Sent, (await store.ReadSendAsync(intent.Id, Token))!.Message);
    }

    [Fact]
    public async Task IngestAsync_FactsOfAConversation_AreJoinedToTheSecond()
    {
        var store = await CreateAsync();
        var second = Duration.FromSeconds(1);
        var facts = new ConversationState
        {
            Denied = Start,
            Answers = AnswerTimes.Join(
                AnswerTimes.Join(AnswerTimes.By(AuthorKind.Bot, Start + second), AnswerTimes.By(AuthorKind.Sequence, Start + (7 * second))),
                AnswerTimes.Join(AnswerTimes.By(AuthorKind.Person, Start + (8 * second)), AnswerTimes.By(AuthorKind.Unknown, Start + (9 * second)))),
            Echoed = Start + (5 * second),
            Doubted = Start + (6 * second),
            FreeEntry = new FreeEntryPoint(Start + (2 * second), Start + (3 * second), Start + (4 * second)),
        };
        var fraction = Duration.FromMilliseconds(999);
        await store.IngestAsync(
            Batch(Saying("a", ByPhone, Start, new ConversationState
            {
                Denied = facts.Denied + fraction,
                Answers = Enum.GetValues<AuthorKind>().Select(kind => AnswerTimes.By(kind, facts.Answers.Of(kind) + fraction)).Aggregate(AnswerTimes.Join),
                Echoed = facts.Echoed + fraction,
                Doubted = facts.Doubted + fraction,
                FreeEntry = new FreeEntryPoint(facts.FreeEntry.Click + fraction, facts.FreeEntry.FirstReply + fraction, facts.FreeEntry.StatedEnd + fraction),
            })),
            Token);
        Assert.Equal(facts, (await store.ReadAsync(ByPhone, Token)).State);
    }

    [Fact]
    public async Task JoinAsync_LaterAdvertisement_BringsItsOwnReply()
    {
        var store = await CreateAsync();
        var later = Start + Duration.FromDays(1);
        await JoinFreeEntryAsync(store, new FreeEntryPoint(Start, Start + Duration.FromSeconds(5), statedEnd: null));
        await JoinFreeEntryAsync(store, new FreeEntryPoint(Start, Start + Duration.FromSeconds(9), statedEnd: null));
        Because.Equal(Start + Duration.FromSeconds(5), (await store.ReadAsync(ByPhone, Token)).State.FreeEntry.FirstReply, "the first reply counts");
        await JoinFreeEntryAsync(store, new FreeEntryPoint(later, firstReply: null, statedEnd: null));
        Assert.Equal(new FreeEntryPoint(later, firstReply: null, statedEnd: null), (await store.ReadAsync(ByPhone, Token)).State.FreeEntry);
        await JoinFreeEntryAsync(store, new FreeEntryPoint(Start, Start, later));
        Assert.Equal(new FreeEntryPoint(later, firstReply: null, later), (await store.ReadAsync(ByPhone, Token)).State.FreeEntry);
    }

    [Fact]
    public async Task SettleIntentAsync_Facts_AreJoinedWithTheOutcome()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(
            new SendSettlement(intent.Id, IntentState.Accepted, Sent) { Conversation = ByPhone, Facts = new ConversationState { Answers = AnswerTimes.By(AuthorKind.Bot, Start) } },
            Token);
        Assert.Equal(new ConversationState { Answers = AnswerTimes.By(AuthorKind.Bot, Start) }, (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Equal(IntentState.Accepted, (await store.ReadSendAsync(intent.Id, Token))!.State);
    }

    [Fact]
    public async Task SettleIntentAsync_SecondTry_IsKnownByTheNewMessage()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, MessageId.Parse("wamid.first")), Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        Assert.Equal(Sent, (await store.ReadSendAsync(intent.Id, Token))!.Message);
    }

    [Fact]
    public async Task IngestAsync_RestrictionOfAnAccount_ShowsInEveryConversationOfItsNumbers()
    {
        var store = await CreateAsync();
        var restriction = new MessagingRestriction(Start, Applies: true, Start + Duration.FromDays(3));
        await store.IngestAsync(Batch(Restriction(restriction)), Token);
        Because.Null((await store.ReadAsync(ByPhone, Token)).Restriction, "nothing says whose the number is");
        await store.IngestAsync(Batch(Text("a", ByUser, Start), Silent("b", new ConversationKey(OtherNumber, Phone), Start)), Token);
        Assert.Equal(restriction, (await store.ReadAsync(ByPhone, Token)).Restriction);
        Assert.Null((await store.ReadAsync(new ConversationKey(OtherNumber, Phone), Token)).Restriction);

        await store.IngestAsync(Batch(Silent("c", ByPhone, Start)), Token);
        Because.Equal(restriction, (await store.ReadAsync(ByPhone, Token)).Restriction, "an event that names no account takes none away");
    }

    [Fact]
    public async Task IngestAsync_SeveralRestrictions_TheLatestWordCounts()
    {
        var store = await CreateAsync();
        var lifted = new MessagingRestriction(Start + Duration.FromDays(1), Applies: false, Until: null);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Restriction(lifted)), Token);
        await store.IngestAsync(Batch(Restriction(new MessagingRestriction(Start, Applies: true, Until: null))), Token);
        Assert.Equal(lifted, (await store.ReadAsync(ByPhone, Token)).Restriction);
    }

    private static ValueTask JoinFreeEntryAsync(IWhatsSessionStore store, FreeEntryPoint facts) =>
        store.JoinAsync(ByPhone, new ConversationState { FreeEntry = facts }, Start, Token);
}
