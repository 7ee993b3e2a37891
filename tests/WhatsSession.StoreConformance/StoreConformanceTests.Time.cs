using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>What is forgotten goes by Meta's time, whatever the clocks of the hosts say.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly Duration Ahead = Duration.FromDays(9);
    private static readonly Instant Behind = Start - Duration.FromDays(30);

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

    [Fact]
    public async Task ReadTimeAsync_IsTheLatestOfMetasThatAnyHostTold()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        Assert.Null(await store.ReadTimeAsync(Token));
        await store.IngestAsync(As(Text("a", ByPhone, Start), Start + Ahead, metaTime: null), Token);
        Because.Null(await other.ReadTimeAsync(Token), "the clock of a host is not Meta's");

        await PassAsync(other, Start, hostTime: Start + Ahead);
        await AssertTimeAsync(store, Start);
        await PassAsync(store, Start - Duration.FromDays(1));
        await AssertTimeAsync(other, Start);
        await PassAsync(store, Start + Ahead, hostTime: Behind);
        await AssertTimeAsync(other, Start + Ahead);
    }

    [Fact]
    public async Task ClaimAsync_LaneOfAHostThatIsBehind_IsLeftToItForEightDays()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await PassAsync(store, Start);
        await store.ClaimAsync(Taking(Messages, Behind), Token);
        Because.Equal(1, (await other.IngestAsync(With(Batch(Text("a", ByPhone, Start)), Nothing), Token)).Dispatched, "another host takes it");

        await PassAsync(other, Start + Retention.Horizon - Duration.FromHours(1));
        Assert.Empty(await other.ClaimAsync(Taking(Nothing, Start + Retention.Horizon - Duration.FromHours(1)), Token));
        await PassAsync(other, Start + Ahead);
        Assert.Single(await other.ClaimAsync(Taking(Nothing, Start + Ahead), Token));
    }

    [Fact]
    public async Task ClaimAsync_LaneOfAHostThatIsBehindBeforeMetasTimeIsKnown_CountsFromIt()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await store.ClaimAsync(Taking(Messages, Behind), Token);
        Assert.Equal(1, (await other.IngestAsync(With(Batch(Text("a", ByPhone, Start)), Nothing), Token)).Dispatched);

        await PassAsync(other, Start + Retention.Horizon - Duration.FromHours(1));
        Assert.Empty(await other.ClaimAsync(Taking(Nothing, Start + Retention.Horizon - Duration.FromHours(1)), Token));
        await PassAsync(other, Start + Ahead);
        Assert.Single(await other.ClaimAsync(Taking(Nothing, Start + Ahead), Token));
    }

    [Fact]
    public async Task SweepAsync_AlertOfAHostThatIsBehind_IsPlannedForEightDays()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await PassAsync(store, Start);
        await store.SweepAsync(SweepAt(Behind), Token);
        await other.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Because.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromSeconds(1)), Token), "the ingest of another host counts what it plans");

        await PassAsync(other, Start + Ahead);
        await other.IngestAsync(Batch(Text("b", ByUser, Start + Ahead)), Token);
        Because.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Ahead + Duration.FromSeconds(1)), Token), "no host planned it for so long");
    }

    [Fact]
    public async Task SweepAsync_AlertOfAHostThatIsBehindBeforeMetasTimeIsKnown_CountsFromIt()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await store.SweepAsync(SweepAt(Behind), Token);
        await PassAsync(other, Start);
        await other.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromSeconds(1)), Token));
    }

    [Fact]
    public async Task SweepAsync_NewAlertOfAHostThatIsBehind_RaisesNoneThatWasDueBefore()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("old", ByUser, Start - Duration.FromDays(2)), Text("a", ByPhone, Start)), Token);
        await store.SweepAsync(SweepAt(Behind), Token);

        await store.SweepAsync(SweepAt(AlertDue), Token);
        Assert.Equal([SamplePlanner.ToEvent(ByPhone, Start, SamplePlanner.Planned(HourLead), AlertDue).Key],
            (await store.ClaimAsync(At(AlertDue), Token)).Where(static claim => claim.Event.Lane == EventLane.Alert).Select(static claim => claim.Event.Key));
    }

    [Fact]
    public async Task ClaimFallbackAsync_HostThatIsBehind_IsNotAbandonedAtOnce()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await PassAsync(store, Start);
        Assert.True(await ClaimAsync(store, Claim, Behind));

        Assert.Empty(await other.ListAbandonedFallbacksAsync(Start - Duration.FromMinutes(1), after: null, 10, Token));
        Assert.Equal(Start, Assert.Single(await other.ListAbandonedFallbacksAsync(Start + Duration.FromMinutes(1), after: null, 10, Token)).ClaimedAt);
    }

    private static async Task AssertTimeAsync(IWhatsSessionStore store, Instant expected) =>
        Assert.InRange((await store.ReadTimeAsync(Token)).GetValueOrDefault(), expected - Duration.FromMinutes(1), expected);

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
