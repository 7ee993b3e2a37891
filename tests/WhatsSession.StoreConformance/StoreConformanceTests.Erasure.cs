using System.Text;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    private static readonly Instant ErasedAt = Start + Duration.FromHours(2);

    [Fact]
    public async Task EraseAsync_Conversation_LeavesNothingOfItUnderAnyIdentifier()
    {
        var store = await CreateAsync();
        await FillAsync(store);
        await store.EraseAsync(BySecondUser, ErasedAt, Token);
        foreach (var side in (ConversationKey[])[ByPhone, ByUser, BySecondUser])
        {
            var snapshot = await store.ReadAsync(side, Token);
            Assert.Equal(new ConversationState { Erased = ErasedAt }, snapshot.State);
            Assert.Empty(await store.ReadLogAsync(side, before: null, 10, Token));
            Assert.Empty(await store.ListHeldAsync(side, after: null, 10, Token));
        }

        Assert.Equal(MessageDelivery.None, await store.ReadDeliveryAsync(Number, Sent, Token));
        Assert.Empty(await store.ListParkedAsync(after: null, 10, Token));
        Assert.Empty(await store.ListQuarantinedAsync(after: null, 10, Token));
        Assert.Empty(await store.ListAbandonedFallbacksAsync(Instant.MaxValue, after: null, 10, Token));
        Assert.Empty(await store.ClaimAsync(At(Start + Duration.FromDays(30)), Token));
        Assert.Equal(0, await store.SweepAsync(SweepAt(Start + Duration.FromHours(23)), Token));
    }

    [Fact]
    public async Task EraseAsync_Conversation_LeavesOtherCustomersAlone()
    {
        var store = await CreateAsync();
        var intent = Intent(BySecondPhone, Start, "Hello");
        await store.IngestAsync(Batch(Text("other", BySecondPhone, Start), Status("theirs", DeliveryStatus.Read, BySecondPhone, Start)), Token);
        await store.SaveIntentAsync(intent, Token);
        await store.TakeKeyAsync(Key with { Key = "theirs" }, Keyed(BySecondPhone, intent.Id), Start, Token);
        await store.HoldAsync(Held(BySecondPhone, Start, "one"), Start, Token);
        await ClaimAsync(store, Claim with { Conversation = BySecondPhone }, Start);
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = """{"from":"15550005678"}"""u8.ToArray(), ReceivedAt = Start }, Token);
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = """{"from":"155500012345","to":"915550001234"}"""u8.ToArray(), ReceivedAt = Start }, Token);
        await FillAsync(store);
        await store.EraseAsync(ByPhone, ErasedAt, Token);

        Assert.Equal(new ConversationState(Start, denied: null), (await store.ReadAsync(BySecondPhone, Token)).State);
        Assert.Equal(2, (await store.ReadLogAsync(BySecondPhone, before: null, 10, Token)).Count);
        Assert.Equal(DeliveryStatus.Read, (await store.ReadDeliveryAsync(Number, MessageId.Parse("wamid.theirs"), Token)).Status);
        Assert.NotNull(await store.TakeKeyAsync(Key with { Key = "theirs" }, Keyed(ByPhone), Start, Token));
        Assert.Single(await store.ListHeldAsync(BySecondPhone, after: null, 10, Token));
        Assert.Single(await store.ListAbandonedFallbacksAsync(Instant.MaxValue, after: null, 10, Token));
        Assert.Equal(2, (await store.ListQuarantinedAsync(after: null, 10, Token)).Count);
        Assert.Equal(2, (await DrainAsync(store, Start + Duration.FromHours(1))).Count);
    }

    [Fact]
    public async Task EraseAsync_QuarantinedPayloads_ThoseThatNameTheCustomerGo()
    {
        var store = await CreateAsync();
        var many = string.Concat(Enumerable.Range(0, 12_000).Select(static i => $"word{i},"));
        string[] named = [$"[{Phone.Value}", $"{{\"user_id\":\"{User.Value}\"", $"{many}{Phone.Value}"];
        string[] others = [$"[{SecondPhone.Value}", $"[{Phone.Value}0", $"{many}{SecondPhone.Value}", $"{{\"group_id\":\"{Group.Value}\""];
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer)), Token);
        foreach (var payload in named.Concat(others))
        {
            await store.IngestAsync(new IngestBatch { Events = [], Quarantined = Encoding.UTF8.GetBytes(payload), ReceivedAt = Start }, Token);
        }

        await store.EraseAsync(ByPhone, ErasedAt, Token);

        Assert.Equal(
            others.Order(StringComparer.Ordinal),
            (await store.ListQuarantinedAsync(after: null, 100, Token)).Select(static kept => Encoding.UTF8.GetString(kept.Payload.Span)).Order(StringComparer.Ordinal));
        await store.EraseAsync(InGroup, ErasedAt, Token);
        Assert.Equal(others.Length - 1, await CountQuarantinedAsync(store));
    }

    [Fact]
    public async Task EraseAsync_StatusWithoutItsCustomer_GoesWithTheMessage()
    {
        var store = await CreateAsync();
        var intent = Intent(ByUser, Start, "Hello");
        var status = Status("sent", DeliveryStatus.Read, ByUser, Start, intent: intent.Id);
        await store.SaveIntentAsync(intent, Token);
        await store.IngestAsync(
            Batch(new StoredEvent
            {
                Key = status.Key,
                Lane = status.Lane,
                Field = status.Field,
                Number = Number,
                Timestamp = Start,
                ReceivedAt = Start,
                Message = status.Message,
                Facts = status.Facts,
                Raw = status.Raw,
            }),
            Token);

        await store.EraseAsync(ByUser, ErasedAt, Token);

        Assert.Equal(MessageDelivery.None, await store.ReadDeliveryAsync(Number, Sent, Token));
    }

    [Fact]
    public async Task EraseAsync_StatusesOfBothTriesOfASend_Go()
    {
        var store = await CreateAsync();
        var (intent, second) = (Intent(ByUser, Start, "Hello"), MessageId.Parse("wamid.second"));
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Failed, ByUser, Start, ReEngagement, intent.Id)), Token);
        await store.TakeRetryAsync(intent.Id, Sent, 0, Token);

        // Its own answer may come after the statuses, and a late status of the first try after both.
        await store.IngestAsync(Batch(Status("second", DeliveryStatus.Read, ByUser, Start, intent: intent.Id)), Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, second), Token);
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Sent, ByUser, Start, intent: intent.Id), Status("third", DeliveryStatus.Sent, ByUser, Start, intent: intent.Id)), Token);

        await store.EraseAsync(ByUser, ErasedAt, Token);

        foreach (var message in (MessageId[])[Sent, second, MessageId.Parse("wamid.third")])
        {
            Assert.Equal(MessageDelivery.None, await store.ReadDeliveryAsync(Number, message, Token));
        }
    }

    [Fact]
    public async Task EraseAsync_Keys_AreFreeAgain()
    {
        var store = await CreateAsync();
        var (sent, held) = (Intent(ByPhone, Start, "Hello"), Held(ByPhone, Start, "one"));
        await store.SaveIntentAsync(sent, Token);
        await store.HoldAsync(held, seen: null, Token);
        await store.TakeKeyAsync(Key, Keyed(ByPhone, sent.Id), Start, Token);
        await store.TakeKeyAsync(Key with { Key = "held" }, Keyed(ByPhone, held.Id), Start, Token);
        await ClaimAsync(store, Claim, Start);
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        Assert.Null(await store.ReadSendAsync(sent.Id, Token));
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token));
        Assert.Null(await store.TakeKeyAsync(Key with { Key = "held" }, Keyed(ByPhone), Start, Token));
        Assert.True(await ClaimAsync(store, Claim, Start));
    }

    [Fact]
    public async Task EraseAsync_KeyWhoseSendIsKnownByNothingElse_IsFreeUnderEveryIdentifier()
    {
        var store = await CreateAsync();
        await FillAsync(store);

        // A held message has an id of its own, and a send that was refused before its post has none.
        ConversationKey[] sides = [ByPhone, ByUser, BySecondUser];
        foreach (var side in sides)
        {
            var intent = IntentId.New();
            await store.TakeKeyAsync(Key with { Key = side.Party }, Keyed(side, intent), Start, Token);
            await store.RecordOutcomeAsync(Key with { Key = side.Party }, intent, "{}"u8.ToArray(), Token);
        }

        await store.TakeKeyAsync(Key with { Key = "other" }, Keyed(BySecondPhone), Start, Token);
        await store.TakeKeyAsync(new IdempotencyKey(OtherNumber, "elsewhere"), Keyed(new ConversationKey(OtherNumber, Phone)), Start, Token);
        await store.EraseAsync(ByPhone, ErasedAt, Token);

        foreach (var side in sides)
        {
            Assert.Null(await store.TakeKeyAsync(Key with { Key = side.Party }, Keyed(BySecondPhone), Start, Token));
        }

        Assert.NotNull(await store.TakeKeyAsync(Key with { Key = "other" }, Keyed(BySecondPhone), Start, Token));
        Assert.NotNull(await store.TakeKeyAsync(new IdempotencyKey(OtherNumber, "elsewhere"), Keyed(new ConversationKey(OtherNumber, Phone)), Start, Token));
    }

    [Fact]
    public async Task EraseAsync_EventInFlight_IsNobodysAnyMore()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        var claim = await ClaimOneAsync(store, Start);
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        Assert.False(await store.MarkHandledAsync(claim, "handler", Token));
        Assert.False(await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
        Assert.Empty(await DrainAsync(store, Start + Duration.FromDays(1)));
    }

    [Fact]
    public async Task EraseAsync_ConflictThatNamesTheCustomer_GoesAndTheQueueGoesOn()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer), Text("b", BySecondUser, Start, new IdentityLink(Phone, SecondUser)), Notice("n", Number, Start)), Token);
        await store.EraseAsync(ByUser, ErasedAt, Token);
        Assert.Equal([Text("b", BySecondUser, Start).Key, Notice("n", Number, Start).Key], await DrainAsync(store, Start + Duration.FromDays(1)));
    }

    [Fact]
    public async Task IngestAsync_RedeliveryAfterErasure_BringsNothingBackAndIsCounted()
    {
        var store = await CreateAsync();
        await FillAsync(store);
        await store.EraseAsync(ByUser, ErasedAt, Token);
        var late = Text("never-seen", ByPhone, ErasedAt - Duration.FromSeconds(5));
        StoredEvent[] again =
        [
            Text("phone", ByPhone, Start),
            Text("user", ByUser, Start, OneCustomer),
            Text("just-before", ByUser, ErasedAt - Duration.FromSeconds(1)),
            Status("sent", DeliveryStatus.Sent, ByUser, Start),
            Status("sent", DeliveryStatus.Read, ByUser, ErasedAt + Duration.FromHours(1)),
            Status("foreign", DeliveryStatus.Read, ByPhone, ErasedAt + Duration.FromHours(1)),
            late,
        ];
        Assert.Equal(new IngestResult(Fresh: 0, Duplicates: 0, Erased: again.Length, Dispatched: 0), await store.IngestAsync(Batch(again), Token));
        Assert.Equal(new ConversationState { Erased = ErasedAt }, (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Equal(MessageDelivery.None, await store.ReadDeliveryAsync(Number, Sent, Token));
        Assert.Empty(await store.ClaimAsync(At(Start + Duration.FromDays(1)), Token));
    }

    [Fact]
    public async Task IngestAsync_CustomerWritesAfterErasure_IsKeptFromFiveSecondsBeforeOn()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        var (close, later) = (Text("close", ByPhone, ErasedAt - Duration.FromSeconds(4)), Text("later", ByPhone, ErasedAt + Duration.FromSeconds(1)));
        Assert.Equal(new IngestResult(Fresh: 1, Duplicates: 0, Erased: 0, Dispatched: 1), await store.IngestAsync(Batch(close), Token));
        Assert.Equal(new ConversationState(close.Timestamp, denied: null) { Erased = ErasedAt }, (await store.ReadAsync(ByPhone, Token)).State);
        await store.IngestAsync(Batch(later), Token);
        Assert.Equal(later.Timestamp, await ReadLastInboundAsync(store, ByPhone));
        Assert.Equal([later.Message, close.Message], await ReadLogIdsAsync(store, ByPhone));
        Assert.Equal([close.Key, later.Key], await DrainAsync(store, later.ReceivedAt));
    }

    [Fact]
    public async Task SettleIntentAsync_SendErasedInFlight_BringsNothingBack()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent) { Conversation = ByPhone, Facts = new ConversationState { Answers = AnswerTimes.By(AuthorKind.Bot, Start) } }, Token);
        Assert.Equal(1, (await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Delivered, ByPhone, ErasedAt + Duration.FromMinutes(1), intent: intent.Id)), Token)).Erased);
        Assert.Equal(new ConversationState { Erased = ErasedAt }, (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Null(await store.ReadSendAsync(intent.Id, Token));
        Assert.Equal(MessageDelivery.None, await store.ReadDeliveryAsync(Number, Sent, Token));
    }

    [Fact]
    public async Task EraseAsync_Twice_TheLaterMomentCounts()
    {
        var store = await CreateAsync();
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        await store.EraseAsync(ByPhone, Start, Token);
        Assert.Equal(ErasedAt, (await store.ReadAsync(ByPhone, Token)).State.Erased);
        await store.EraseAsync(ByPhone, ErasedAt + Duration.FromHours(1), Token);
        Assert.Equal(ErasedAt + Duration.FromHours(1), (await store.ReadAsync(ByPhone, Token)).State.Erased);
        Assert.Null((await store.ReadAsync(new ConversationKey(OtherNumber, Phone), Token)).State.Erased);
    }

    [Fact]
    public async Task EraseAsync_RecycledPhone_ErasesWhatItHasSeenAndNeitherCustomer()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer), Text("b", BySecondUser, Start, new IdentityLink(Phone, SecondUser)), Text("phone", ByPhone, Start)), Token);
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        Assert.Single(await ReadLogIdsAsync(store, ByUser));
        Assert.Equal(Start, await ReadLastInboundAsync(store, BySecondUser));
        Assert.Equal(1, (await store.IngestAsync(Batch(Text("phone", ByPhone, Start)), Token)).Erased);
        Assert.Empty(await ReadLogIdsAsync(store, ByPhone));
    }

    [Fact]
    public async Task IngestAsync_9DaysAfterErasure_KnowsNothingOfIt()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        await store.IngestAsync(Batch(Notice("day 8", Number, ErasedAt + Duration.FromDays(8))), Token);
        Assert.Equal(ErasedAt, (await store.ReadAsync(ByPhone, Token)).State.Erased);
        await store.IngestAsync(Batch(Notice("day 9", Number, ErasedAt + Duration.FromDays(9))), Token);
        Assert.Null((await store.ReadAsync(ByPhone, Token)).State.Erased);
        Assert.Equal(0, (await store.IngestAsync(Batch(Silent("old", ByPhone, Start)), Token)).Erased);
    }

    /// <summary>One customer by phone, user id and former user id, with something in every corner of the store.</summary>
    private static async Task FillAsync(IWhatsSessionStore store)
    {
        var intent = Intent(ByUser, Start, "Hello");
        await store.IngestAsync(Batch(HourLead, Text("phone", ByPhone, Start)), Token);
        var failing = (await store.ClaimAsync(At(Start), Token)).Single(static claim => claim.Event.Conversation == ByPhone);
        await store.MarkHandledAsync(failing, "handler", Token);
        await store.FinishAsync(failing, new DispatchResult.Parked("IOException"), Token);
        await store.HoldAsync(Held(ByPhone, Start, "one"), seen: null, Token);
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent) { Conversation = ByUser, Facts = new ConversationState { Answers = AnswerTimes.By(AuthorKind.Bot, Start) } }, Token);
        await store.IngestAsync(
            Batch(
                HourLead,
                Rotation(SecondUser, User, Start),
                Text("user", ByUser, Start, OneCustomer),
                Text("former", BySecondUser, Start),
                Text("just-before", ByUser, ErasedAt - Duration.FromSeconds(1)),
                Status("sent", DeliveryStatus.Sent, ByUser, Start, intent: intent.Id),
                Status("foreign", DeliveryStatus.Failed, ByPhone, Start, ReEngagement)),
            Token);
        await store.EnqueueAsync(Work("later", ByPhone, Start + Duration.FromDays(3)), Token);
        await ClaimAsync(store, Claim, Start);
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = """{"from":"15550001234"}"""u8.ToArray(), ReceivedAt = Start }, Token);
    }
}
