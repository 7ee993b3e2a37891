using System.Collections;
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
        (await ReadLastInboundAsync(store, ByPhone)).Should().Be(Start);
    }

    [Fact]
    public async Task IngestAsync_FreshEvents_CountsThemAndWhatDispatches()
    {
        var store = await CreateAsync();
        var silent = Silent("b", ByPhone, Start);
        (await store.IngestAsync(Batch(Text("a", ByPhone, Start), silent), Token)).Should().Be(new IngestResult(Fresh: 2, Duplicates: 0, Erased: 0, Dispatched: 1));
        (await DrainAsync(store, Start)).Should().Equal(Text("a", ByPhone, Start).Key);
    }

    [Fact]
    public async Task IngestAsync_EmptyBatch_ChangesNothing()
    {
        var store = await CreateAsync();
        (await store.IngestAsync(Batch(), Token)).Should().Be(default(IngestResult));
    }

    [Fact]
    public async Task IngestAsync_SeenBefore_IsDroppedWhole()
    {
        var store = await CreateAsync();
        var text = Text("a", ByPhone, Start);
        await store.IngestAsync(Batch(text), Token);
        (await store.IngestAsync(Batch(text), Token)).Should().Be(new IngestResult(Fresh: 0, Duplicates: 1, Erased: 0, Dispatched: 0));
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle();
        (await DrainAsync(store, Start)).Should().ContainSingle();
        (await store.IngestAsync(Batch(text), Token)).Duplicates.Should().Be(1, "an event that was handled is still known");
    }

    [Fact]
    public async Task IngestAsync_TwiceInOneBatch_IsDroppedTheSecondTime()
    {
        var store = await CreateAsync();
        var text = Text("a", ByPhone, Start);
        (await store.IngestAsync(Batch(text, text), Token)).Should().Be(new IngestResult(Fresh: 1, Duplicates: 1, Erased: 0, Dispatched: 1));
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle();
        (await DrainAsync(store, Start)).Should().ContainSingle();
    }

    [Fact]
    public async Task IngestAsync_SameIdOnAnotherLane_HidesNothing()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Copy("a", ByPhone, Start, EventLane.History), Copy("a", ByPhone, Start, EventLane.Standby)), Token);
        (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Fresh.Should().Be(1);
        (await ReadLastInboundAsync(store, ByPhone)).Should().Be(Start);
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
        (await store.IngestAsync(Batch(late, text), Token)).Should().Be(new IngestResult(Fresh: 1, Duplicates: 1, Erased: 0, Dispatched: 1));
    }

    [Fact]
    public async Task IngestAsync_ManyEvents_AreKeptInOneBatch()
    {
        var store = await CreateAsync();
        var events = Enumerable.Range(0, 1000).Select(static i => Text($"m{i}", new ConversationKey(Number, CustomerId.Parse($"1555{i % 50:000000}")), Start + Duration.FromSeconds(i))).ToArray();
        (await store.IngestAsync(Batch(events), Token)).Should().Be(new IngestResult(1000, 0, 0, 1000));
        (await DrainAsync(store, Start + Duration.FromHours(1))).Should().HaveCount(1000).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task IngestAsync_BatchThatFailsOnTheWay_KeepsNothing()
    {
        var store = await CreateAsync();
        var first = Text("a", ByPhone, Start);
        var broken = new IngestBatch { Events = new BrokenList(first), ReceivedAt = Start, Quarantined = "{"u8.ToArray() };
        await store.Invoking(async s => await s.IngestAsync(broken, Token)).Should().ThrowAsync<InvalidOperationException>();
        var withNull = new IngestBatch { Events = [first, null!], ReceivedAt = Start };
        await store.Invoking(async s => await s.IngestAsync(withNull, Token)).Should().ThrowAsync<Exception>();

        (await store.ReadAsync(ByPhone, Token)).Should().Be(new ConversationSnapshot { Key = ByPhone });
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().BeEmpty();
        (await DrainAsync(store, Start + Duration.FromDays(1))).Should().BeEmpty();
        (await CountQuarantinedAsync(store)).Should().Be(0);
        (await store.IngestAsync(Batch(first), Token)).Fresh.Should().Be(1);
    }

    [Fact]
    public async Task IngestAsync_Quarantined_KeepsThePayloadOnceAndTheRestOfTheBatch()
    {
        var store = await CreateAsync();
        var pooled = """{"entry":[{]}"""u8.ToArray();
        var batch = new IngestBatch { Events = [Text("a", ByPhone, Start)], Quarantined = pooled, QuarantineReason = "JsonException", ReceivedAt = Start };
        (await store.IngestAsync(batch, Token)).Fresh.Should().Be(1);
        await store.IngestAsync(batch, Token);
        (await CountQuarantinedAsync(store)).Should().Be(1);
        pooled.AsSpan().Clear();
        await store.IngestAsync(batch, Token);
        (await CountQuarantinedAsync(store)).Should().Be(2, "the store keeps bytes of its own");
    }

    [Fact]
    public async Task IngestAsync_Events_RaiseHistorySinceToTheFirstReceipt()
    {
        var store = await CreateAsync();
        (await store.ReadAsync(ByPhone, Token)).HistorySince.Should().BeNull();
        var late = Notice("n", Number, Start + Duration.FromTicks(7));
        await store.IngestAsync(Batch(late), Token);
        (await store.ReadAsync(ByPhone, Token)).HistorySince.Should().Be(late.ReceivedAt);
        await store.IngestAsync(Batch(Notice("m", Number, Start), Notice("o", Number, Start + Duration.FromDays(1))), Token);
        (await store.ReadAsync(InGroup, Token)).HistorySince.Should().Be(Start);
        (await store.ReadAsync(new ConversationKey(OtherNumber, Phone), Token)).HistorySince.Should().BeNull();
    }

    [Fact]
    public async Task IngestAsync_OlderMessage_NeverShortensTheWindow()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("new", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Text("old", ByPhone, Start - Duration.FromDays(2))), Token);
        (await ReadLastInboundAsync(store, ByPhone)).Should().Be(Start);
    }

    [Theory]
    [InlineData(EventLane.Standby)]
    [InlineData(EventLane.Echo)]
    [InlineData(EventLane.History)]
    [InlineData(EventLane.Status)]
    public async Task IngestAsync_LaneOtherThanLive_RaisesNothingAndIsNotInTheHistory(EventLane lane)
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Copy("a", ByPhone, Start, lane)), Token);
        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(default(ConversationState));
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().BeEmpty();
        (await DrainAsync(store, Start)).Should().ContainSingle();
    }

    [Fact]
    public async Task IngestAsync_FractionOfASecond_IsCutOffInFactsAndHistory()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start + Duration.FromMilliseconds(999))), Token);
        await store.JoinAsync(ByPhone, new ConversationState(lastInbound: null, Start + Duration.FromMilliseconds(1)), Token);
        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(new ConversationState(Start, Start));
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Single().At.Should().Be(Start);
    }

    [Fact]
    public async Task JoinAsync_Facts_AreRaisedAndNeverLost()
    {
        var store = await CreateAsync();
        var unseen = new ConversationState(lastInbound: null, NodaConstants.UnixEpoch);
        await store.JoinAsync(ByPhone, unseen, Token);
        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(unseen);

        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.JoinAsync(ByPhone, new ConversationState(lastInbound: null, Start), Token);
        await store.JoinAsync(ByPhone, new ConversationState(Start - Duration.FromDays(1), Start - Duration.FromDays(1)), Token);
        await store.JoinAsync(ByPhone, default, Token);
        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(new ConversationState(Start, Start));
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
        await store.HoldAsync(held, Token);
        var fallback = new FallbackClaim(ByPhone, Start, "order_shipped");
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            async () => await store.OpenAsync(cancelled),
            async () => await store.IngestAsync(Batch(Text("b", ByPhone, Start + Duration.FromHours(1))), cancelled),
            async () => await store.ReadAsync(ByPhone, cancelled),
            async () => await store.JoinAsync(ByPhone, new ConversationState(Start + Duration.FromHours(1), Start), cancelled),
            async () => await store.JoinAsync([(ByPhone, new ConversationState(Start + Duration.FromHours(1), Start))], cancelled),
            async () => await store.ReadLogAsync(ByPhone, before: null, 10, cancelled),
            async () => await store.ClaimAsync(At(Start + Lease), cancelled),
            async () => await store.MarkHandledAsync(claim, "handler", cancelled),
            async () => await store.FinishAsync(claim, DispatchResult.Completed.Instance, cancelled),
            async () => await store.ListParkedAsync(1, cancelled),
            async () => await store.ReplayAsync([], cancelled),
            async () => await store.ListQuarantinedAsync(1, cancelled),
            async () => await store.RemoveQuarantinedAsync(claim.Event.Key, cancelled),
            async () => await store.SweepAsync(SweepAt(Start + Duration.FromHours(23)), cancelled),
            async () => await store.SaveIntentAsync(intent, cancelled),
            async () => await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Message: null), cancelled),
            async () => await store.ClaimFallbackAsync(fallback, Start, cancelled),
            async () => await store.CompleteFallbackAsync(fallback, cancelled),
            async () => await store.ReleaseFallbackAsync(fallback, cancelled),
            async () => await store.ListAbandonedFallbacksAsync(Start, 1, cancelled),
            async () => await store.EnqueueAsync(Work("w", ByPhone, Start), cancelled),
            async () => await store.ReadSendAsync(intent.Id, cancelled),
            async () => await store.TakeRetryAsync(kept.Id, Sent, cancelled),
            async () => await store.ReadDeliveryAsync(Number, Sent, cancelled),
            async () => await store.HoldAsync(Held(ByPhone, Start, "two"), cancelled),
            async () => await store.ListHeldAsync(ByPhone, 1, cancelled),
            async () => await store.ReleaseHeldAsync(held.Intent, cancelled),
            async () => await store.CancelHeldAsync(ByPhone, held.Id, cancelled),
            async () => await store.TakeHeldAsync(held.Id, cancelled),
            async () => await store.TakeKeyAsync(Key, intent.Id, Start, cancelled),
            async () => await store.RecordOutcomeAsync(Key, "{}"u8.ToArray(), cancelled),
            async () => await store.ReleaseKeyAsync(Key, cancelled),
            async () => await store.EraseAsync(ByPhone, Start, cancelled),
        ];
        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<OperationCanceledException>();
        }

        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(new ConversationState(Start, denied: null));
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle();
        (await store.ClaimFallbackAsync(fallback, Start, Token)).Should().BeTrue();
        (await store.TakeRetryAsync(kept.Id, Sent, Token)).Should().BeTrue();
        (await store.ListHeldAsync(ByPhone, 10, Token)).Should().ContainSingle().Which.Id.Should().Be(held.Id);
        (await store.TakeKeyAsync(Key, kept.Id, Start, Token)).Should().BeNull();
        (await store.ClaimAsync(At(Start), Token)).Should().BeEmpty();
        (await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
    }

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
