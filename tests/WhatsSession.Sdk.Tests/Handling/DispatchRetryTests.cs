using System.Collections.Concurrent;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>Handlers that fail: their event is tried again, and in the end set aside.</summary>
public sealed class DispatchRetryTests
{
    private readonly ConcurrentQueue<string> _calls = [];

    [Fact]
    public async Task Dispatch_FailingHandler_IsRetriedThenParkedAndTheConversationGoesOn()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder
            .OnMessage<TextReceived>((message, _) => Note(message.Message.Text))
            .OnMessage<TextReceived>((message, _) => Note($"{message.Message.Text} {message.Attempt}", fail: message.Message.Text == "bad")));
        await scene.SaysAsync("bad");
        await scene.SaysAsync("good");
        await scene.DrainAsync();
        _calls.Should().Equal("bad", "bad 1");

        foreach (var (wait, attempt) in new[] { (1, 2), (10, 3), (60, 4), (300, 5) })
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(wait) - TimeSpan.FromTicks(1));
            _calls.Should().HaveCount(attempt);
            await scene.AdvanceAsync(TimeSpan.FromTicks(1));
            _calls.Should().HaveCountGreaterThanOrEqualTo(attempt + 1);
        }

        _calls.Should().Equal("bad", "bad 1", "bad 2", "bad 3", "bad 4", "bad 5", "good", "good 1");
        (await scene.Runtime.Parked.ListAsync(10)).Should().ContainSingle();
        scene.Logs.GetSnapshot().Count(static record => record.Id.Name == "EventParked").Should().Be(1);
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 4)]
    [InlineData(9, 4)]
    [InlineData(10, 3)]
    [InlineData(11, 1)]
    public async Task Dispatch_NextTryMightNotEndWithinTenMinutes_IsParkedInstead(int timeoutMinutes, int tries)
    {
        await using var scene = await EmulatedScene.StartAsync(
            builder => builder.OnMessage<TextReceived>((message, _) => Note($"{message.Attempt}", fail: true)),
            options => options.Dispatch.HandlerTimeout = TimeSpan.FromMinutes(timeoutMinutes) - TimeSpan.FromSeconds(12));
        await scene.SaysAsync("bad");
        foreach (var wait in new[] { 1, 10, 60, 300 })
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(wait));
        }

        _calls.Should().HaveCount(tries);
        (await scene.Runtime.Parked.ListAsync(10)).Should().ContainSingle().Which.Attempts.Should().Be(tries);
    }

    [Fact]
    public async Task Dispatch_LastHandlerSucceedsAndAnotherFails_RunsThatOneAlone()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder
            .OnMessage<TextReceived>((message, _) => Note($"one {message.Attempt}", fail: message.Attempt == 1))
            .OnMessage<TextReceived>((message, _) => Note($"two {message.Attempt}")));
        await scene.SaysAsync("hello");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        _calls.Should().Equal("one 1", "two 1", "one 2");
    }

    [Fact]
    public async Task Dispatch_HandlerOverItsTime_IsCancelledAndRetried()
    {
        await using var scene = await EmulatedScene.StartAsync(
            builder => builder.OnMessage<TextReceived>(async (message, cancellationToken) =>
            {
                await Note($"try {message.Attempt}");
                if (message.Attempt == 1)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
            }),
            options => options.Dispatch.HandlerTimeout = TimeSpan.FromSeconds(1));
        await scene.SaysAsync("hello");
        await scene.DrainAsync();

        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        _calls.Should().Equal("try 1", "try 2");
    }

    private Task Note(string call, bool fail = false)
    {
        _calls.Enqueue(call);
        return fail ? Task.FromException(new InvalidOperationException("as planned")) : Task.CompletedTask;
    }
}
