using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Handling;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>At least once per event and handler, in order within a conversation, in parallel across conversations.</summary>
public sealed class DispatchTests
{
    private readonly ConcurrentQueue<string> _calls = [];

    [Fact]
    public async Task Dispatch_Message_CallsTheHandlersOfItsTypeWithWhatItNeeds()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder
            .OnMessage<TextReceived>(async (message, cancellationToken) =>
            {
                message.WasAwaited.Should().BeFalse();
                message.Attempt.Should().Be(1);
                message.Number.Name.Should().Be("support");
                await message.ReplyAsync("you said " + message.Message.Text, cancellationToken);
            })
            .OnMessage<MessageReceived>((message, _) => Note("any " + message.Message.Kind))
            .OnMessage<ImageReceived>((_, _) => Note("image"))
            .OnDelivery((status, _) => Note("status " + status.Message.Status)));

        await scene.SaysAsync("hi");
        await scene.DrainAsync();

        scene.Customer.Received.Should().ContainSingle().Which.Text.Should().Be("you said hi");
        _calls.Should().BeEquivalentTo("any text", "status sent", "status delivered");
        scene.Logs.GetSnapshot().Should().NotContain(record => record.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Dispatch_MessageWithOneHandler_IsWrittenOfTwice()
    {
        var writes = new ConcurrentQueue<string>();
        await using var scene = await Scene.StartAsync(builder => builder
            .OnMessage<TextReceived>((_, _) => Note("text"))
            .OnMessage<ImageReceived>((_, _) => Note("image"))
            .OnMessage<TextReceived>(MessageFilter.TextEquals("other"), (_, _) => Note("other")));
        scene.Store.Before = method =>
        {
            if (method is nameof(IWhatsSessionStore.IngestAsync) or nameof(IWhatsSessionStore.MarkHandledAsync) or nameof(IWhatsSessionStore.FinishAsync))
            {
                writes.Enqueue(method);
            }

            return Task.CompletedTask;
        };
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();

        _calls.Should().Equal("text");
        writes.Should().Equal(nameof(IWhatsSessionStore.IngestAsync), nameof(IWhatsSessionStore.FinishAsync));
    }

    [Fact]
    public async Task Dispatch_OneConversation_KeepsOrder()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>(async (message, _) =>
        {
            await Task.Yield();
            await Note(message.Message.Text);
        }));
        for (var i = 0; i < 200; i++)
        {
            await scene.SaysAsync($"{i}");
        }

        await scene.DrainAsync();

        _calls.Should().Equal(Enumerable.Range(0, 200).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Dispatch_SeveralConversations_RunInParallelUpToTheLimit()
    {
        var allHere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = 0;
        await using var scene = await EmulatedScene.StartAsync(
            builder => builder.OnMessage<TextReceived>(async (_, _) =>
            {
                if (Interlocked.Increment(ref running) == 3)
                {
                    allHere.SetResult();
                }

                await allHere.Task;
            }),
            options => options.Dispatch.MaxConcurrency = 4);
        for (var i = 0; i < 3; i++)
        {
            await scene.Meta.Customer($"1555000{i:0000}").SaysAsync("hello", Given.Number.Value);
        }

        await scene.DrainAsync();

        running.Should().Be(3);
    }

    [Fact]
    public async Task Dispatch_SlowStatusesOfMany_LeaveRoomForMessages()
    {
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var statuses = 0;
        await using var scene = await Scene.StartAsync(
            builder => builder
                .OnDelivery(async (_, _) =>
                {
                    Interlocked.Increment(ref statuses);
                    await handled.Task;
                })
                .OnMessage<TextReceived>((_, _) =>
                {
                    Interlocked.CompareExchange(ref statuses, 0, 0).Should().BeLessThanOrEqualTo(2);
                    handled.SetResult();
                    return Task.CompletedTask;
                }),
            options => options.Dispatch.MaxConcurrency = 4);
        await scene.AcceptAsync(Sample.Utf8($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"{{{Given.Account}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{Given.Number}}}"},
            "statuses":[{{{string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""{"id":"wamid.{{i}}","status":"sent","timestamp":"{{Given.T0.ToUnixTimeSeconds()}}","recipient_id":"1555000{{i:0000}}"}"""))}}}]}}]}]}
            """));
        await scene.ReceiveTextAsync();

        await scene.DrainAsync();

        statuses.Should().Be(40);
    }

    [Fact]
    public async Task DrainAsync_BudgetEnds_IsFalse()
    {
        var release = new TaskCompletionSource();
        await using var scene = await EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>((_, _) => release.Task));
        await scene.SaysAsync("hello");

        (await scene.Runtime.DrainAsync(TimeSpan.FromMilliseconds(20))).Should().BeFalse();

        release.SetResult();
        (await scene.Runtime.DrainAsync(Duration.FromSeconds(30))).Should().BeTrue();
    }

    /// <summary>The first event ends just after the round that found the second one held back by it.</summary>
    [Fact]
    public async Task DrainAsync_EventEndsDuringTheRound_GoesOnToTheNext()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dispatcher = new TaskCompletionSource<EventDispatcher>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>(async (message, _) =>
        {
            dispatcher.TrySetResult(message.Services.GetRequiredService<EventDispatcher>());
            await (message.Message.Text == "first" ? release.Task : Task.CompletedTask);
            await Note(message.Message.Text);
        }));
        await scene.SaysAsync("first");
        (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
        var running = await dispatcher.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        scene.Store.Claimed = async claims =>
        {
            if (claims.Count == 0 && release.TrySetResult())
            {
                await Task.WhenAll(running.InFlight()).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            }
        };
        await scene.SaysAsync("second");

        await scene.DrainAsync();

        _calls.Should().Equal("first", "second");
    }

    [Fact]
    public async Task Dispatch_WindowClosing_FiresOnceAtTheLead()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder
            .OnWindowClosing(TimeSpan.FromHours(1), (alert, _) => Note($"1h {alert.Message.IsLate} {alert.Message.ClosesAt.ToUnixTimeSeconds()} {alert.Conversation.Key.Party}"))
            .OnWindowClosing(Duration.FromHours(2), (_, _) => Note("2h")));
        await scene.SaysAsync("hello");

        await scene.AdvanceAsync(TimeSpan.FromHours(22) - TimeSpan.FromTicks(1));
        _calls.Should().BeEmpty();
        await scene.AdvanceAsync(TimeSpan.FromTicks(1));
        _calls.Should().Equal("2h");
        await scene.AdvanceAsync(TimeSpan.FromHours(1));
        await scene.AdvanceAsync(TimeSpan.FromHours(5));

        _calls.Should().Equal("2h", $"1h False {(Given.T0 + Duration.FromHours(24)).ToUnixTimeSeconds()} {scene.Customer.UserId}");
    }

    [Fact]
    public async Task Dispatch_StopWhileAHandlerRuns_LeavesTheEventForTheNextStartAndCountsNoTry()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>(async (_, cancellationToken) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }));
        await scene.SaysAsync("unfinished");
        await started.Task;
        await scene.Runtime.StopAsync(new CancellationToken(canceled: true));

        await scene.RestartAsync(builder => builder.OnMessage<TextReceived>((message, _) => Note($"{message.Message.Text} {message.Attempt}")));
        await scene.DrainAsync();

        _calls.Should().Equal("unfinished 1");
    }

    [Fact]
    public async Task Dispatch_SeveralSlowHandlers_AreClaimedForAllOfTheirTime()
    {
        var release = new TaskCompletionSource();
        await using var scene = await EmulatedScene.StartAsync(builder => builder
            .OnMessage<TextReceived>((_, _) => Note("one"))
            .OnMessage<TextReceived>((_, _) => Note("two"))
            .OnMessage<TextReceived>(async (_, _) =>
            {
                await Note("three");
                await release.Task;
            }));
        await scene.SaysAsync("hello");
        await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store);

        scene.Meta.Clock.Advance(TimeSpan.FromMinutes(6));
        (await scene.Runtime.IsDoneAfterRoundsAsync(scene.Store)).Should().BeFalse();
        release.SetResult();
        await scene.DrainAsync();

        _calls.Should().Equal("one", "two", "three");
    }

    [Fact]
    public async Task Dispatch_Services_AreAScopeOfTheirOwnForEachHandler()
    {
        var scopes = new ConcurrentBag<Scoped>();
        await using var scene = await EmulatedScene.StartAsync(builder =>
        {
            builder.Services.AddScoped<Scoped>();
            builder
                .OnMessage<TextReceived, Scoped>((message, service, _) =>
                {
                    message.Services.GetRequiredService<Scoped>().Should().BeSameAs(service);
                    scopes.Add(service);
                    return Task.CompletedTask;
                })
                .OnMessage<TextReceived, Scoped>((_, service, _) =>
                {
                    scopes.Add(service);
                    return Task.CompletedTask;
                });
        });
        await scene.SaysAsync("hello");
        await scene.SaysAsync("hello");
        await scene.DrainAsync();

        scopes.Should().HaveCount(4).And.OnlyHaveUniqueItems().And.OnlyContain(service => service.IsDisposed);
    }

    [Fact]
    public async Task ReplyAsync_Refused_IsLoggedAsAWarningAndTheHandlerGoesOn()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>(async (message, cancellationToken) =>
        {
            (await message.ReplyAsync("", cancellationToken)).IsAccepted.Should().BeFalse();
            await Note("went on");
        }));
        await scene.SaysAsync("hello");
        await scene.DrainAsync();

        _calls.Should().Equal("went on");
        scene.Logs.GetSnapshot().Should().ContainSingle(record => record.Level == LogLevel.Warning && record.Message.StartsWith("A reply in a handler was refused"));
    }

    [Fact]
    public async Task ReplyAsync_RefusedAndThrowOnRefusal_Throws()
    {
        await using var scene = await EmulatedScene.StartAsync(
            builder => builder.OnMessage<TextReceived>(async (message, cancellationToken) =>
            {
                await message.Awaiting(m => m.ReplyAsync("", cancellationToken)).Should().ThrowAsync<MessageRefusedException>();
                await Note("threw");
            }),
            options => options.ThrowOnRefusal = true);
        await scene.SaysAsync("hello");
        await scene.DrainAsync();

        _calls.Should().Equal("threw");
    }

    [Fact]
    public async Task Dispatch_EventOlderThanTheHorizon_CallsNoHandler()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>((message, _) => Note(message.Message.Text)));
        scene.Meta.Faults.HoldWebhooks = true;
        await scene.SaysAsync("before");
        scene.Meta.Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.SaysAsync("at");
        scene.Meta.Clock.Advance(TimeSpan.FromDays(8));

        scene.Meta.Faults.HoldWebhooks = false;
        await scene.DrainAsync();

        _calls.Should().Equal("at");
    }

    [Fact]
    public async Task Dispatch_Duplicates_AreHandledOnce()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>((message, _) => Note(message.Message.Text)));
        scene.Meta.Faults.DuplicateWebhooks = true;
        await scene.SaysAsync("once");
        await scene.DrainAsync();

        scene.Meta.Webhooks.Should().ContainSingle().Which.Attempts.Should().Be(2);
        _calls.Should().Equal("once");
    }

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
