using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>What is claimed ahead of its place: its process may end before its handlers begin.</content>
public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ClaimAsync_LeaseEndedBeforeThePlaceWasFree_IsTheSameTryAgain()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start), Text("c", InGroup, Start)), Token);
        var first = await store.ClaimAsync(At(Start) with { Limit = 3, Ahead = 2 }, Token);
        Assert.Equal([1, 1, 1], first.Select(static claim => claim.Attempt));
        Because.Empty(await store.ClaimAsync(At(Start), Token), "they are held like all others");

        var second = await store.ClaimAsync(At(Start + Lease), Token);
        Because.Equal([2, 1, 1], second.Select(static claim => claim.Attempt), "only the first had a place");
        Because.Equal(Start + Lease, second[1].FirstTriedAt, "it was not tried before");
        Assert.Equal(Start, second[0].FirstTriedAt);
        Assert.Equal([3, 2, 2], (await store.ClaimAsync(At(Start + Lease + Lease), Token)).Select(static claim => claim.Attempt));
    }

    [Fact]
    public async Task ClaimAsync_AheadAndNotForTheFirstTime_MustBeCounted()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start)), Token);
        var ahead = At(Start) with { Limit = 2, Ahead = 1 };
        Because.Equal([false, false], (await store.ClaimAsync(ahead, Token)).Select(static claim => claim.MustBeCounted), "an event is spared that once");

        var second = await store.ClaimAsync(ahead with { Now = Start + Lease }, Token);
        Because.Equal([false, true], second.Select(static claim => claim.MustBeCounted), "the first is counted by the claim");
        Assert.Equal([2, 1], second.Select(static claim => claim.Attempt));
        foreach (var claim in second)
        {
            await store.FinishAsync(claim, new DispatchResult.Postponed(Start + Lease), Token);
        }

        Assert.Equal([false, true], (await store.ClaimAsync(ahead with { Now = Start + Lease }, Token)).Select(static claim => claim.MustBeCounted));
    }

    [Fact]
    public async Task CountTryAsync_ClaimedAhead_CountsOnceWhileItIsHeld()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var first = Assert.Single(await store.ClaimAsync(At(Start) with { Limit = 1, Ahead = 1 }, Token));
        Assert.True(await store.CountTryAsync(first, Token));
        Assert.True(await store.CountTryAsync(first, Token));

        var second = await ClaimOneAsync(store, Start + Lease);
        Assert.Equal(2, second.Attempt);
        Because.False(await store.CountTryAsync(first, Token), "it is another's by now");
        Because.True(await store.CountTryAsync(second, Token), "it is counted already");
        var third = await ClaimOneAsync(store, Start + Lease + Lease);
        Assert.Equal(3, third.Attempt);
        await ParkAsync(store, third);
        Assert.False(await store.CountTryAsync(third, Token));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    public async Task FinishAsync_ClaimedAheadOrNot_CountsWhatWasTried(int firstAhead, int secondAhead)
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        async Task<ClaimedEvent> ClaimAsync(int ahead) => Assert.Single(await store.ClaimAsync(At(Start) with { Limit = 1, Ahead = ahead }, Token));

        foreach (var (ahead, attempt) in new[] { (firstAhead, 1), (secondAhead, 2) })
        {
            var postponed = await ClaimAsync(ahead);
            Assert.Equal(attempt, postponed.Attempt);
            await store.FinishAsync(postponed, new DispatchResult.Postponed(Start), Token);
            var tried = await ClaimAsync(ahead);
            Because.Equal(attempt, tried.Attempt, "the try did not count");
            await store.FinishAsync(tried, new DispatchResult.Retry(Start, "E"), Token);
        }

        var last = await ClaimAsync(firstAhead);
        Assert.Equal(3, last.Attempt);
        await ParkAsync(store, last);
        Assert.Equal(3, Assert.Single(await store.ListParkedAsync(after: null, 10, Token)).Attempts);
    }

    [Fact]
    public async Task ClaimAsync_AheadOfPlaces_CountsWhatHasPlacesOfItsOwnAndNoStatus()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(Text("a", ByPhone, Start), Copy("s", ByPhone, Start, EventLane.Status), Copy("w", ByUser, Start, EventLane.Work)), Token);
        await store.ClaimAsync(At(Start) with { Limit = 9, Ahead = 6, ForWork = new OwnPlaces(1, null) }, Token);

        Because.Equal(
            [("wamid.a", 2), ("wamid.s", 1), ("wamid.w", 2)],
            (await store.ClaimAsync(At(Start + Lease), Token)).Select(static claim => (claim.Event.Message!.Value.Value, claim.Attempt)).Order(),
            "a status may have to wait for others although there is a place");
    }
}
