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
        var parked = await store.ListParkedAsync(10, Token);
        parked.Select(static entry => Describe(entry.Event)).Should().Equal(claims.Select(static claim => Describe(claim.Event)));
        parked.Should().OnlyContain(static entry => entry.Attempts == 1 && entry.Error == "E");
        parked[0].CompletedHandlers.Should().Equal("one");
        parked[1].CompletedHandlers.Should().BeEmpty();
        (await store.ListParkedAsync(1, Token)).Should().ContainSingle().Which.Position.Should().Be(claims[0].Position);
        (await store.ListParkedAsync(0, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task ReplayAsync_ParkedEvent_IsDueAgainWithItsMarksAndFreshTries()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        await store.MarkHandledAsync(first, "one", Token);
        await ParkAsync(store, first);
        var parked = await store.ListParkedAsync(10, Token);

        (await store.ReplayAsync(parked, Token)).Should().Be(1);
        (await store.ReplayAsync(parked, Token)).Should().Be(0, "it is parked no more");
        (await CountParkedAsync(store)).Should().Be(0);
        (await store.FinishAsync(first, DispatchResult.Completed.Instance, Token)).Should().BeFalse("the old claim is over");
        var again = await ClaimOneAsync(store, Start);
        Describe(again.Event).Should().Be(Describe(first.Event));
        again.Attempt.Should().Be(1);
        again.Token.Should().BeGreaterThan(first.Token);
        again.CompletedHandlers.Should().Equal("one");
        await store.FinishAsync(again, DispatchResult.Completed.Instance, Token);
        (await ClaimIdsAsync(store, Start + Duration.FromDays(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task ReplayAsync_ConversationGoneOn_TakesItsTurnBeforeWhatCameLater()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start), Text("c", ByPhone, Start), Text("d", ByPhone, Start)), Token);
        await ParkAsync(store, await ClaimOneAsync(store, Start));
        await ParkAsync(store, await ClaimOneAsync(store, Start));
        var inFlight = await ClaimOneAsync(store, Start);
        inFlight.Event.Message.Should().Be(MessageId.Parse("wamid.c"));

        (await store.ReplayAsync([.. (await store.ListParkedAsync(10, Token)).Reverse()], Token)).Should().Be(2);
        (await store.ClaimAsync(At(Start), Token)).Should().BeEmpty("the conversation has an event in flight");
        await store.FinishAsync(inFlight, DispatchResult.Completed.Instance, Token);
        (await DrainAsync(store, Start)).Should().Equal(Text("a", ByPhone, Start).Key, Text("b", ByPhone, Start).Key, Text("d", ByPhone, Start).Key);
        await store.IngestAsync(Batch(Text("e", ByPhone, Start)), Token);
        (await ClaimIdsAsync(store, Start)).Should().Equal("wamid.e");
    }

    [Fact]
    public async Task ReplayAsync_ParkedAtTheEnd_LaterEventsQueueBehindIt()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await ParkAsync(store, await ClaimOneAsync(store, Start));
        await store.ReplayAsync(await store.ListParkedAsync(10, Token), Token);
        await store.IngestAsync(Batch(Text("b", ByPhone, Start)), Token);
        (await DrainAsync(store, Start)).Should().Equal(Text("a", ByPhone, Start).Key, Text("b", ByPhone, Start).Key);
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

        var parked = await store.ListParkedAsync(10, Token);
        await store.ReplayAsync([parked[2]], Token);
        (await store.DiscardAsync([parked[0], parked[2]], Token)).Should().Be(1, "the other is parked no more");
        (await store.DiscardAsync([parked[0]], Token)).Should().Be(0);
        (await store.ReplayAsync([parked[0]], Token)).Should().Be(0);
        (await store.ListParkedAsync(10, Token)).Should().ContainSingle().Which.Position.Should().Be(parked[1].Position);
        (await DrainAsync(store, Start + Duration.FromDays(1))).Should().Equal(Text("c", BySecondPhone, Start).Key);
        (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Duplicates.Should().Be(1);
    }

    [Fact]
    public async Task Quarantine_Payloads_AreListedWholeAndRemovedOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = "{1"u8.ToArray(), QuarantineReason = "first", ReceivedAt = Start + Duration.FromTicks(5) }, Token);
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = "{2"u8.ToArray(), QuarantineReason = "second", ReceivedAt = Start }, Token);

        var listed = await store.ListQuarantinedAsync(10, Token);
        listed.Select(static payload => payload.Reason).Should().Equal("second", "first");
        listed[1].ReceivedAt.Should().Be(Start + Duration.FromTicks(5));
        listed[1].Payload.ToArray().Should().Equal("{1"u8.ToArray());
        listed[1].Key.Should().Be(QuarantinedPayload.KeyOf("{1"u8));
        (await store.ListQuarantinedAsync(1, Token)).Should().ContainSingle();
        (await store.RemoveQuarantinedAsync(listed[1].Key, Token)).Should().BeTrue();
        (await store.RemoveQuarantinedAsync(listed[1].Key, Token)).Should().BeFalse();
        (await store.ListQuarantinedAsync(10, Token)).Should().ContainSingle().Which.Key.Should().Be(listed[0].Key);
    }

    private static async Task ParkAsync(IWhatsSessionStore store, ClaimedEvent claim) =>
        (await store.FinishAsync(claim, new DispatchResult.Parked("E"), Token)).Should().BeTrue();
}
