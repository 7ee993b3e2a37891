using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>A redelivery is recognised by its key, of whatever day the event is and whatever became of its time.</content>
public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task IngestAsync_EventsOfManyDaysInAnyOrder_AreEachKnownForEightDays()
    {
        var store = await CreateAsync();
        int[] ages = [3, 0, 200, 7, 1, 400, 8, 2, 9, 30];
        StoredEvent[] events = [.. ages.SelectMany(age => (StoredEvent[])[
            Text($"t{age}", ByPhone, Start - Duration.FromDays(age)),
            Copy($"h{age}", ByPhone, Start - Duration.FromDays(age), EventLane.History),
            Copy($"s{age}", ByPhone, Start - Duration.FromDays(age), EventLane.Status),
        ])];
        await PassAsync(store, Start);
        foreach (var stored in events)
        {
            Assert.Equal(1, (await store.IngestAsync(At(Start, stored), Token)).Fresh);
        }

        for (var day = 1; day <= 8; day++)
        {
            await store.IngestAsync(Batch(Text($"day{day}", BySecondPhone, Start + Duration.FromDays(day))), Token);
        }

        Because.Equal(
            events.Length,
            (await store.IngestAsync(At(Start + Retention.Horizon, [.. events.AsEnumerable().Reverse()]), Token)).Duplicates,
            "what came late is known as long as what came in time");
    }

    [Fact]
    public async Task IngestAsync_TimeIsMissing_IsKnownWhateverTheTimeOfItsReceipt()
    {
        var store = await CreateAsync();
        var first = Untimed("a", Start);
        await store.IngestAsync(At(Start, first), Token);
        await store.IngestAsync(At(Start + Duration.FromDays(3), Text("b", ByPhone, Start + Duration.FromDays(3))), Token);
        Assert.Equal(1, (await store.IngestAsync(At(Start + Duration.FromDays(5), Untimed("a", Start + Duration.FromDays(5))), Token)).Duplicates);
        Assert.Equal(1, (await store.IngestAsync(At(Start + Duration.FromDays(5), Untimed("c", Start + Duration.FromDays(5))), Token)).Fresh);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IngestAsync_TimeWasClampedOnce_IsKnownInEitherOrder(bool isClampedFirst)
    {
        var store = await CreateAsync();
        StoredEvent[] deliveries = [Text("a", ByPhone, Start), Untimed("a", Start - Duration.FromDays(40))];
        if (isClampedFirst)
        {
            Array.Reverse(deliveries);
        }

        Assert.Equal(1, (await store.IngestAsync(At(Start, deliveries[0]), Token)).Fresh);
        Assert.Equal(1, (await store.IngestAsync(At(Start, deliveries[1]), Token)).Duplicates);
        Assert.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
    }

    [Fact]
    public async Task IngestAsync_NoticeAgainUnderAnotherTime_IsKnown()
    {
        var store = await CreateAsync();
        await store.IngestAsync(At(Start, Notice("n", Number, Start)), Token);
        var again = Notice("n", Number, Start + Duration.FromDays(2));
        Assert.Equal(1, (await store.IngestAsync(At(Start + Duration.FromDays(2), again), Token)).Duplicates);
    }

    private static IngestBatch At(Instant now, params StoredEvent[] events) => new() { Events = events, ReceivedAt = now, MetaTime = now };

    /// <summary>A text whose time is not its own, but that of its receipt.</summary>
    private static StoredEvent Untimed(string id, Instant receivedAt)
    {
        var text = Text(id, ByPhone, receivedAt);
        return new StoredEvent
        {
            Key = text.Key,
            Lane = text.Lane,
            Field = text.Field,
            Number = text.Number,
            Conversation = text.Conversation,
            Timestamp = receivedAt,
            ReceivedAt = receivedAt,
            HasOwnTime = false,
            Message = text.Message,
            Raw = text.Raw,
        };
    }
}
