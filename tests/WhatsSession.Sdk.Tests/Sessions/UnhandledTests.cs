using NodaTime;

namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>Events that no handler takes leave the outbox like any other, and nobody who asks for them misses one.</summary>
public sealed class UnhandledTests
{
    private const string Status = "status-delivered-utility-regular";

    private int _calls;

    [Theory]
    [InlineData(Status)]
    [InlineData("inbound-text")]
    [InlineData("field-template-status-paused")]
    public async Task Dispatch_NobodyHandles_LeavesTheOutboxUnread(string sample)
    {
        await using var scene = await Scene.StartAsync();
        await scene.AcceptAsync(Sample.Webhook(sample));

        await scene.DrainAsync();

        (await scene.Store.ClaimAsync(new ClaimRequest(scene.Now + Duration.FromDays(1), Duration.FromMinutes(1), 10))).Should().BeEmpty();
        (await scene.Runtime.ListParkedAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Dispatch_StatusBetweenMessages_IsTakenByWhoAsksForIt()
    {
        (await CallsAsync(Status, builder => builder.OnMessage<TextReceived>(Count))).Should().Be(0);
        (await CallsAsync(Status, builder => builder.On<UnknownEvent>(Count))).Should().Be(0);
        (await CallsAsync(Status, builder => builder.OnDelivery(Count))).Should().Be(1);
        (await CallsAsync(Status, builder => builder.On<CustomerEvent>(Count))).Should().Be(1);
        (await CallsAsync(Status, builder => builder.OnMessage<TextReceived>(Count).On<WhatsAppEvent>(Count))).Should().Be(1);
    }

    [Fact]
    public async Task Dispatch_MessageBetweenStatuses_IsTakenByWhoAsksForIt()
    {
        (await CallsAsync("inbound-text", builder => builder.OnDelivery(Count))).Should().Be(0);
        (await CallsAsync("inbound-text", builder => builder.OnMessage<TextReceived>(Count))).Should().Be(1);
        (await CallsAsync("inbound-text", builder => builder.OnAnyMessage(Count))).Should().Be(1);
        (await CallsAsync("inbound-text", builder => builder.On<CustomerEvent>(Count))).Should().Be(1);
    }

    [Fact]
    public async Task Dispatch_StoreAwayWhenFinishingWhatNobodyHandles_ComesAgainAfterTheLease()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.FinishAsync));
        await scene.AcceptAsync(Sample.Webhook(Status));
        await scene.DrainAsync();
        scene.Store.Before = _ => Task.CompletedTask;

        await scene.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await scene.Store.ClaimAsync(new ClaimRequest(scene.Now + Duration.FromDays(1), Duration.FromMinutes(1), 10))).Should().BeEmpty();
    }

    private async Task<int> CallsAsync(string sample, Action<WhatsSessionBuilder> build)
    {
        _calls = 0;
        await using var scene = await Scene.StartAsync(build);
        await scene.AcceptAsync(Sample.Webhook(sample));
        await scene.DrainAsync();
        return _calls;
    }

    private Task Count<TEvent>(Received<TEvent> received, CancellationToken cancellationToken)
        where TEvent : WhatsAppEvent
    {
        Interlocked.Increment(ref _calls);
        return Task.CompletedTask;
    }
}
