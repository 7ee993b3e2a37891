using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>Whose event is claimed next.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly PhoneNumberId ThirdNumber = PhoneNumberId.Parse("141421356237309");

    [Fact]
    public async Task ClaimAsync_SeveralNumbers_TakeTurns()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 6), ("b", OtherNumber, 3), ("c", ThirdNumber, 1));

        Assert.Equal(["a0", "b0", "c0", "a1", "b1"], await ClaimSharedAsync(store, 5, new NumberShares(100, [])));
        Assert.Equal(["a2", "b2", "a3", "a4", "a5"], await ClaimSharedAsync(store, 100, new NumberShares(100, [])));
    }

    [Fact]
    public async Task ClaimAsync_NumberThatHoldsPlaces_WaitsForThoseThatHoldFewer()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 4), ("b", OtherNumber, 4));

        Assert.Equal(["b0", "b1", "a0", "b2"], await ClaimSharedAsync(store, 4, new NumberShares(100, [new(Number, 2)])));
    }

    [Fact]
    public async Task ClaimAsync_NumbersThatHoldTheSame_GoByWhoWasServedLongestAgo()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 2), ("b", OtherNumber, 2), ("c", ThirdNumber, 2));

        Because.Equal(["c0"], await ClaimSharedAsync(store, 1, new NumberShares(100, [new(OtherNumber, 0), new(Number, 0)])), "a number that is not listed was served before those that are");
        Assert.Equal(["b0", "a0", "c1"], await ClaimSharedAsync(store, 3, new NumberShares(100, [new(OtherNumber, 0), new(Number, 0), new(ThirdNumber, 0)])));
    }

    [Fact]
    public async Task ClaimAsync_NumberThatHoldsItsMost_IsGivenNothing()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 5), ("b", OtherNumber, 1));
        await store.IngestAsync(Batch(Notice("n", number: null, Start)), Token);

        Assert.Equal(["b0", null, "a0", "a1"], await ClaimSharedAsync(store, 10, new NumberShares(3, [new(Number, 1)])));
        Because.Empty(await ClaimSharedAsync(store, 10, new NumberShares(3, [new(Number, 3)])), "also while the others are silent");
        Assert.Equal(["a2"], await ClaimSharedAsync(store, 10, new NumberShares(3, [new(Number, 2)])));
    }

    [Fact]
    public async Task ClaimAsync_StatusesAndMessagesOfANumber_ShareWhatItHolds()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 2));
        await store.IngestAsync(Batch([.. Enumerable.Range(0, 4).Select(static i => Copy($"s{i}", Customer(Number, i), Start, EventLane.Status)), .. Enumerable.Range(0, 2).Select(static i => Copy($"t{i}", Customer(OtherNumber, i), Start, EventLane.Status))]), Token);

        Because.Equal(["a0", "a1", "t0", "t1", "s0"], await ClaimSharedAsync(store, 10, new NumberShares(3, [])), "messages go first, then statuses of whoever holds least");
    }

    [Fact]
    public async Task ClaimAsync_Retry_StandsBehindFirstTries()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 3), ("b", OtherNumber, 1));
        var due = Start + Duration.FromSeconds(30);
        foreach (var claim in await store.ClaimAsync(At(Start, 3), Token))
        {
            await store.FinishAsync(claim, claim.Position % 2 == 0 ? new DispatchResult.Retry(due, "E") : new DispatchResult.Postponed(due), Token);
        }

        await IngestManyAsync(store, ("c", Number, 2));

        Because.Equal(["b0", "c0"], await ClaimSharedAsync(store, 2, shares: null, due), "what was postponed comes again too");
        Assert.Equal(["c1", "a0"], await ClaimSharedAsync(store, 2, shares: null, due));
        Assert.Equal(["a1", "a2"], await ClaimSharedAsync(store, 9, shares: null, due));
    }

    [Fact]
    public async Task ClaimAsync_RetryOfANumberThatHoldsLess_StandsBehindFirstTriesOfTheOthers()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("b", OtherNumber, 1));
        await store.FinishAsync(await ClaimOneAsync(store, Start), new DispatchResult.Retry(Start, "E"), Token);
        await IngestManyAsync(store, ("a", Number, 2));

        Assert.Equal(["a0", "a1", "b0"], await ClaimSharedAsync(store, 9, new NumberShares(100, [new(Number, 5)])));
    }

    [Fact]
    public async Task ClaimAsync_Retry_WaitsForFirstTriesForAMinuteAtMost()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 2));
        var due = Start + Duration.FromSeconds(30);
        foreach (var claim in await store.ClaimAsync(At(Start), Token))
        {
            await store.FinishAsync(claim, new DispatchResult.Retry(due, "E"), Token);
            due += Duration.FromSeconds(1);
        }

        var passed = Start + Duration.FromSeconds(90);
        await IngestManyAsync(store, ("b", Number, 4));
        Assert.Equal(["b0"], await ClaimSharedAsync(store, 1, shares: null, passed - Duration.FromTicks(1)));
        Assert.Equal(["a0", "b1"], await ClaimSharedAsync(store, 2, shares: null, passed));
        Assert.Equal(["a1", "b2"], await ClaimSharedAsync(store, 2, shares: null, passed + Duration.FromSeconds(1)));
    }

    [Fact]
    public async Task ClaimAsync_LeaseThatRanOut_IsARetry()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 1));
        await ClaimOneAsync(store, Start);
        await IngestManyAsync(store, ("b", Number, 2));

        Assert.Equal(["b0", "b1", "a0"], await ClaimSharedAsync(store, 9, shares: null, Start + Lease));
    }

    [Fact]
    public async Task ClaimAsync_WorkAndAlerts_HavePlacesOfTheirOwn()
    {
        var store = await CreateAsync();
        await IngestManyAsync(store, ("a", Number, 2));
        foreach (var id in (string[])["w0", "w1", "w2"])
        {
            await store.EnqueueAsync(Work(id, ByPhone, Start), Token);
        }

        await store.EnqueueAsync(Alert("l0"), Token);
        await store.EnqueueAsync(Alert("l1"), Token);

        Assert.Equal([EventLane.Work, EventLane.Work, EventLane.Alert], await LanesAsync(At(Start, 0) with { ForWork = new(2, null), ForAlerts = new(1, null) }));
        Because.Equal([EventLane.Live, EventLane.Live, EventLane.Work], await LanesAsync(At(Start, 3) with { ForWork = new(-1, null) }), "what finds none of its own goes with the others");
        Assert.Equal([EventLane.Alert], await LanesAsync(At(Start) with { ForWork = new(2, null), ForAlerts = new(1, null) }));

        async Task<IEnumerable<EventLane>> LanesAsync(ClaimRequest request) => (await store.ClaimAsync(request, Token)).Select(static claim => claim.Event.Lane);
    }

    [Fact]
    public async Task ClaimAsync_WorkOfANumberThatHoldsItsMost_LeavesThePlaceToOthers()
    {
        var store = await CreateAsync();
        await store.EnqueueAsync(Work("w0", ByPhone, Start), Token);
        await store.EnqueueAsync(Work("w1", ByPhone, Start), Token);
        var shares = new NumberShares(1, [new(Number, 1)]);
        Assert.Empty(await store.ClaimAsync(At(Start, 0) with { ForWork = new(1, shares) }, Token));
        var other = Work("w2", new ConversationKey(OtherNumber, Phone), Start);
        await store.EnqueueAsync(other, Token);

        Assert.Equal(other.Key, Assert.Single(await store.ClaimAsync(At(Start, 0) with { ForWork = new(2, shares) }, Token)).Event.Key);
        Assert.Equal(2, (await store.ClaimAsync(At(Start, 5) with { ForWork = new(1, shares), Shares = new NumberShares(2, []) }, Token)).Count);
    }

    private static ConversationKey Customer(PhoneNumberId number, int i) => new(number, CustomerId.Parse($"1555000{i:0000}"));

    /// <summary>Messages of as many new customers.</summary>
    private static async Task IngestManyAsync(IWhatsSessionStore store, params (string Id, PhoneNumberId Number, int Count)[] texts) =>
        await store.IngestAsync(Batch([.. texts.SelectMany(static of => Enumerable.Range(0, of.Count).Select(i => Text($"{of.Id}{i}", Customer(of.Number, (of.Id[0] * 10) + i), Start)))]), Token);

    private static async Task<IEnumerable<string?>> ClaimSharedAsync(IWhatsSessionStore store, int limit, NumberShares? shares, Instant? now = null) =>
        (await store.ClaimAsync(At(now ?? Start, limit) with { Shares = shares }, Token)).Select(static claim => claim.Event.Message?.Value["wamid.".Length..]);

    private static StoredEvent Alert(string id) => new()
    {
        Key = EventKey.Of(Number.Value, EventLane.Alert, id),
        Lane = EventLane.Alert,
        Field = "told",
        Number = Number,
        Conversation = ByPhone,
        Timestamp = Start,
        ReceivedAt = Start,
        Facts = new EventFacts { Alert = new PlannedAlert("told", Duration.FromHours(1)) },
        Raw = "{}"u8.ToArray(),
    };
}
