using WhatsSession.Accepting;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>Webhooks that arrive while the store writes go in together; each keeps its own fate.</summary>
[WithoutEmulator("A store that waits and fails at chosen moments.")]
public sealed class CoalescerTests
{
    [Fact]
    public async Task AcceptAsync_StoreIsBusy_PutsTogetherWhatWaits()
    {
        await using var scene = await BatchScene.StartAsync();
        var first = scene.Accept("wamid.1");
        var second = scene.Accept("wamid.2", "wamid.3");
        var third = scene.Accept("wamid.4");

        scene.Store.Release();

        (await first).Should().Be(new AcceptResult(200, 1));
        (await second).Should().Be(new AcceptResult(200, 2));
        (await third).Should().Be(new AcceptResult(200, 1));
        scene.Store.Batches.Should().Equal("wamid.1", "wamid.2 wamid.3 wamid.4");
    }

    [Fact]
    public async Task AcceptAsync_RedeliveredAmongWhatWaits_IsNotNewForItsOwnWebhookAlone()
    {
        await using var scene = await BatchScene.StartAsync();
        var first = scene.Accept("wamid.1");
        var second = scene.Accept("wamid.2", "wamid.3");
        var third = scene.Accept("wamid.1", "wamid.4", "wamid.2");

        scene.Store.Release();

        (await first).Should().Be(new AcceptResult(200, 1));
        (await second).Should().Be(new AcceptResult(200, 2));
        (await third).Should().Be(new AcceptResult(200, 3) { Repeated = 2 });
        (await scene.Accept("wamid.4")).Should().Be(new AcceptResult(200, 1) { Repeated = 1 });
    }

    [Fact]
    public async Task AcceptAsync_StoreIsIdle_GivesItEachAtOnce()
    {
        await using var scene = await BatchScene.StartAsync();
        scene.Store.Release();

        await scene.Accept("wamid.1");
        await scene.Accept("wamid.2");

        scene.Store.Batches.Should().Equal("wamid.1", "wamid.2");
    }

    [Fact]
    public async Task AcceptAsync_MoreThanFiveHundredWait_GoInSeveralWrites()
    {
        await using var scene = await BatchScene.StartAsync();
        var accepted = new List<Task<AcceptResult>> { scene.Accept("first") };
        accepted.AddRange(Enumerable.Range(0, 4).Select(i => scene.Accept([.. Enumerable.Range(0, 200).Select(j => $"wamid.{i}.{j}")])));

        scene.Store.Release();

        (await Task.WhenAll(accepted)).Should().OnlyContain(result => result.StatusCode == 200);
        scene.Store.Sizes.Should().Equal(1, 400, 400);
    }

    [Fact]
    public async Task AcceptAsync_OneOfMoreThanFiveHundredEvents_GoesInWholeAndAlone()
    {
        await using var scene = await BatchScene.StartAsync();
        var accepted = new List<Task<AcceptResult>> { scene.Accept("first"), scene.Accept("before"), scene.Accept([.. Enumerable.Range(0, 600).Select(i => $"wamid.{i}")]), scene.Accept("after") };

        scene.Store.Release();

        (await Task.WhenAll(accepted)).Should().OnlyContain(result => result.StatusCode == 200);
        scene.Store.Sizes.Should().Equal(1, 1, 600, 1);
    }

    [Fact]
    public async Task AcceptAsync_OneCallerGivesUp_HarmsNoOther()
    {
        await using var scene = await BatchScene.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var first = scene.Accept("wamid.1");
        var given = scene.AcceptAsync(cancellation.Token, "wamid.2");
        var third = scene.Accept("wamid.3");

        await cancellation.CancelAsync();
        await scene.Invoking(_ => given).Should().ThrowAsync<OperationCanceledException>();
        scene.Store.Release();

        (await first).StatusCode.Should().Be(200);
        (await third).StatusCode.Should().Be(200);
        scene.Store.Batches.Should().Equal(["wamid.1", "wamid.3"], "who gave up before the write began is not written");
    }

