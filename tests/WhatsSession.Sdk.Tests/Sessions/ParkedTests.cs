using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>What was set aside can be seen and brought back.</summary>
public sealed class ParkedTests
{
    private readonly ConcurrentQueue<string> _calls = [];
    private bool _fails = true;

    [Fact]
    public async Task ReplayAsync_ParkedEvent_CallsWhatHadNotCompletedAndNothingElse()
    {
        await using var scene = await Scene.StartAsync(builder => builder
            .OnMessage<TextReceived>((message, _) => Note($"one {message.Message.Text}"))
            .OnMessage<TextReceived>((message, _) => _fails && message.Message.Text == "bad" ? throw new InvalidOperationException("bad") : Note($"two {message.Message.Text}")));
        await scene.ReceiveTextAsync("bad");
        await scene.ReceiveTextAsync("good");
        foreach (var seconds in new[] { 0, 1, 10, 60, 300 })
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        _calls.Should().Equal("one bad", "one good", "two good");
        var parked = await scene.Runtime.ListParkedAsync(10);
        parked.Should().ContainSingle().Which.CompletedHandlers.Should().Equal("TextReceived#1");
        parked[0].ToString().Should().Contain("5 tries").And.NotContain("15550001234").And.NotContain("wamid");

        _fails = false;
        (await scene.Runtime.ReplayAsync(parked)).Should().Be(1);
        await scene.DrainAsync();

        _calls.Should().Equal("one bad", "one good", "two good", "two bad");
        (await scene.Runtime.ListParkedAsync(10)).Should().BeEmpty();
        (await scene.Runtime.ReplayAsync(parked)).Should().Be(0);
    }

    [Fact]
    public async Task ReplayQuarantinedAsync_PayloadsThisVersionCanRead_AreHandledAndLeave()
    {
        var store = new InMemoryStore();
        var clock = new FakeTimeProvider(Given.T0.ToDateTimeOffset());
        await using var scene = await Scene.StartAsync(new HookedStore(store), clock, builder => builder.OnMessage<TextReceived>((message, _) => Note(message.Message.Text)));

        // As an older version might have left it.
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = Scene.TextFrom(Given.Phone, "at last", "wamid.q", scene.Now), QuarantineReason = "old", ReceivedAt = scene.Now });
        (await scene.AcceptAsync("{\"entry\":[{]}"u8.ToArray())).StatusCode.Should().Be(200);
        var quarantined = await scene.Runtime.ListQuarantinedAsync(10);
        quarantined.Should().HaveCount(2);

        (await scene.Runtime.ReplayQuarantinedAsync(quarantined)).Should().Be(1);
        (await scene.Runtime.ReplayQuarantinedAsync(quarantined)).Should().Be(0, "the one is gone and the other cannot be read yet");
        await scene.DrainAsync();

        _calls.Should().Equal("at last");
        (await scene.Runtime.ListQuarantinedAsync(10)).Should().ContainSingle().Which.Reason.Should().NotBe("old");
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Open);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Lists_LimitOutOfRange_Throw(int limit)
    {
        await using var scene = await Scene.StartAsync();
        await scene.Runtime.Invoking(async runtime => await runtime.ListParkedAsync(limit)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await scene.Runtime.Invoking(async runtime => await runtime.ListQuarantinedAsync(limit)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }
}
