using System.Collections.Concurrent;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>What was set aside can be seen and brought back.</summary>
public sealed class ParkedTests
{
    private readonly ConcurrentQueue<string> _calls = [];
    private bool _fails = true;

    [Fact]
    public async Task ReplayAsync_ParkedEvent_CallsWhatHadNotCompletedAndNothingElse()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder
            .OnMessage<TextReceived>((message, _) => Note($"one {message.Message.Text}"))
            .OnMessage<TextReceived>((message, _) => _fails && message.Message.Text == "bad" ? throw new InvalidOperationException("bad") : Note($"two {message.Message.Text}")));
        await scene.SaysAsync("bad");
        await scene.SaysAsync("good");
        foreach (var seconds in new[] { 0, 1, 10, 60, 300 })
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        _calls.Should().Equal("one bad", "one good", "two good");
        var parked = await scene.Runtime.Parked.ListAsync(10);
        parked.Should().ContainSingle().Which.CompletedHandlers.Should().Equal("TextReceived#1");
        parked[0].ToString().Should().Contain("5 tries").And.NotContain(Given.Phone).And.NotContain(scene.Customer.UserId).And.NotContain("wamid");

        _fails = false;
        (await scene.Runtime.Parked.ReplayAsync(parked)).Should().Be(1);
        await scene.DrainAsync();

        _calls.Should().Equal("one bad", "one good", "two good", "two bad");
        (await scene.Runtime.Parked.ListAsync(10)).Should().BeEmpty();
        (await scene.Runtime.Parked.ReplayAsync(parked)).Should().Be(0);
    }

    [Fact]
    public async Task Discard_WhatWasSetAside_IsGoneAndHealthIsGoodAgain()
    {
        await using var scene = await EmulatedScene.StartAsync(builder => builder
            .OnMessage<TextReceived>((message, _) => message.Message.Text == "bad" ? throw new InvalidOperationException("bad") : Note(message.Message.Text)));
        await scene.SaysAsync("bad");
        foreach (var seconds in new[] { 0, 1, 10, 60, 300 })
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        var odd = "{\"entry\":[{]}"u8.ToArray();
        (await scene.Runtime.AcceptAsync(odd, WebhookSignature.Compute(odd, Given.AppSecret))).StatusCode.Should().Be(200);
        (await scene.Runtime.CheckHealthAsync()).Problems.Select(problem => problem.Kind).Should().BeEquivalentTo([HealthProblemKind.StoreInMemory, HealthProblemKind.EventsParked, HealthProblemKind.WebhooksQuarantined]);
        var (parked, quarantined) = (await scene.Runtime.Parked.ListAsync(10), await scene.Runtime.Quarantine.ListAsync(10));

        (await scene.Runtime.Parked.DiscardAsync(parked)).Should().Be(1);
        (await scene.Runtime.Quarantine.DiscardAsync(quarantined)).Should().Be(1);
        (await scene.Runtime.Parked.DiscardAsync(parked)).Should().Be(0);
        (await scene.Runtime.Quarantine.DiscardAsync(quarantined)).Should().Be(0);

        (await scene.Runtime.CheckHealthAsync()).Problems.Should().ContainSingle().Which.Kind.Should().Be(HealthProblemKind.StoreInMemory);
        await scene.SaysAsync("good");
        await scene.DrainAsync();
        _calls.Should().Equal("good");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Lists_LimitOutOfRange_Throw(int limit)
    {
        await using var scene = await EmulatedScene.StartAsync();
        await scene.Runtime.Invoking(async runtime => await runtime.Parked.ListAsync(limit)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await scene.Runtime.Invoking(async runtime => await runtime.Quarantine.ListAsync(limit)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }
}
