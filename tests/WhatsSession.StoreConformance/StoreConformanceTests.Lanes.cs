using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    private static readonly EventLanes Nothing = EventLanes.Of(EventLane.Work);
    private static readonly EventLanes Messages = EventLanes.Of(EventLane.Live, EventLane.Work);

    [Fact]
    public async Task ClaimAsync_LaneThatAnotherHostTakes_IsLeftToIt()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        Assert.Empty(await store.ClaimAsync(Taking(Messages, Start), Token));
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var work = Work("w", ByPhone, Start);
        await store.EnqueueAsync(work, Token);

        Because.Equal([work.Key], (await other.ClaimAsync(Taking(Nothing, Start), Token)).Select(static claim => claim.Event.Key), "work of the SDK is everybody's");
        Assert.DoesNotContain(await other.ClaimAsync(Taking(Nothing, Start + Retention.Horizon - Duration.FromHours(1)), Token), static claim => claim.Event.Lane == EventLane.Live);
        Assert.Contains(await store.ClaimAsync(Taking(Messages, Start), Token), static claim => claim.Event.Lane == EventLane.Live);
    }

    [Fact]
    public async Task ClaimAsync_FailedEventOfALaneThatAnotherHostTakes_StaysItsOwn()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        await store.FinishAsync((await store.ClaimAsync(Taking(Messages, Start), Token)).Single(), new DispatchResult.Retry(Start + Lease, "E"), Token);

        Assert.Empty(await other.ClaimAsync(Taking(Nothing, Start + Lease), Token));
        var second = Assert.Single(await store.ClaimAsync(Taking(Messages, Start + Lease), Token));
        await store.FinishAsync(second, new DispatchResult.Parked("E"), Token);
        Because.Empty(await other.ClaimAsync(Taking(Nothing, Start + Lease), Token), "what moved up is the other's too");
        await store.ReplayAsync(await store.ListParkedAsync(after: null, 10, Token), Token);
        Assert.Empty(await other.ClaimAsync(Taking(Nothing, Start + Lease), Token));
        Assert.Equal([Text("b", ByPhone, Start).Key, Text("a", ByPhone, Start).Key], await DrainAsync(store, Start + Lease));
    }

    [Fact]
    public async Task ClaimAsync_LaneThatNobodyTookForDays_IsAnybodys()
    {
        var store = await CreateAsync();
        await store.ClaimAsync(Taking(Messages, Start), Token);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var later = Start + Duration.FromDays(5);
        await store.ClaimAsync(Taking(EventLanes.Of(EventLane.Live), later, limit: 0), Token);

        await PassAsync(store, Start + Retention.Horizon);
        Assert.Empty(await store.ClaimAsync(Taking(Nothing, Start + Retention.Horizon), Token));
        await PassAsync(store, later + Retention.Horizon);
        Assert.Single(await store.ClaimAsync(Taking(Nothing, later + Retention.Horizon), Token));
    }

    [Fact]
    public async Task IngestAsync_LaneThatNobodyTakes_IsKeptAndNotDispatched()
    {
        var store = await CreateAsync();
        var batch = Batch(Text("a", ByPhone, Start), Copy("s", ByPhone, Start, EventLane.Status), Concerning(Copy("r", ByPhone, Start, EventLane.Status)));
        Assert.Equal(new IngestResult(Fresh: 3, Duplicates: 0, Erased: 0, Dispatched: 1), await store.IngestAsync(With(batch, Nothing), Token));
        Assert.Equal([batch.Events[2].Key], await DrainAsync(store, Start));
        Assert.Equal([MessageId.Parse("wamid.a")], await ReadLogIdsAsync(store, ByPhone));
        Assert.Equal(3, (await store.IngestAsync(batch, Token)).Duplicates);
    }

    [Fact]
    public async Task IngestAsync_LaneThatAnotherHostTakes_IsDispatched()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await other.ClaimAsync(Taking(Messages, Start), Token);
        Assert.Equal(1, (await store.IngestAsync(With(Batch(Text("a", ByPhone, Start), Copy("s", ByPhone, Start, EventLane.Status)), Nothing), Token)).Dispatched);
        var text = Text("b", ByPhone, Start + Retention.Horizon);
        Because.Equal(0, (await store.IngestAsync(With(Batch(text), Nothing), Token)).Dispatched, "nobody took messages for so long");
    }

    [Fact]
    public async Task ClaimAsync_ManyStatuses_LeaveRoomForMessages()
    {
        var store = await CreateAsync();
        static ConversationKey Customer(int i) => new(Number, CustomerId.Parse($"1555000{i:0000}"));
        await store.IngestAsync(Batch([.. Enumerable.Range(0, 9).Select(static i => Copy($"s{i}", Customer(i), Start, EventLane.Status)), Text("a", Customer(0), Start), Copy("e", Customer(1), Start, EventLane.Echo), Text("b", Customer(2), Start)]), Token);

        Assert.Equal(["wamid.a", "wamid.e", "wamid.b", "wamid.s0", "wamid.s1"], await IdsAsync(6, statuses: 2));
        Assert.Equal(["wamid.s2", "wamid.s3"], await IdsAsync(2, statuses: 4));
        Assert.Empty(await IdsAsync(6, statuses: 0));
        Assert.Empty(await IdsAsync(6, statuses: -1));
        Assert.Equal(5, (await ClaimIdsAsync(store, Start)).Count());

        async Task<IEnumerable<string?>> IdsAsync(int limit, int statuses) =>
            (await store.ClaimAsync(At(Start, limit) with { StatusLimit = statuses }, Token)).Select(static claim => claim.Event.Message?.Value);
    }

    [Fact]
    public async Task CompleteAsync_Claims_LeaveTheOutboxUnlessTheyAreNotHeldWhichItNames()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start), Text("c", ByPhone, Start), Text("d", BySecondPhone, Start)), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        await store.FinishAsync(claims[1], new DispatchResult.Postponed(Start), Token);
        await ParkAsync(store, claims[2]);
        Assert.Equal([claims[1], claims[2]], await store.CompleteAsync(claims, Token));

        Assert.Equal(["wamid.c", "wamid.b"], await ClaimIdsAsync(store, Start));
        Assert.Equal(1, await CountParkedAsync(store));
        Assert.Empty(await store.CompleteAsync([], Token));
    }

    [Fact]
    public async Task CompleteAsync_HandlersWereNoted_ForgetsThemWithTheEvent()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start)), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        Assert.True(await store.MarkHandledAsync(claims[0], "one", Token));
        Assert.True(await store.MarkHandledAsync(claims[1], "one", Token));

        Assert.Empty(await store.CompleteAsync([claims[0]], Token));

        Assert.False(await store.MarkHandledAsync(claims[0], "two", Token));
        Because.Equal([claims[0]], await store.CompleteAsync([claims[0]], Token), "it is over");
        Assert.Equal(["one"], (await ClaimOneAsync(store, Start + Lease)).CompletedHandlers);
    }

    private static ClaimRequest Taking(EventLanes lanes, Instant now, int limit = 100) => At(now, limit) with { Lanes = lanes };

    private static IngestBatch With(IngestBatch batch, EventLanes lanes) => new() { Events = batch.Events, ReceivedAt = batch.ReceivedAt, MetaTime = batch.MetaTime, Lanes = lanes };

    private static StoredEvent Concerning(StoredEvent stored) => new()
    {
        Key = stored.Key,
        Lane = stored.Lane,
        Field = stored.Field,
        Number = stored.Number,
        Conversation = stored.Conversation,
        Timestamp = stored.Timestamp,
        ReceivedAt = stored.ReceivedAt,
        ConcernsSdk = true,
        Message = stored.Message,
        Raw = stored.Raw,
    };
}
