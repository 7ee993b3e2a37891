using System.Collections;
using System.Runtime.CompilerServices;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task OpenAsync_Twice_KeepsWhatIsThere()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.OpenAsync(Token);
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByPhone));
    }

    [Fact]
    public async Task IngestAsync_FreshEvents_CountsThemAndWhatDispatches()
    {
        var store = await CreateAsync();
        var silent = Silent("b", ByPhone, Start);
        Assert.Equal(new IngestResult(Fresh: 2, Duplicates: 0, Erased: 0, Dispatched: 1), await store.IngestAsync(Batch(Text("a", ByPhone, Start), silent), Token));
        Assert.Equal([Text("a", ByPhone, Start).Key], await DrainAsync(store, Start));
    }

    [Fact]
    public async Task IngestAsync_EmptyBatch_ChangesNothing()
    {
        var store = await CreateAsync();
        Assert.Equal(default(IngestResult), await store.IngestAsync(Batch(), Token));
    }

    [Fact]
    public async Task IngestAsync_SeenBefore_IsDroppedWhole()
    {
        var store = await CreateAsync();
        var text = Text("a", ByPhone, Start);
        await store.IngestAsync(Batch(text), Token);
        Assert.Equal(new IngestResult(Fresh: 0, Duplicates: 1, Erased: 0, Dispatched: 0), await store.IngestAsync(Batch(text), Token));
        Assert.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Single(await DrainAsync(store, Start));
        Because.Equal(1, (await store.IngestAsync(Batch(text), Token)).Duplicates, "an event that was handled is still known");
    }

    [Fact]
    public async Task IngestAsync_SomeSeenBefore_NamesTheirPositions()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var result = await store.IngestAsync(Batch(Text("b", ByPhone, Start), Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        Assert.Equal([1, 2], result.Repeated);
        Assert.Empty((await store.IngestAsync(Batch(Text("c", ByPhone, Start)), Token)).Repeated);
    }

    [Fact]
    public async Task IngestAsync_TwiceInOneBatch_IsDroppedTheSecondTime()
    {
        var store = await CreateAsync();
        var text = Text("a", ByPhone, Start);
        Assert.Equal(new IngestResult(Fresh: 1, Duplicates: 1, Erased: 0, Dispatched: 1), await store.IngestAsync(Batch(text, text), Token));
        Assert.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Single(await DrainAsync(store, Start));
    }

    [Fact]
    public async Task IngestAsync_SameIdOnAnotherLane_HidesNothing()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Copy("a", ByPhone, Start, EventLane.History), Copy("a", ByPhone, Start, EventLane.Standby)), Token);
        Assert.Equal(1, (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Fresh);
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByPhone));
    }

    [Fact]
    public async Task IngestAsync_RedeliveredAfterSevenDays_IsStillKnown()
    {
        var store = await CreateAsync();
        var text = Text("a", ByPhone, Start);
        await store.IngestAsync(Batch(text), Token);
        for (var day = 1; day <= 8; day++)
        {
            var filler = Text($"day{day}", BySecondPhone, Start + Duration.FromDays(day));
            await store.IngestAsync(Batch(filler), Token);
        }

        var late = Copy("late", ByPhone, text.ReceivedAt + Duration.FromDays(8), EventLane.Status);
        Assert.Equal(new IngestResult(Fresh: 1, Duplicates: 1, Erased: 0, Dispatched: 1), await store.IngestAsync(Batch(late, text), Token));
    }

    [Fact]
    public async Task IngestAsync_ManyEvents_AreKeptInOneBatch()
    {
        var store = await CreateAsync();
        var events = Enumerable.Range(0, 1000).Select(static i => Text($"m{i}", new ConversationKey(Number, CustomerId.Parse($"1555{i % 50:000000}")), Start + Duration.FromSeconds(i))).ToArray();
        Assert.Equal(new IngestResult(1000, 0, 0, 1000), await store.IngestAsync(Batch(events), Token));
        var handled = await DrainAsync(store, Start + Duration.FromHours(1));
        Assert.Equal(1000, handled.Count);
        Assert.Distinct(handled);
    }

    [Fact]
    public async Task IngestAsync_BatchThatFailsOnTheWay_KeepsNothing()
    {
        var store = await CreateAsync();
        var first = Text("a", ByPhone, Start);
        var broken = new IngestBatch { Events = new BrokenList(first), ReceivedAt = Start, Quarantined = "{"u8.ToArray() };
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await store.IngestAsync(broken, Token));
        var withNull = new IngestBatch { Events = [first, null!], ReceivedAt = Start };
        await Assert.ThrowsAnyAsync<Exception>(async () => await store.IngestAsync(withNull, Token));

        Assert.Equal(new ConversationSnapshot { Key = ByPhone }, await store.ReadAsync(ByPhone, Token));
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Empty(await DrainAsync(store, Start + Duration.FromDays(1)));
        Assert.Equal(0, await CountQuarantinedAsync(store));
        Assert.Equal(1, (await store.IngestAsync(Batch(first), Token)).Fresh);
    }

    [Fact]
    public async Task IngestAsync_Quarantined_KeepsThePayloadOnceAndTheRestOfTheBatch()
    {
        var store = await CreateAsync();
        var pooled = """{"entry":[{]}"""u8.ToArray();
        var batch = new IngestBatch { Events = [Text("a", ByPhone, Start)], Quarantined = pooled, QuarantineReason = "JsonException", ReceivedAt = Start };
        Assert.Equal(1, (await store.IngestAsync(batch, Token)).Fresh);
        await store.IngestAsync(batch, Token);
        Assert.Equal(1, await CountQuarantinedAsync(store));
        pooled.AsSpan().Clear();
        await store.IngestAsync(batch, Token);
        Because.Equal(2, await CountQuarantinedAsync(store), "the store keeps bytes of its own");
    }

    [Fact]
    public async Task IngestAsync_Events_RaiseHistorySinceToTheFirstReceipt()
    {
        var store = await CreateAsync();
        Assert.Null((await store.ReadAsync(ByPhone, Token)).HistorySince);
        var late = Notice("n", Number, Start + Duration.FromTicks(7));
        await store.IngestAsync(Batch(late), Token);
        Assert.Equal(late.ReceivedAt, (await store.ReadAsync(ByPhone, Token)).HistorySince);
        await store.IngestAsync(Batch(Notice("m", Number, Start), Notice("o", Number, Start + Duration.FromDays(1))), Token);
        Assert.Equal(Start, (await store.ReadAsync(InGroup, Token)).HistorySince);
        Assert.Null((await store.ReadAsync(new ConversationKey(OtherNumber, Phone), Token)).HistorySince);
    }

    [Fact]
    public async Task IngestAsync_OlderMessage_NeverShortensTheWindow()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("new", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Text("old", ByPhone, Start - Duration.FromDays(2))), Token);
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByPhone));
    }

    [Theory]
    [InlineData(EventLane.Standby)]
    [InlineData(EventLane.History)]
    [InlineData(EventLane.Status)]
    public async Task IngestAsync_LaneOtherThanLive_RaisesNothingAndIsNotInTheHistory(EventLane lane)
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Copy("a", ByPhone, Start, lane)), Token);
        Assert.Equal(default(ConversationState), (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Single(await DrainAsync(store, Start));
    }

    [Fact]
    public async Task IngestAsync_FractionOfASecond_IsCutOffInFactsAndHistory()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start + Duration.FromMilliseconds(999))), Token);
        await store.JoinAsync(ByPhone, new ConversationState(lastInbound: null, Start + Duration.FromMilliseconds(1)), Start, Token);
        Assert.Equal(new ConversationState(Start, Start), (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Equal(Start, (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Single().At);
    }

    [Fact]
    public async Task JoinAsync_Facts_AreRaisedAndNeverLost()
    {
        var store = await CreateAsync();
        var unseen = new ConversationState(lastInbound: null, NodaConstants.UnixEpoch);
        await store.JoinAsync(ByPhone, unseen, Start, Token);
        Assert.Equal(unseen, (await store.ReadAsync(ByPhone, Token)).State);

        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.JoinAsync(ByPhone, new ConversationState(lastInbound: null, Start), Start, Token);
        await store.JoinAsync(ByPhone, new ConversationState(Start - Duration.FromDays(1), Start - Duration.FromDays(1)), Start, Token);
        await store.JoinAsync(ByPhone, default, Start, Token);
        Assert.Equal(new ConversationState(Start, Start), (await store.ReadAsync(ByPhone, Token)).State);
    }

    [Fact]
    public async Task EveryMethod_TokenAlreadyCancelled_ThrowsAndChangesNothing()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var claim = await ClaimOneAsync(store, Start);
        var intent = Intent(ByPhone, Start, "Hello");
        var kept = Intent(ByUser, Start, "Hello");
        await store.SaveIntentAsync(kept, Token);
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Start, Token);
        var fallback = new FallbackClaim(ByPhone, Start, "order_shipped");
        var cancelled = new CancellationToken(canceled: true);
        await AssertThrowsCancelledAsync(async () => await store.OpenAsync(cancelled));
        await AssertThrowsCancelledAsync(async () => await store.IngestAsync(Batch(Text("b", ByPhone, Start + Duration.FromHours(1))), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReadAsync(ByPhone, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.JoinAsync(ByPhone, new ConversationState(Start + Duration.FromHours(1), Start), Start, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.JoinAsync([(ByPhone, new ConversationState(Start + Duration.FromHours(1), Start))], Start, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReadLogAsync(ByPhone, before: null, 10, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ClaimAsync(At(Start + Lease), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.MarkHandledAsync(claim, "handler", cancelled));
        await AssertThrowsCancelledAsync(async () => await store.FinishAsync(claim, DispatchResult.Completed.Instance, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ListParkedAsync(after: null, 1, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReplayAsync([], cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ListQuarantinedAsync(after: null, 1, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.RemoveQuarantinedAsync(claim.Event.Key, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.SweepAsync(SweepAt(Start + Duration.FromHours(23)), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.SaveIntentAsync(intent, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Message: null), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ClaimFallbackAsync(fallback, IntentId.New(), "order_shipped", Start, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.CompleteFallbackAsync(fallback, IntentId.New(), message: null, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReleaseFallbackAsync(fallback, IntentId.New(), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ListAbandonedFallbacksAsync(Start, after: null, 1, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ListRefusedFallbacksAsync(after: null, 1, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.EnqueueAsync(Work("w", ByPhone, Start), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReadSendAsync(intent.Id, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.TakeRetryAsync(kept.Id, Sent, 0, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReadDeliveryAsync(Number, Sent, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.HoldAsync(Held(ByPhone, Start, "two"), seen: null, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ListHeldAsync(ByPhone, after: null, 1, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReleaseHeldAsync(held.Intent, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.CancelHeldAsync(ByPhone, held.Id, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.TakeHeldAsync(held.Id, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.TakeKeyAsync(Key, Keyed(ByPhone, intent.Id), Start, cancelled));
        await AssertThrowsCancelledAsync(async () => await store.RecordOutcomeAsync(Key, IntentId.New(), "{}"u8.ToArray(), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.ReleaseKeyAsync(Key, IntentId.New(), cancelled));
        await AssertThrowsCancelledAsync(async () => await store.EraseAsync(ByPhone, Start, cancelled));

        Assert.Equal(new ConversationState(Start, denied: null), (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.True(await ClaimAsync(store, fallback, Start));
        Assert.True(await store.TakeRetryAsync(kept.Id, Sent, 0, Token));
        Assert.Equal(held.Id, Assert.Single(await store.ListHeldAsync(ByPhone, after: null, 10, Token)).Id);
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone, kept.Id), Start, Token));
        Assert.Empty(await store.ClaimAsync(At(Start), Token));
        Assert.True(await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
    }

    private static async Task AssertThrowsCancelledAsync(Func<Task> call, [CallerArgumentExpression(nameof(call))] string text = "") =>
        Assert.True(await Record.ExceptionAsync(call) is OperationCanceledException, $"This does not throw OperationCanceledException: {text}");

    /// <summary>A list that has one event and promises two.</summary>
    private sealed class BrokenList(StoredEvent first) : IReadOnlyList<StoredEvent>
    {
        public int Count => 2;

        public StoredEvent this[int index] => index == 0 ? first : throw new InvalidOperationException("broken");

        public IEnumerator<StoredEvent> GetEnumerator()
        {
            yield return first;
            throw new InvalidOperationException("broken");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