    [Fact]
    public async Task AcceptAsync_OneCallerGivesUpDuringTheSharedWrite_IsWrittenWithTheOthers()
    {
        await using var scene = await BatchScene.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var first = scene.Accept("wamid.1");
        var given = scene.AcceptAsync(cancellation.Token, "wamid.2");
        var third = scene.Accept("wamid.3");
        scene.Store.ReleaseOne();
        await first;
        await scene.Store.WritingAsync("wamid.2 wamid.3");

        await cancellation.CancelAsync();
        await scene.Invoking(_ => given).Should().ThrowAsync<OperationCanceledException>();
        scene.Store.Release();

        (await third).Should().Be(new AcceptResult(200, 1));
        scene.Store.Kept.Should().Equal("wamid.1", "wamid.2", "wamid.3");
    }

    [Fact]
    public async Task AcceptAsync_StoreRefusesOneOfThem_TellsThisOneAlone()
    {
        await using var scene = await BatchScene.StartAsync();
        scene.Store.Refuses = id => id == "poison" ? new InvalidOperationException("I do not take that.") : null;
        var first = scene.Accept("wamid.1");
        var second = scene.Accept("wamid.2");
        var poison = scene.Accept("poison");
        var fourth = scene.Accept("wamid.4");

        scene.Store.Release();

        (await first).StatusCode.Should().Be(200);
        (await second).StatusCode.Should().Be(200);
        (await poison).Should().Be(new AcceptResult(503, 0));
        (await fourth).StatusCode.Should().Be(200);
        scene.Store.Kept.Should().Equal("wamid.1", "wamid.2", "wamid.4");
    }

    [Fact]
    public async Task AcceptAsync_StoreGoesAway_Is503ForAllThatWaitAndIsAskedOnce()
    {
        await using var scene = await BatchScene.StartAsync();
        scene.Store.Refuses = id => id == "wamid.1" ? null : new StoreUnavailableException("away");
        var first = scene.Accept("wamid.1");
        var others = new[] { scene.Accept("wamid.2"), scene.Accept("wamid.3"), scene.Accept("wamid.4") };

        scene.Store.Release();

        (await first).StatusCode.Should().Be(200);
        (await Task.WhenAll(others)).Should().OnlyContain(result => result == new AcceptResult(503, 0));
        scene.Store.Batches.Should().Equal("wamid.1", "wamid.2 wamid.3 wamid.4");
        scene.Store.Refuses = _ => null;
        (await scene.Accept("wamid.5")).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task AcceptAsync_UnreadableAmongOthers_GoesAloneAndEveryOneIsKept()
    {
        await using var scene = await BatchScene.StartAsync();
        var accepted = new[] { scene.Accept("wamid.1"), scene.Accept("wamid.2"), scene.AcceptCut("wamid.3"), scene.AcceptCut("wamid.4"), scene.Accept("wamid.5") };

        scene.Store.Release();

        (await Task.WhenAll(accepted)).Should().OnlyContain(result => result == new AcceptResult(200, 1));
        scene.Store.Batches.Should().Equal("wamid.1", "wamid.2", "wamid.3", "wamid.4", "wamid.5");
        (await scene.Runtime.Quarantine.ListAsync(10)).Should().HaveCount(2);
    }

    [Fact]
    public async Task AcceptAsync_WebhooksOfOneConversation_AreDispatchedInTheOrderOfTheirArrival()
    {
        var handled = new List<string>();
        await using var scene = await BatchScene.StartAsync(build => build.OnMessage<TextReceived>((m, _) =>
        {
            handled.Add(m.Message.MessageId.Value);
            return Task.CompletedTask;
        }));
        var accepted = new List<Task<AcceptResult>>();
        for (var i = 0; i < 20; i++)
        {
            accepted.Add(scene.Accept($"wamid.{i}.a", $"wamid.{i}.b"));
        }

        scene.Store.Release();
        await Task.WhenAll(accepted);
        (await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();

        handled.Should().Equal(Enumerable.Range(0, 20).SelectMany(i => (string[])[$"wamid.{i}.a", $"wamid.{i}.b"]));
        scene.Store.Sizes.Should().Equal(2, 38);
    }

    [Fact]
    public async Task IngestAsync_StoreIsDoneAtOnce_NeverWaitsAndAllocatesNothing()
    {
        var memory = new InMemoryStore();
        var coalescer = new IngestCoalescer(memory);
        var batch = new IngestBatch { Events = [], ReceivedAt = Given.T0 };
        await coalescer.IngestAsync(batch, CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await memory.IngestAsync(batch);
        var store = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();

        var kept = coalescer.IngestAsync(batch, CancellationToken.None).AsTask();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThanOrEqualTo(store);
        kept.IsCompletedSuccessfully.Should().BeTrue();
    }
}
