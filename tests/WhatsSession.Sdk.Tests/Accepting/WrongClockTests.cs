using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>What is too old or of the future is judged by Meta's time where it is known, whatever the host's clock says.</summary>
[WithoutEmulator("The times of payloads, to the second.")]
public sealed class WrongClockTests
{
    private static readonly TimeSpan NineDays = TimeSpan.FromDays(9);
    private static readonly TimeSpan MonthBehind = TimeSpan.FromDays(-30);

    [Theory]
    [InlineData(0, -1, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(9, -1, 0)]
    [InlineData(9, 1, 1)]
    [InlineData(-9, -1, 0)]
    [InlineData(-9, 1, 1)]
    public async Task Accept_EventOlderThan8DaysByMetasTime_CausesNothing(int daysAhead, int secondsBeyond, int tooOld)
    {
        await using var scene = await StartAsync();
        await HearAsync(scene.It);
        scene.Clock.Ahead = TimeSpan.FromDays(daysAhead);

        var status = StatusAt(scene.It.Now - Duration.FromDays(8) - Duration.FromSeconds(secondsBeyond));

        (await scene.It.AcceptAsync(status)).Should().Be(new AcceptResult(200, 1) { TooOld = tooOld });
    }

    [Fact]
    public async Task Accept_ClockAheadBeforeMetasTimeIsKnown_GoesByTheClock()
    {
        await using var scene = await StartAsync();
        scene.Clock.Ahead = NineDays;

        (await scene.It.AcceptAsync(Scene.TextFrom(Given.Phone, "hi", "wamid.1", scene.It.Now))).TooOld.Should().Be(1);
    }

    [Fact]
    public async Task Accept_LiveMessageOnAHostBehindThatKnowsMetasTime_IsNotClamped()
    {
        await using var scene = await StartAsync();
        await HearAsync(scene.It, scene.It.Now - Duration.FromSeconds(1));
        scene.Clock.Ahead = MonthBehind;

        await scene.It.ReceiveTextAsync();
        await scene.It.ReceiveTextAsync(from: "15550007777", at: scene.It.Now + Duration.FromHours(1));

        (await scene.It.Store.ReadAsync(new ConversationKey(Given.Number, CustomerId.Parse(Given.Phone)))).State.LastInbound.Should().Be(scene.It.Now);
        (await scene.It.Store.ReadAsync(new ConversationKey(Given.Number, CustomerId.Parse("15550007777")))).State.LastInbound
            .Should().Be(scene.It.Now + Duration.FromMinutes(5), "of the future is what lies after both clocks");
        scene.It.Logs.GetSnapshot().Where(static record => record.Level == LogLevel.Warning).Should().ContainSingle().Which.Message.Should().Contain("clamped");
    }

    [Fact]
    public async Task EraseAsync_HostAhead_ErasesUpToMetasTime()
    {
        await using var scene = await StartAsync();
        await HearAsync(scene.It);
        scene.Clock.Ahead = NineDays;

        await scene.It.Conversation.EraseAsync();
        await scene.It.ReceiveTextAsync(at: scene.It.Now + Duration.FromMinutes(1));

        (await scene.It.Store.ReadAsync(new ConversationKey(Given.Number, CustomerId.Parse(Given.Phone)))).State.LastInbound
            .Should().Be(scene.It.Now + Duration.FromMinutes(1), "what came after the erasure is new");
    }

    [Fact]
    public async Task Accept_StoreWasAwayAtTheStartOfAHostAhead_IsAskedBeforeTheFirstEventAndOnce()
    {
        var reads = 0;
        var store = new HookedStore(await StoreThatKnowsAsync(Given.T0));
        store.Fail(nameof(IWhatsSessionStore.ReadTimeAsync));
        await using var scene = await StartAsync(store);
        scene.Clock.Ahead = NineDays;
        var text = Scene.TextFrom(Given.Phone, "hi", "wamid.1", scene.It.Now);
        (await scene.It.AcceptAsync(text)).Should().Be(new AcceptResult(503, 0), "without the store's time nobody knows what is too old");

        store.Before = method =>
        {
            reads += method == nameof(IWhatsSessionStore.ReadTimeAsync) ? 1 : 0;
            return Task.CompletedTask;
        };
        (await scene.It.AcceptAsync(text)).Should().Be(new AcceptResult(200, 1));
        var asked = reads;
        for (var i = 0; i < 5; i++)
        {
            await scene.It.ReceiveTextAsync();
            await scene.It.DrainAsync();
        }

        reads.Should().Be(asked, "it goes on by itself").And.BeLessThanOrEqualTo(2, "the loop and the webhook may ask at once");
    }

    [Fact]
    public async Task Run_StoreTakesNoTime_GoesOnAndTellsItLater()
    {
        var inner = await StoreThatKnowsAsync(Given.T0);
        var store = new HookedStore(inner);
        await using var scene = await StartAsync(store);
        store.Fail(nameof(IWhatsSessionStore.IngestAsync));
        scene.It.Clock.Advance(TimeSpan.FromHours(2));
        await scene.It.DrainAsync();
        (await inner.ReadTimeAsync()).Should().Be(Given.T0);

        store.Before = static _ => Task.CompletedTask;
        scene.It.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.It.DrainAsync();

        (await inner.ReadTimeAsync()).Should().Be(scene.It.Now);
    }

    [Fact]
    public async Task Send_HostThatIsBehind_IsKeptAsOfMetasTime()
    {
        var store = new HookedStore(await StoreThatKnowsAsync(Given.T0));
        await using var scene = await StartAsync(store, MonthBehind);
        await scene.It.Conversation.SendAsync(Given.Template);

        store.Intents.Should().ContainSingle().Which.CreatedAt.Should().Be(Given.T0);
        (await store.ReadLogAsync(new ConversationKey(Given.Number, CustomerId.Parse(Given.Phone)), before: null, 10)).Should().ContainSingle().Which.At.Should().Be(Given.T0);
    }

    private static async Task<InMemoryStore> StoreThatKnowsAsync(Instant metaTime)
    {
        var store = new InMemoryStore();
        await store.IngestAsync(new IngestBatch { Events = [], ReceivedAt = metaTime, MetaTime = metaTime });
        return store;
    }

    // Of two times the earlier is Meta's.
    private static async Task HearAsync(Scene scene, Instant? metaTime = null)
    {
        var time = metaTime ?? scene.Now;
        await scene.ReceiveTextAsync(from: "15550006666", at: time);
        await scene.ReceiveTextAsync(from: "15550006666", at: time + Duration.FromSeconds(1));
    }

    private static Task<SkewedScene> StartAsync() => StartAsync(new HookedStore(new InMemoryStore()));

    private static async Task<SkewedScene> StartAsync(HookedStore store, TimeSpan ahead = default)
    {
        var time = new FakeTimeProvider(Given.T0.ToDateTimeOffset());
        var clock = new SkewedClock(time) { Ahead = ahead };
        var scene = await Scene.StartAsync(
            store,
            time,
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        return new SkewedScene(scene, clock);
    }

    private static byte[] StatusAt(Instant at) => Sample.Utf8($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{Given.Account}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{Given.Number}}}"},
        "statuses":[{"id":"wamid.sent","status":"delivered","timestamp":"{{{at.ToUnixTimeSeconds()}}}","recipient_id":"{{{Given.Phone}}}"}]}}]}]}
        """);

    private sealed record SkewedScene(Scene It, SkewedClock Clock) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => It.DisposeAsync();
    }
}
