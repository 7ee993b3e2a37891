using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ListParkedAsync_ParkedEvents_ComeWholeAndOldestFirst()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer), Text("b", ByPhone, Start), Text("c", InGroup, Start)), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        await store.MarkHandledAsync(claims[0], "one", Token);
        foreach (var claim in claims.Reverse().Take(2))
        {
            await store.FinishAsync(claim, new DispatchResult.Parked("E"), Token);
        }

        await ParkAsync(store, claims[0]);
        var parked = await store.ListParkedAsync(after: null, 10, Token);
        Assert.Equal(claims.Select(static claim => Describe(claim.Event)), parked.Select(static entry => Describe(entry.Event)));
        Assert.All(parked, static entry => Assert.Equal((1, "E"), (entry.Attempts, entry.Error)));
        Assert.Equal(["one"], parked[0].CompletedHandlers);
        Assert.Empty(parked[1].CompletedHandlers);
        Assert.Equal(claims[0].Position, Assert.Single(await store.ListParkedAsync(after: null, 1, Token)).Position);
        Assert.Empty(await store.ListParkedAsync(after: null, 0, Token));
    }

    [Fact]
    public async Task ListParkedAsync_PageByPage_GivesEachOnceThoughPagesChange()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch([.. Enumerable.Range(0, 7).Select(static i => Notice($"n{i}", PhoneNumberId.Parse($"31415926535{i}"), Start))]), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        foreach (var claim in claims)
        {
            await ParkAsync(store, claim);
        }

        var seen = new List<long>();
        ParkedEvent? last = null;
        while (await store.ListParkedAsync(last, 3, Token) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(static parked => parked.Position));
            last = page[^1];

            // What the cursor names may be gone by the next page.
            await store.DiscardAsync([last], Token);
        }

        Assert.Equal(claims.Select(static claim => claim.Position).Order(), seen);
    }

    [Fact]
    public async Task ListQuarantinedAsync_PageByPage_GivesEachOnceAndNoPageIsTooLarge()
    {
        var store = await CreateAsync();
        const int Payloads = 40;
        for (var i = 0; i < Payloads; i++)
        {
            var payload = new byte[1024 * 1024];
            payload.AsSpan().Fill((byte)'x');
            payload[0] = (byte)i;
            var at = Start + Duration.FromSeconds(i / 10); // Ten of one moment.
            await store.IngestAsync(new IngestBatch { Events = [], Quarantined = payload, ReceivedAt = at }, Token);
        }

        var seen = new List<(Instant At, byte Payload)>();
        QuarantinedPayload? last = null;
        while (await store.ListQuarantinedAsync(last, 1000, Token) is { Count: > 0 } page)
        {
            Assert.True(page.Sum(static kept => (long)kept.Payload.Length) <= ListPage.MostBytes, "A page holds too much.");
            seen.AddRange(page.Select(static kept => (kept.ReceivedAt, kept.Payload.Span[0])));
            last = page[^1];
            await store.RemoveQuarantinedAsync(last.Key, Token);
        }

        Assert.Equal(seen.Select(static kept => kept.At).Order(), seen.Select(static kept => kept.At));
        Assert.Equal(Enumerable.Range(0, Payloads), seen.Select(static kept => (int)kept.Payload).Order());
    }

    [Fact]
    public async Task ReplayAsync_ParkedEvent_IsDueAgainWithItsMarksAndFreshTries()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        await store.MarkHandledAsync(first, "one", Token);
        await ParkAsync(store, first);
        var parked = await store.ListParkedAsync(after: null, 10, Token);

        Assert.Equal(1, await store.ReplayAsync(parked, Token));
        Because.Equal(0, await store.ReplayAsync(parked, Token), "it is parked no more");
        Assert.Equal(0, await CountParkedAsync(store));
        Because.False(await store.FinishAsync(first, DispatchResult.Completed.Instance, Token), "the old claim is over");
        var again = await ClaimOneAsync(store, Start);
        Assert.Equal(Describe(first.Event), Describe(again.Event));
        Assert.Equal(1, again.Attempt);
        Assert.True(again.Token > first.Token, $"The new claim's token, {again.Token}, is not greater than the old one's, {first.Token}.");
        Assert.Equal(["one"], again.CompletedHandlers);
        await store.FinishAsync(again, DispatchResult.Completed.Instance, Token);
        Assert.Empty(await ClaimIdsAsync(store, Start + Duration.FromDays(1)));
    }

    [Fact]
    public async Task ReplayAsync_ConversationGoneOn_TakesItsTurnBeforeWhatCameLater()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start), Text("c", ByPhone, Start), Text("d", ByPhone, Start)), Token);
        await ParkAsync(store, await ClaimOneAsync(store, Start));
        await ParkAsync(store, await ClaimOneAsync(store, Start));
        var inFlight = await ClaimOneAsync(store, Start);
        Assert.Equal(MessageId.Parse("wamid.c"), inFlight.Event.Message);

        Assert.Equal(2, await store.ReplayAsync([.. (await store.ListParkedAsync(after: null, 10, Token)).Reverse()], Token));
        Because.Empty(await store.ClaimAsync(At(Start), Token), "the conversation has an event in flight");
        await store.FinishAsync(inFlight, DispatchResult.Completed.Instance, Token);
        Assert.Equal([Text("a", ByPhone, Start).Key, Text("b", ByPhone, Start).Key, Text("d", ByPhone, Start).Key], await DrainAsync(store, Start));
        await store.IngestAsync(Batch(Text("e", ByPhone, Start)), Token);
        Assert.Equal(["wamid.e"], await ClaimIdsAsync(store, Start));
    }

    [Fact]
    public async Task ReplayAsync_ParkedAtTheEnd_LaterEventsQueueBehindIt()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await ParkAsync(store, await ClaimOneAsync(store, Start));
        await store.ReplayAsync(await store.ListParkedAsync(after: null, 10, Token), Token);
        await store.IngestAsync(Batch(Text("b", ByPhone, Start)), Token);
        Assert.Equal([Text("a", ByPhone, Start).Key, Text("b", ByPhone, Start).Key], await DrainAsync(store, Start));
    }

    [Fact]
    public async Task DiscardAsync_ParkedEvents_AreGoneAndOthersStay()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start), Text("c", BySecondPhone, Start)), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        await store.MarkHandledAsync(claims[0], "one", Token);
        foreach (var claim in claims)
        {
            await ParkAsync(store, claim);
        }

        var parked = await store.ListParkedAsync(after: null, 10, Token);
        await store.ReplayAsync([parked[2]], Token);
        Because.Equal(1, await store.DiscardAsync([parked[0], parked[2]], Token), "the other is parked no more");
        Assert.Equal(0, await store.DiscardAsync([parked[0]], Token));
        Assert.Equal(0, await store.ReplayAsync([parked[0]], Token));
        Assert.Equal(parked[1].Position, Assert.Single(await store.ListParkedAsync(after: null, 10, Token)).Position);
        Assert.Equal([Text("c", BySecondPhone, Start).Key], await DrainAsync(store, Start + Duration.FromDays(1)));
        Assert.Equal(1, (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Duplicates);
    }

    [Fact]
    public async Task Quarantine_Payloads_AreListedWholeAndRemovedOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = "{1"u8.ToArray(), QuarantineReason = "first", ReceivedAt = Start + Duration.FromTicks(5) }, Token);
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = "{2"u8.ToArray(), QuarantineReason = "second", ReceivedAt = Start }, Token);

        var listed = await store.ListQuarantinedAsync(after: null, 10, Token);
        Assert.Equal(["second", "first"], listed.Select(static payload => payload.Reason));
        Assert.Equal(Start + Duration.FromTicks(5), listed[1].ReceivedAt);
        Assert.Equal("{1"u8.ToArray(), listed[1].Payload.ToArray());
        Assert.Equal(QuarantinedPayload.KeyOf("{1"u8), listed[1].Key);
        Assert.Single(await store.ListQuarantinedAsync(after: null, 1, Token));
        Assert.True(await store.RemoveQuarantinedAsync(listed[1].Key, Token));
        Assert.False(await store.RemoveQuarantinedAsync(listed[1].Key, Token));
        Assert.Equal(listed[0].Key, Assert.Single(await store.ListQuarantinedAsync(after: null, 10, Token)).Key);
    }

    private static async Task ParkAsync(IWhatsSessionStore store, ClaimedEvent claim) =>
        Assert.True(await store.FinishAsync(claim, new DispatchResult.Parked("E"), Token));
}
