using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>What is forgotten goes by Meta's time, whatever the clocks of the hosts say.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly Duration Ahead = Duration.FromDays(9);

    [Fact]
    public async Task IngestAsync_HostsClockAheadForOneBatch_ForgetsNothing()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var intent = IntentId.New();
        await other.ClaimAsync(Taking(Messages, Start), Token);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Status("sent", DeliveryStatus.Delivered, ByPhone, Start)), Token);
        await store.TakeKeyAsync(Key, Keyed(ByPhone, intent), Start, Token);
        await ClaimAsync(store, Claim, Start, intent);
        await store.EraseAsync(ByUser, Start, Token);

        Assert.Equal(1, (await store.IngestAsync(With(As(Text("b", ByPhone, Start + Duration.FromMinutes(1)), Start + Ahead), Nothing), Token)).Dispatched);
        Because.Equal(intent, (await store.TakeKeyAsync(Key, Keyed(ByPhone), Start + Ahead, Token))?.Intent, "a key is taken for 8 days of Meta's time");
        Because.False(await ClaimAsync(store, Claim, Start + Ahead), "so is a claim");

        Because.Equal(2, (await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start + Duration.FromMinutes(1))), Token)).Duplicates, "both were seen");
        Assert.Equal(intent, (await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token))?.Intent);
        Assert.False(await ClaimAsync(store, Claim, Start));
        Assert.Single((await store.ReadDeliveryAsync(Number, Sent, Token)).Marks);
        Because.Equal(1, (await store.IngestAsync(Batch(Silent("old", ByUser, Start - Duration.FromMinutes(1))), Token)).Erased, "a tombstone stays as long");
    }

    [Fact]
    public async Task IngestAsync_HostsClockBehind_KeepsForEightDaysAllTheSame()
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        var behind = Start - Duration.FromDays(30);
        await PassAsync(store, Start);
        await store.IngestAsync(As(Text("a", ByPhone, Start), behind), Token);
        await store.TakeKeyAsync(Key, Keyed(ByPhone, intent), behind, Token);
        await ClaimAsync(store, Claim, behind, intent);
        await store.EraseAsync(ByUser, behind, Token);

        await PassAsync(store, Start + Retention.Horizon);
        Assert.Equal(1, (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Duplicates);
        Assert.Equal(intent, (await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token))?.Intent);
        Assert.False(await ClaimAsync(store, Claim, Start));
        Assert.Equal(behind, (await store.ReadAsync(ByUser, Token)).State.Erased);
        await PassAsync(store, Start + Ahead);
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token));
        Assert.True(await ClaimAsync(store, Claim, Start));
        Assert.Null((await store.ReadAsync(ByUser, Token)).State.Erased);
    }

    [Fact]
    public async Task IngestAsync_BeforeAnyHostKnowsMetasTime_ForgetsNothingAndThenCountsFromIt()
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        var early = Start - Duration.FromDays(30);
        await store.IngestAsync(As(Text("a", ByPhone, early), early, metaTime: null), Token);
        await store.TakeKeyAsync(Key, Keyed(ByPhone, intent), early, Token);
        await ClaimAsync(store, Claim, early, intent);
        await store.EraseAsync(ByUser, early, Token);
        Assert.Equal(1, (await store.IngestAsync(As(Text("a", ByPhone, early), Start, metaTime: null), Token)).Duplicates);

        await PassAsync(store, Start);
        await PassAsync(store, Start + Retention.Horizon);
        Assert.Equal(1, (await store.IngestAsync(Batch(Text("a", ByPhone, early)), Token)).Duplicates);
        Assert.Equal(intent, (await store.TakeKeyAsync(Key, Keyed(ByPhone), early, Token))?.Intent);
        Assert.False(await ClaimAsync(store, Claim, early));
        Assert.Equal(early, (await store.ReadAsync(ByUser, Token)).State.Erased);
        await PassAsync(store, Start + Ahead);
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone), early, Token));
        Assert.True(await ClaimAsync(store, Claim, early));
    }

    [Fact]
    public async Task IngestAsync_MetasTimeOfHosts_IsTheLatestThatAnyTold()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await PassAsync(store, Start);
        await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token);
        await PassAsync(other, Start + Ahead);
        await PassAsync(store, Start + Duration.FromDays(1));
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token));
        Assert.NotNull(await other.TakeKeyAsync(Key, Keyed(ByPhone), Start + Ahead + Ahead, Token));
    }

    /// <summary>A batch of one event, from a host whose clock says something else than Meta's.</summary>
    private static IngestBatch As(StoredEvent stored, Instant receivedAt) => As(stored, receivedAt, Start);

    private static IngestBatch As(StoredEvent stored, Instant receivedAt, Instant? metaTime) => new()
    {
        Events =
        [
            new StoredEvent
            {
                Key = stored.Key,
                Lane = stored.Lane,
                Field = stored.Field,
                Number = stored.Number,
                Conversation = stored.Conversation,
                Timestamp = stored.Timestamp,
                ReceivedAt = receivedAt,
                OpensWindow = stored.OpensWindow,
                Message = stored.Message,
                Raw = stored.Raw,
            },
        ],
        ReceivedAt = receivedAt,
        MetaTime = metaTime,
    };
}
