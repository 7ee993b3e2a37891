using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>What may happen while handlers run: leases end, time-outs pass, the host stops, the store fails.</summary>
public sealed class DispatchRaceTests
{
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Dispatch_LeaseEndsWhileTheHandlerRuns_GoesOnUnderTheNewClaim()
    {
        var store = new InMemoryStore();
        await using var scene = await Scene.StartAsync(new HookedStore(store), Clock(), BlockFirst);
        await scene.ReceiveTextAsync("first");
        await scene.ReceiveTextAsync("second");
        await _started.Task;

        for (var jump = 0; jump < 3; jump++)
        {
            scene.Clock.Advance(TimeSpan.FromHours(1));
            (await scene.Runtime.DrainAsync(TimeSpan.FromMilliseconds(50))).Should().BeFalse();
        }

        _calls.Should().Equal(["first 1"], "the same event is not handled twice at once");
        _release.SetResult();
        await scene.DrainAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(1));

        _calls.Should().Equal("first 1", "second 1");
        (await store.ClaimAsync(new ClaimRequest(scene.Now + NodaTime.Duration.FromDays(1), NodaTime.Duration.FromMinutes(1), 10))).Should().BeEmpty();
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
        (await scene.Runtime.DrainAsync(TimeSpan.FromMilliseconds(50))).Should().BeFalse("the retry waits for the run there is");
        _release.SetResult();
        await scene.DrainAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(1));

        _calls.Should().BeEquivalentTo("first 1", "other 1");
        (await scene.Runtime.ListParkedAsync(10)).Should().BeEmpty("the run that was left behind succeeded");
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
        await using var scene = await Scene.StartAsync(store, Clock(), builder => builder.OnAnyMessage((message, _) => Note($"try {message.Attempt}")));
        store.Fail(nameof(IWhatsSessionStore.FinishAsync));
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();
        store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromMinutes(10));

        _calls.Should().Equal(["try 1"], "the handler's completion was noted, so only the event's end was missing");
    }

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
