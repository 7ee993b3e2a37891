using System.Text;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task EnqueueAsync_WorkThatIsDueLater_IsClaimedThenAndNotBefore()
    {
        var store = await CreateAsync();
        var due = Start + Duration.FromSeconds(10);
        var work = Work("a", ByPhone, due);
        Assert.True(await store.EnqueueAsync(work, Token));
        Assert.Empty(await store.ClaimAsync(At(due - Duration.FromTicks(1)), Token));
        var claim = await ClaimOneAsync(store, due);
        Assert.Equal(Describe(work), Describe(claim.Event));
        Assert.Equal(1, claim.Attempt);
    }

    [Fact]
    public async Task EnqueueAsync_SeenBefore_ChangesNothing()
    {
        var store = await CreateAsync();
        await store.EnqueueAsync(Work("a", ByPhone, Start), Token);
        Assert.False(await store.EnqueueAsync(Work("a", ByPhone, Start), Token));
        Assert.Single(await DrainAsync(store, Start));
        Because.False(await store.EnqueueAsync(Work("a", ByPhone, Start), Token), "it was done");
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Equal(new ConversationSnapshot { Key = ByPhone }, await store.ReadAsync(ByPhone, Token));
    }

    [Fact]
    public async Task EnqueueAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        Assert.Single(await RaceAsync(store, static async s => await s.EnqueueAsync(Work("a", ByPhone, Start), Token)), static won => won);
        Assert.Single(await DrainAsync(store, Start));
    }

    [Fact]
    public async Task ClaimAsync_Work_StandsInAQueueOfItsOwn()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var message = await ClaimOneAsync(store, Start);
        await store.EnqueueAsync(Work("later", ByPhone, Start + Duration.FromDays(3)), Token);
        await store.EnqueueAsync(Work("b", ByPhone, Start), Token);
        await store.EnqueueAsync(Work("c", ByPhone, Start), Token);
        await store.IngestAsync(Batch(Text("d", ByPhone, Start)), Token);
        Because.Equal([Work("b", ByPhone, Start).Key, Work("c", ByPhone, Start).Key], (await store.ClaimAsync(At(Start), Token)).Select(static claim => claim.Event.Key), "work waits for nothing, and the message in flight holds the next one back");
        await store.FinishAsync(message, DispatchResult.Completed.Instance, Token);
        Assert.Equal(Text("d", ByPhone, Start).Key, (await ClaimOneAsync(store, Start)).Event.Key);
    }

    [Fact]
    public async Task FinishAsync_WorkParkedAndReplayed_IsDueAtOnce()
    {
        var store = await CreateAsync();
        await store.EnqueueAsync(Work("a", ByPhone, Start), Token);
        await store.EnqueueAsync(Work("b", ByPhone, Start), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        await store.FinishAsync(claims[0], new DispatchResult.Parked("IOException"), Token);
        Assert.Equal(1, await store.ReplayAsync(await store.ListParkedAsync(after: null, 10, Token), Token));
        Assert.Equal(claims[0].Event.Key, (await ClaimOneAsync(store, Start)).Event.Key);
    }

    [Fact]
    public async Task EnqueueAsync_OfAnErasedCustomer_ChangesNothing()
    {
        var store = await CreateAsync();
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        Because.False(await store.EnqueueAsync(Work("a", ByPhone, Start), Token), "it is about somebody who was erased");
        Assert.Empty(await store.ClaimAsync(At(Start + Duration.FromDays(1)), Token));
    }

    [Fact]
    public async Task EnqueueAsync_AboutAnErasedMessage_ChangesNothing()
    {
        var store = await CreateAsync();
        var text = Text("a", ByPhone, Start);
        await store.IngestAsync(Batch(text), Token);
        await DrainAsync(store, Start);
        await store.EraseAsync(ByPhone, ErasedAt, Token);
        Because.False(await store.EnqueueAsync(Work("b", BySecondPhone, Start, text.Message), Token), "the message was erased");
        Assert.Empty(await store.ClaimAsync(At(Start + Duration.FromDays(1)), Token));
    }

    private static StoredEvent Work(string id, ConversationKey conversation, Instant dueAt, MessageId? message = null) => new()
    {
        Key = EventKey.Of(conversation.Number.Value, EventLane.Work, id),
        Lane = EventLane.Work,
        Field = "work",
        Number = conversation.Number,
        Conversation = conversation,
        Timestamp = dueAt,
        ReceivedAt = dueAt,
        DueAt = dueAt,
        Message = message ?? Sent,
        Raw = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
    };
}
