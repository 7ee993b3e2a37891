using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>What is claimed ahead of its place, and what may happen before it begins: the process ends, or the lease.</summary>
[WithoutEmulator("A store that holds the dispatcher at chosen steps.")]
public sealed class ClaimedAheadTests
{
    private static readonly TimeSpan MoreThanALease = TimeSpan.FromSeconds(61);

    private readonly InMemoryStore _store = new();
    private readonly JumpingClock _clock = new();
    private readonly ConcurrentQueue<string> _calls = [];
    private int _customers;
    private TaskCompletionSource _gate = NewSignal();
    private TaskCompletionSource _struck = NewSignal();
    private TaskCompletionSource _end = NewSignal();

    [Fact]
    public async Task Dispatch_EventThatEndsItsProcess_IsParkedAndCostsThoseBehindItNoTry()
    {
        var lives = 0;
        while (!await StrikesAsync(lives == 0))
        {
            (++lives).Should().BeLessThan(10, "it ends every process");
        }

        lives.Should().Be(6, "the first time it was claimed ahead and not counted");
        _calls.Where(call => call.StartsWith("poison", StringComparison.Ordinal)).Should().Equal("poison 1", "poison 1", "poison 2", "poison 3", "poison 4", "poison 5");
        (await _store.ListParkedAsync(after: null, 10)).Should().ContainSingle().Which.Error.Should().Contain(nameof(InvalidOperationException));
        _calls.Where(call => call.StartsWith("behind", StringComparison.Ordinal)).Should().Equal("behind 1", "behind 1", "behind 1");
    }

    [Fact]
    public async Task Dispatch_LeaseEndsBeforeThePlaceIsFree_IsLeftToAnotherHost()
    {
        await using var scene = await StartAsync();
        await ClaimAheadAsync(scene);
        var away = NewSignal();
        var isAway = NewSignal();
        scene.Store.Before = async method =>
        {
            if (method == nameof(IWhatsSessionStore.ClaimAsync))
            {
                isAway.TrySetResult();
                await away.Task;
            }
        };
        await isAway.Task;
        _clock.Jump(MoreThanALease);
        var others = await TakeAllAsync();
        _gate.SetResult();
        away.SetResult();
        scene.Store.Before = _ => Task.CompletedTask;

        await ShouldBeginOnceGivenBackAsync(scene, others);
    }

    [Fact]
    public async Task Dispatch_LeaseEndsDuringItsRenewal_IsLeftToAnotherHost()
    {
        await using var scene = await StartAsync();
        await ClaimAheadAsync(scene);
        var others = NewSignal<IReadOnlyList<ClaimedEvent>>();
        scene.Store.Before = async method =>
        {
            if (method == nameof(IWhatsSessionStore.RenewAsync) && !others.Task.IsCompleted)
            {
                _clock.Jump(MoreThanALease);
                others.SetResult(await TakeAllAsync());
            }
        };
        _clock.Jump(MoreThanALease / 2);
        await others.Task;
        _gate.SetResult();

        await ShouldBeginOnceGivenBackAsync(scene, await others.Task);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> NewSignal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<Scene> StartAsync() => Scene.StartAsync(
        new HookedStore(_store) { Durability = StoreDurability.Host },
        _clock,
        builder => builder.OnMessage<TextReceived>(async (message, _) =>
        {
            var text = message.Message.Text!;
            if (text == "quick")
            {
                return;
            }

            _calls.Enqueue($"{text} {message.Attempt}");
            if (text == "gate" && message.Attempt == 1)
            {
                await _gate.Task;
            }
            else if (text == "poison")
            {
                _struck.TrySetResult();
                await _end.Task;
            }
        }),
        options => (options.Dispatch.MaxConcurrency, options.Dispatch.MaxLongRunning) = (1, 0));

    /// <summary>A host that claims ahead, because its handlers end at once, and whose only place is held behind the gate.</summary>
    private async Task ClaimAheadAsync(Scene scene, params string[] texts)
    {
        for (var i = 0; i < 20; i++)
        {
            await scene.ReceiveTextAsync("quick", from: $"1555001{i:0000}");
        }

        await scene.DrainAsync();
        await scene.ReceiveTextAsync("gate", from: "15550020000");
        foreach (var text in texts.Length > 0 ? texts : ["behind", "behind"])
        {
            await scene.ReceiveTextAsync(text, from: $"1555003{_customers++:0000}");
        }

        (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
    }

    /// <summary>One life of a host that takes a while to come to the poison.</summary>
    /// <returns>Whether it lived on.</returns>
    private async Task<bool> StrikesAsync(bool isFirst)
    {
        (_gate, _struck, _end) = (NewSignal(), NewSignal(), NewSignal());
        await using var scene = await StartAsync();
        await (isFirst ? ClaimAheadAsync(scene, "poison", "behind", "behind", "behind") : ClaimAheadAsync(scene, "more"));
        if (!isFirst)
        {
            // The claims of the dead host end, and those who wait are claimed ahead again.
            _clock.Jump(MoreThanALease);
            (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
        }

        _gate.SetResult();
        var drained = scene.DrainAsync();
        if (await Task.WhenAny(_struck.Task, drained) == drained)
        {
            await drained;
            return true;
        }

        // From here on it writes nothing.
        scene.Store.Before = _ => throw new StoreUnavailableException("dead");
        var stop = scene.Runtime.StopAsync(CancellationToken.None);
        _end.SetResult();
        await stop;
        await drained.ContinueWith(static _ => { }, TaskScheduler.Default);
        return false;
    }

    private async Task<IReadOnlyList<ClaimedEvent>> TakeAllAsync()
    {
        var taken = await _store.ClaimAsync(new ClaimRequest(NodaTime.Instant.FromDateTimeOffset(_clock.GetUtcNow()), NodaTime.Duration.FromMinutes(1), 10));
        taken.Should().HaveCount(3, "their leases are over");
        return taken;
    }

    private async Task ShouldBeginOnceGivenBackAsync(Scene scene, IReadOnlyList<ClaimedEvent> others)
    {
        await scene.DrainAsync();
        _calls.Should().Equal(["gate 1"], "another host has the others");
        foreach (var claim in others)
        {
            await _store.FinishAsync(claim, new DispatchResult.Postponed(scene.Now));
        }

        await scene.DrainAsync();
        _calls.Should().Contain(["behind 1", "behind 1"]);
        _calls.Count(call => call == "behind 1").Should().Be(2);
    }

    /// <summary>A clock that can be set while no time passes: handlers go on ending at once.</summary>
    private sealed class JumpingClock() : FakeTimeProvider(Given.T0.ToDateTimeOffset())
    {
        private long _jumped;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _jumped));

        public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);
    }
}
