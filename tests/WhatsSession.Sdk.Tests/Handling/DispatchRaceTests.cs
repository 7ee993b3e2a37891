using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>What may happen while handlers run: leases end, time-outs pass, the host stops, the store fails.</summary>
[WithoutEmulator("A store that holds the dispatcher at chosen steps.")]
public sealed class DispatchRaceTests
{
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Dispatch_ClockJumpsWhileTheHandlerRuns_KeepsTheClaim()
    {
        var store = new InMemoryStore();
        await using var scene = await Scene.StartAsync(new HookedStore(store), Clock(), BlockFirst);
        await scene.ReceiveTextAsync("first");
        await scene.ReceiveTextAsync("second");
        await _started.Task;

        for (var jump = 0; jump < 3; jump++)
        {
            scene.Clock.Advance(TimeSpan.FromHours(1));
            (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
        }

        _calls.Should().Equal(["first 1"], "the same event is not handled twice at once");
        _release.SetResult();
        await scene.DrainAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(1));

        _calls.Should().Equal("first 1", "second 1");
        (await store.ClaimAsync(Everything(scene.Now + NodaTime.Duration.FromDays(1)))).Should().BeEmpty();
    }

    [Fact]
    public async Task Dispatch_AnotherHostTookTheEventAndGaveItBack_GoesOnUnderTheNewClaim()
    {
        var store = new InMemoryStore();
        await using var scene = await Scene.StartAsync(new HookedStore(store), Clock(), BlockFirst);
        await scene.ReceiveTextAsync("first");
        await scene.ReceiveTextAsync("second");
        await _started.Task;

        var stolen = (await store.ClaimAsync(Everything(scene.Now + NodaTime.Duration.FromMinutes(1)))).Should().ContainSingle("the lease is a minute").Subject;
        await store.FinishAsync(stolen, new DispatchResult.Postponed(scene.Now));
        (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
        _calls.Should().Equal(["first 1"], "the same event is not handled twice at once");
        _release.SetResult();
        await scene.DrainAsync();

        _calls.Should().Equal("first 1", "second 1");
        (await store.ClaimAsync(Everything(scene.Now + NodaTime.Duration.FromDays(1)))).Should().BeEmpty();
    }

    [Fact]
    public async Task Dispatch_LongHandler_IsRenewedForAsLongAsItRunsAlsoDuringTheStop()
    {
        var store = new InMemoryStore();
        await using var scene = await Scene.StartAsync(new HookedStore(store) { Durability = StoreDurability.Host }, Clock(), BlockFirst);
        await scene.ReceiveTextAsync("first");
        await _started.Task;
        for (var renewals = 0; renewals < 20; renewals++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(31));
            (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
            (await store.ClaimAsync(Everything(scene.Now + NodaTime.Duration.FromSeconds(59)))).Should().BeEmpty("it was renewed");
        }

        var renewed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Store.Before = method =>
        {
            if (method == nameof(IWhatsSessionStore.RenewAsync))
            {
                renewed.TrySetResult();
            }

            return Task.CompletedTask;
        };
        var stop = scene.Runtime.StopAsync(CancellationToken.None);
        scene.Clock.Advance(TimeSpan.FromSeconds(31));
        await renewed.Task;
        _release.SetResult();
        await stop;

        _calls.Should().Equal("first 1");
    }

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.FinishAsync))]
    [InlineData(nameof(IWhatsSessionStore.MarkHandledAsync))]
    public async Task Dispatch_StoreBlinksWhileWriting_TriesTheWriteAgain(string method)
    {
        var failures = 0;
        await using var scene = await Scene.StartAsync(builder => builder.OnAnyMessage((message, _) => Note($"one {message.Attempt}")).OnAnyMessage((message, _) => Note($"two {message.Attempt}")));
        scene.Store.Before = called => called == method && Interlocked.Increment(ref failures) <= 2 ? throw new StoreUnavailableException("blink") : Task.CompletedTask;
        await scene.ReceiveTextAsync();
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();

        _calls.Should().Equal("one 1", "two 1", "one 1", "two 1");
    }

    [Fact]
    public async Task Dispatch_HandlerIgnoresItsToken_IsLeftBehindAndNotCalledAgainWhileItRuns()
    {
        await using var scene = await Scene.StartAsync(new HookedStore(new InMemoryStore()), Clock(), BlockFirst, options => options.Dispatch.HandlerTimeout = TimeSpan.FromSeconds(1));
        await scene.ReceiveTextAsync("first");
        await scene.ReceiveTextAsync("other", from: "15550009999");
        await scene.DrainAsync();
        _calls.Should().BeEquivalentTo("first 1", "other 1");

        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse("the retry waits for the run there is");
        _release.SetResult();
        await scene.DrainAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(1));

        _calls.Should().BeEquivalentTo("first 1", "other 1");
        (await scene.Runtime.Parked.ListAsync(10)).Should().BeEmpty("the run that was left behind succeeded");
    }

    [Fact]
    public async Task DrainAsync_AfterTheStop_StartsNothing()
    {
        await using var scene = await Scene.StartAsync(builder => builder.OnAnyMessage((_, _) => Note("late")));
        await scene.Runtime.StopAsync(CancellationToken.None);
        await scene.ReceiveTextAsync();

        (await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30))).Should().BeFalse();

        _calls.Should().BeEmpty();
    }

    [Fact]
    public async Task StopAsync_WhileClaiming_WaitsForWhatWasClaimed()
    {
        var store = new HookedStore(new InMemoryStore());
        await using var scene = await Scene.StartAsync(store, Clock(), builder => builder.OnAnyMessage((_, _) => Note("claimed")));
        store.Claimed = async claims =>
        {
            if (claims.Count > 0)
            {
                _started.TrySetResult();
                await _release.Task;
            }
        };
        await scene.ReceiveTextAsync();
        await _started.Task;

        var stop = scene.Runtime.StopAsync(CancellationToken.None);
        var again = scene.Runtime.StopAsync(new CancellationToken(canceled: true));
        stop.IsCompleted.Should().BeFalse();
        _release.SetResult();
        await Task.WhenAll(stop, again);

        _calls.Should().Equal("claimed");
    }

    [Fact]
    public async Task StopAsync_NothingOutlivesTheProcess_HandlesWhatIsDueFirst()
    {
        await using var scene = await Scene.StartAsync(builder => builder.OnMessage<TextReceived>(async (message, _) =>
        {
            await _release.Task;
            await Note(message.Message.Text);
        }));
        for (var i = 0; i < 40; i++)
        {
            await scene.ReceiveTextAsync($"{i}", from: $"1555000{i % 4:0000}");
        }

        var stop = scene.Runtime.StopAsync(CancellationToken.None);
        _release.SetResult();
        await stop;

        _calls.Should().HaveCount(40);
    }

    [Fact]
    public async Task StopAsync_PatienceEndsBeforeAllIsHandled_StopsAllTheSame()
    {
        using var patience = new CancellationTokenSource();
        await using var scene = await Scene.StartAsync(builder => builder.OnMessage<TextReceived>(async (message, cancellationToken) =>
        {
            await Note(message.Message.Text);
            await patience.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }));
        await scene.ReceiveTextAsync("first");
        await scene.ReceiveTextAsync("second");

        await scene.Runtime.StopAsync(patience.Token);

        _calls.Should().Equal("first");
    }

    [Fact]
    public async Task StopAsync_StoreOutlivesTheProcess_LeavesTheRestForTheRestart()
    {
        var store = new HookedStore(new InMemoryStore()) { Durability = StoreDurability.Host };
        await using var scene = await Scene.StartAsync(store, Clock(), builder => builder.OnMessage<TextReceived>(async (message, _) =>
        {
            _started.TrySetResult();
            await _release.Task;
            await Note(message.Message.Text);
        }));
        await scene.ReceiveTextAsync("first");
        await scene.ReceiveTextAsync("second");
        await _started.Task;

        var stop = scene.Runtime.StopAsync(CancellationToken.None);
        _release.SetResult();
        await stop;

        _calls.Should().Equal("first");
    }

    [Fact]
    public async Task StopAsync_ClaimedAheadOfTheirPlaces_AreGivenBackAndCountNoTry()
    {
        var store = new InMemoryStore();
        var hooked = new HookedStore(store) { Durability = StoreDurability.Host };
        await using var scene = await Scene.StartAsync(hooked, Clock(), BlockFirst, options => options.Dispatch.MaxConcurrency = 1);
        for (var i = 0; i < 20; i++)
        {
            await scene.ReceiveTextAsync("quick", from: $"1555000{i:0000}");
        }

        await scene.DrainAsync();
        await scene.ReceiveTextAsync("first", from: "15550000000");
        for (var i = 1; i < 5; i++)
        {
            await scene.ReceiveTextAsync("quick", from: $"1555000{i:0000}");
        }

        (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
        (await store.ClaimAsync(Everything(scene.Now))).Should().BeEmpty("each is claimed and waits for the only place");
        var stop = scene.Runtime.StopAsync(CancellationToken.None);
        _release.SetResult();
        await stop;

        _calls.Should().HaveCount(21, "nothing begins after the stop");
        (await store.ClaimAsync(Everything(scene.Now))).Select(static claim => claim.Attempt).Should().Equal(1, 1, 1, 1);
    }

    [Fact]
    public async Task DrainAsync_StoreTakesItsTime_KeepsItsBudget()
    {
        await using var scene = await Scene.StartAsync(builder => builder.OnAnyMessage((_, _) => Note("handled")));
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.ClaimAsync) ? _release.Task : Task.CompletedTask;
        await scene.ReceiveTextAsync();

        (await scene.Runtime.DrainAsync(TimeSpan.FromMilliseconds(20))).Should().BeFalse("the store answers only when the drain is over");

        _release.SetResult();
        await scene.DrainAsync();
        _calls.Should().Equal("handled");
    }

    [Fact]
    public async Task DrainAsync_NoLimit_WaitsForTheEnd()
    {
        await using var scene = await Scene.StartAsync(builder => builder.OnAnyMessage((_, _) => _release.Task));
        await scene.ReceiveTextAsync();
        Task<bool>[] drains =
        [
            scene.Runtime.DrainAsync(Timeout.InfiniteTimeSpan),
            scene.Runtime.DrainAsync(TimeSpan.MaxValue),
            scene.Runtime.DrainAsync(NodaTime.Duration.MaxValue),
        ];
        drains.Should().NotContain(drain => drain.IsCompleted);
        (await scene.Runtime.DrainAsync(TimeSpan.Zero)).Should().BeFalse();

        _release.SetResult();

        (await Task.WhenAll(drains)).Should().AllBeEquivalentTo(true);
    }

    [Fact]
    public async Task DrainAsync_StoreAwayWhileClaiming_ThrowsAndLaterGoesOn()
    {
        var store = new HookedStore(new InMemoryStore());
        await using var scene = await Scene.StartAsync(store, Clock(), builder => builder.OnAnyMessage((_, _) => Note("handled")));
        store.Fail(nameof(IWhatsSessionStore.ClaimAsync));
        await scene.ReceiveTextAsync();
        await scene.Runtime.Invoking(runtime => runtime.DrainAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<StoreUnavailableException>();

        store.Before = _ => Task.CompletedTask;
        await scene.DrainAsync();

        _calls.Should().Equal("handled");
    }

    [Fact]
    public async Task Dispatch_StoreAwayWhenFinishing_ComesAgainAfterTheLease()
    {
        var store = new HookedStore(new InMemoryStore());
        await using var scene = await Scene.StartAsync(store, Clock(), builder => builder.OnAnyMessage((message, _) => Note($"one {message.Attempt}")).OnAnyMessage((message, _) => Note($"two {message.Attempt}")));
        store.Fail(nameof(IWhatsSessionStore.FinishAsync));
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();
        store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromMinutes(1));

        _calls.Should().Equal(["one 1", "two 1", "two 2"], "the completion of the last handler is noted with the event's end, which was missing");
    }

    private static ClaimRequest Everything(NodaTime.Instant now) => new(now, NodaTime.Duration.FromMinutes(1), 10);

    private static FakeTimeProvider Clock() => new(Given.T0.ToDateTimeOffset());

    /// <summary>A handler that blocks in the text "first" and heeds no token.</summary>
    private void BlockFirst(WhatsSessionBuilder builder) => builder.OnMessage<TextReceived>(async (message, _) =>
    {
        await Note($"{message.Message.Text} {message.Attempt}");
        _started.TrySetResult();
        if (message.Message.Text == "first")
        {
            await _release.Task;
        }
    });

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }
}
