using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>Payloads that cannot be read are kept until a version can read them.</summary>
[WithoutEmulator("Payloads that cannot be read.")]
public sealed class QuarantineTests
{
    private readonly ConcurrentQueue<string> _calls = [];

    [Fact]
    public async Task ReplayAsync_PayloadsThisVersionCanRead_AreHandledAndLeave()
    {
        var store = new InMemoryStore();
        var clock = new FakeTimeProvider(Given.T0.ToDateTimeOffset());
        await using var scene = await Scene.StartAsync(new HookedStore(store), clock, builder => builder.OnMessage<TextReceived>((message, _) => Note(message.Message.Text)));

        // As an older version might have left it.
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = Scene.TextFrom(Given.Phone, "at last", "wamid.q", scene.Now), QuarantineReason = "old", ReceivedAt = scene.Now });
        (await scene.AcceptAsync("{\"entry\":[{]}"u8.ToArray())).StatusCode.Should().Be(200);
        var quarantined = await scene.Runtime.Quarantine.ListAsync(10);
        quarantined.Should().HaveCount(2);

        (await scene.Runtime.Quarantine.ReplayAsync(quarantined)).Should().Be(1);
        (await scene.Runtime.Quarantine.ReplayAsync(quarantined)).Should().Be(0, "the one is gone and the other cannot be read yet");
        await scene.DrainAsync();

        _calls.Should().Equal("at last");
        (await scene.Runtime.Quarantine.ListAsync(10)).Should().ContainSingle().Which.Reason.Should().NotBe("old");
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Open);
    }

    [Fact]
    public async Task ReplayAsync_StoreFailsMeanwhile_KeepsThePayloadForTheNextReplay()
    {
        var store = new InMemoryStore();
        var clock = new FakeTimeProvider(Given.T0.ToDateTimeOffset());
        await using var scene = await Scene.StartAsync(new HookedStore(store), clock, builder => builder.OnMessage<TextReceived>((message, _) => Note(message.Message.Text)));
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = Scene.TextFrom(Given.Phone, "at last", "wamid.q", scene.Now), QuarantineReason = "old", ReceivedAt = scene.Now });
        var quarantined = await scene.Runtime.Quarantine.ListAsync(10);
        scene.Store.Fail(nameof(IWhatsSessionStore.IngestAsync));

        await FluentActions.Awaiting(async () => await scene.Runtime.Quarantine.ReplayAsync(quarantined)).Should().ThrowAsync<StoreUnavailableException>();

        (await scene.Runtime.Quarantine.ListAsync(10)).Should().ContainSingle();
        scene.Store.Fail();
        (await scene.Runtime.Quarantine.ReplayAsync(quarantined)).Should().Be(1);
        await scene.DrainAsync();
        _calls.Should().Equal("at last");
    }

    [Fact]
    public async Task ReadAllAsync_MoreThanAPage_GivesEachOnceWhileTheyAreDiscarded()
    {
        const int Payloads = 250;
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < Payloads; i++)
        {
            await scene.AcceptAsync(System.Text.Encoding.UTF8.GetBytes($"{{{i}"));
        }

        var seen = 0;
        await foreach (var payload in scene.Runtime.Quarantine.ReadAllAsync())
        {
            seen++;
            (await scene.Runtime.Quarantine.DiscardAsync([payload])).Should().Be(1);
        }

        seen.Should().Be(Payloads);
        (await scene.Runtime.Quarantine.ListAsync(1)).Should().BeEmpty();
    }

    [Fact]
    public async Task SetAside_NullEntries_AreRefused()
    {
        await using var scene = await Scene.StartAsync();
        var (parked, quarantine) = (scene.Runtime.Parked, scene.Runtime.Quarantine);
        Func<Task>[] calls =
        [
            async () => await parked.ReplayAsync([null!]),
            async () => await parked.DiscardAsync([null!]),
            async () => await quarantine.ReplayAsync([null!]),
            async () => await quarantine.DiscardAsync([null!]),
        ];
        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<ArgumentException>().WithMessage("*Entry 0*");
        }
    }

    [Fact]
    public async Task Waits_DurationsOutOfRange_AreRefused()
    {
        await using var scene = await Scene.StartAsync();
        Func<Task>[] calls =
        [
            () => scene.Runtime.DrainAsync(Duration.MinValue),
            () => scene.Runtime.DrainAsync(Duration.FromMilliseconds(-1)),
            () => scene.Runtime.DrainAsync(TimeSpan.MinValue),
            () => scene.Conversation.WaitForDeliveryAsync(MessageId.Parse("wamid.x"), Duration.MinValue),
            () => scene.Conversation.WaitForDeliveryAsync(MessageId.Parse("wamid.x"), Duration.MaxValue),
        ];
        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<ArgumentOutOfRangeException>();
        }

        (await scene.Runtime.DrainAsync(Duration.MaxValue)).Should().BeTrue("it is no limit");
    }

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }
}
