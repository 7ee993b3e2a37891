using NodaTime;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>What the store in memory lets go, and what it costs.</summary>
[WithoutEmulator("The store alone.")]
public sealed class InMemoryLimitTests
{
    private static readonly ClaimRequest Everything = new(Start, Duration.FromMinutes(2), 100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Constructor_NegativeLimit_Throws()
    {
        FluentActions.Invoking(() => new InMemoryStore(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new InMemoryStore(0, -1)).Should().Throw<ArgumentOutOfRangeException>();
        InMemoryStore.DefaultMaximumWaitingBytes.Should().Be(256 * 1024 * 1024);
    }

    [Fact]
    public async Task IngestAsync_OutboxAndQuarantineAtTheLimit_KeepsNothingUntilThereIsRoom()
    {
        var store = new InMemoryStore(0, maximumWaitingBytes: 4000);
        var payload = new IngestBatch { Events = [], Quarantined = new byte[1500], ReceivedAt = Start };
        await store.IngestAsync(payload, Token);
        var accepted = 0;
        while (accepted < 100 && await KeepsAsync($"m{accepted}"))
        {
            accepted++;
        }

        accepted.Should().BeInRange(2, 5);
        await store.Invoking(async s => await s.ProbeAsync(Token)).Should().ThrowAsync<StoreUnavailableException>("no event fits, however small");
        (await store.ReadLogAsync(ByPhone, before: null, 100, Token)).Should().BeEmpty();
        (await store.IngestAsync(Batch(Silent("old", ByPhone, Start)), Token)).Fresh.Should().Be(1, "it is told to no handler, so it takes no room");

        await store.RemoveQuarantinedAsync(QuarantinedPayload.KeyOf(new byte[1500]), Token);
        (await KeepsAsync("after")).Should().BeTrue();
        var claims = await store.ClaimAsync(Everything, Token);
        await store.FinishAsync(claims[0], new DispatchResult.Parked("E"), Token);
        await store.DiscardAsync(await store.ListParkedAsync(after: null, 10, Token), Token);
        await store.EraseAsync(ByPhone, Start + Duration.FromHours(1), Token);
        await store.IngestAsync(Batch(Text("x", BySecondPhone, Start)), Token);
        await store.CompleteAsync(await store.ClaimAsync(Everything, Token), Token);

        // All of it is given back: as much fits as into a new store.
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = new byte[3700], ReceivedAt = Start }, Token);
        await store.Invoking(async s => await s.ProbeAsync(Token)).Should().ThrowAsync<StoreUnavailableException>();

        async Task<bool> KeepsAsync(string id)
        {
            try
            {
                return (await store.IngestAsync(Batch(Text(id, ByPhone, Start)), Token)).Fresh == 1;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task IngestAsync_ManySmallPayloadsInQuarantine_CountWhatTheyCostBesideTheirBytes()
    {
        const int Limit = 100_000;
        var store = new InMemoryStore(0, Limit);
        var payloads = 0;
        var fill = async () =>
        {
            for (; payloads < Limit; payloads++)
            {
                await store.IngestAsync(new IngestBatch { Events = [], Quarantined = BitConverter.GetBytes(payloads), ReceivedAt = Start }, Token);
            }
        };

        await fill.Should().ThrowAsync<StoreUnavailableException>();

        payloads.Should().BeInRange(100, 1000);
    }

    [Fact]
    public async Task Lists_AmongMany_APageCostsNoMoreThanAmongFew()
    {
        var few = await MeasurePagesAsync(100);
        (await MeasurePagesAsync(10_000)).Should().BeLessThan(2 * few);

        static async Task<long> MeasurePagesAsync(int entries)
        {
            var store = new InMemoryStore();
            for (var i = 0; i < entries; i++)
            {
                await store.HoldAsync(new HeldMessage { Intent = Intent(ByPhone, Start + Duration.FromSeconds(i), "Hello"), ExpiresAt = Start + Duration.FromDays(30) }, seen: null, Token);
                await store.IngestAsync(new IngestBatch { Events = [], Quarantined = BitConverter.GetBytes(i), ReceivedAt = Start + Duration.FromSeconds(i) }, Token);
            }

            var quarantined = (await store.ListQuarantinedAsync(after: null, 50, Token))[^1];
            var held = (await store.ListHeldAsync(ByPhone, after: null, 50, Token))[^1];
            var before = GC.GetAllocatedBytesForCurrentThread();
            (await store.ListQuarantinedAsync(quarantined, 10, Token)).Should().HaveCount(10);
            (await store.ListHeldAsync(ByPhone, held, 10, Token)).Should().HaveCount(10);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task AcceptAsync_OutboxFull_Is503AndUnhealthy()
    {
        await using var scene = await Scene.StartAsync(
            new HookedStore(new InMemoryStore(0, maximumWaitingBytes: 500)), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Given.T0.ToDateTimeOffset()));
        var unreadable = new byte[100];
        (await scene.AcceptAsync(unreadable)).StatusCode.Should().Be(200);
        (await scene.AcceptAsync(new byte[99])).StatusCode.Should().Be(503);
        (await scene.Runtime.CheckHealthAsync(Token)).IsWorking.Should().BeFalse();
    }

    [Fact]
    public async Task IngestAsync_AboveTheLimit_DropsTheOldestLinesAndNothingElse()
    {
        var store = new InMemoryStore(900);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start + Duration.FromSeconds(1)), Text("c", ByPhone, Start - Duration.FromSeconds(1))), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().HaveCount(2);

        await store.IngestAsync(Batch(Text("d", ByPhone, Start + Duration.FromSeconds(2))), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Select(static message => message.MessageId!.Value.Value).Should().Equal("wamid.d", "wamid.c");
        (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Should().ContainSingle();
        (await store.ReadAsync(ByPhone, Token)).State.LastInbound.Should().Be(Start + Duration.FromSeconds(2));
        (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Duplicates.Should().Be(1);
        var claims = await store.ClaimAsync(Everything, Token);
        claims.Should().HaveCount(2);
        claims[0].Event.Message.Should().Be(Text("a", ByPhone, Start).Message);
    }

    [Fact]
    public async Task SettleIntentAsync_AboveTheLimit_DropsOnlyFinishedSends()
    {
        var store = new InMemoryStore(0);
        var accepted = Intent(ByPhone, Start, "one");
        var ambiguous = Intent(ByPhone, Start, "two");
        var pending = Intent(ByPhone, Start, "three");
        foreach (var intent in (SendIntent[])[accepted, ambiguous, pending])
        {
            await store.SaveIntentAsync(intent, Token);
        }

        await store.SettleIntentAsync(new SendSettlement(ambiguous.Id, IntentState.Ambiguous, Message: null), Token);
        await store.SettleIntentAsync(new SendSettlement(accepted.Id, IntentState.Accepted, MessageId.Parse("wamid.sent")), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Select(static message => message.Intent).Should().Equal(pending.Id, ambiguous.Id);
        await store.SettleIntentAsync(new SendSettlement(ambiguous.Id, IntentState.Failed, Message: null), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().HaveCount(2, "what became of it is not known");
        await store.SettleIntentAsync(new SendSettlement(pending.Id, IntentState.Failed, Message: null), Token);
        await store.SettleIntentAsync(new SendSettlement(ambiguous.Id, IntentState.Accepted, MessageId.Parse("wamid.sent")), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task IngestAsync_KeyOlderThanTheRetention_IsForgotten()
    {
        var store = new InMemoryStore();
        var text = Text("a", ByPhone, Start);
        await store.IngestAsync(Batch(text), Token);
        await store.IngestAsync(Batch(Text("b", ByPhone, Start + Duration.FromDays(10))), Token);
        (await store.IngestAsync(Batch(text), Token)).Fresh.Should().Be(1);
    }

    [Fact]
    public async Task SendPath_Allocates_LittleBesideTheSnapshot()
    {
        const int Sends = 2000;
        var store = new InMemoryStore();
        var sent = MessageId.Parse("wamid.sent");
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("link", ByUser, Start, OneCustomer)), Token);
        var intents = Enumerable.Range(0, Sends).Select(static _ => Intent(ByPhone, Start, "Hello")).ToArray();

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var intent in intents)
        {
            await store.SaveIntentAsync(intent, Token);
            await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, sent), Token);
        }

        // 12 of them say who wrote it and what it answers.
        ((GC.GetAllocatedBytesForCurrentThread() - before) / Sends).Should().BeLessThanOrEqualTo(264);

        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Sends; i++)
        {
            await store.ReadAsync(ByPhone, Token);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / Sends).Should().BeLessThanOrEqualTo(160);
    }
}
