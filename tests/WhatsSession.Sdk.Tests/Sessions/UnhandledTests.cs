using NodaTime;

namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>Events that no handler takes leave the outbox like any other, and nobody who asks for them misses one.</summary>
public sealed class UnhandledTests
{
    private int _calls;

    public enum Update
    {
        Status,
        Text,
        TemplateStatus,
    }

    [Theory]
    [InlineData(Update.Status)]
    [InlineData(Update.Text)]
    [InlineData(Update.TemplateStatus)]
    public async Task Dispatch_NobodyHandles_LeavesTheOutboxUnread(Update update)
    {
        await using var scene = await EmulatedScene.StartAsync();
        await HappensAsync(scene, update);

        await scene.DrainAsync();

        (await scene.Store.ClaimAsync(new ClaimRequest(Instant.FromDateTimeOffset(scene.Meta.Clock.GetUtcNow()) + Duration.FromDays(1), Duration.FromMinutes(1), 10))).Should().BeEmpty();
        (await scene.Runtime.ListParkedAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Dispatch_StatusBetweenMessages_IsTakenByWhoAsksForIt()
    {
        (await CallsAsync(Update.Status, builder => builder.OnMessage<TextReceived>(Count))).Should().Be(0);
        (await CallsAsync(Update.Status, builder => builder.On<UnknownEvent>(Count))).Should().Be(0);
        (await CallsAsync(Update.Status, builder => builder.OnDelivery(Count))).Should().Be(1);
        (await CallsAsync(Update.Status, builder => builder.On<CustomerEvent>(Count))).Should().Be(1);
        (await CallsAsync(Update.Status, builder => builder.OnMessage<TextReceived>(Count).On<WhatsAppEvent>(Count))).Should().Be(1);
    }

    [Fact]
    public async Task Dispatch_MessageBetweenStatuses_IsTakenByWhoAsksForIt()
    {
        (await CallsAsync(Update.Text, builder => builder.OnDelivery(Count))).Should().Be(0);
        (await CallsAsync(Update.Text, builder => builder.OnMessage<TextReceived>(Count))).Should().Be(1);
        (await CallsAsync(Update.Text, builder => builder.OnAnyMessage(Count))).Should().Be(1);
        (await CallsAsync(Update.Text, builder => builder.On<CustomerEvent>(Count))).Should().Be(1);
    }

    [Fact]
    public async Task Dispatch_StoreAwayWhenFinishingWhatNobodyHandles_ComesAgainAfterTheLease()
    {
        await using var scene = await EmulatedScene.StartAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.FinishAsync));
        await HappensAsync(scene, Update.Status);
        await scene.DrainAsync();
        scene.Store.Before = _ => Task.CompletedTask;

        await scene.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await scene.Store.ClaimAsync(new ClaimRequest(Instant.FromDateTimeOffset(scene.Meta.Clock.GetUtcNow()) + Duration.FromDays(1), Duration.FromMinutes(1), 10))).Should().BeEmpty();
    }

    private static Task HappensAsync(EmulatedScene scene, Update update) => update switch
    {
        Update.Status => scene.SendsOneStatusAsync(),
        Update.Text => scene.SaysAsync("hi"),
        _ => scene.Meta.SetTemplateStatusAsync("order_shipped", "en_US", "PAUSED"),
    };

    private async Task<int> CallsAsync(Update update, Action<WhatsSessionBuilder> build)
    {
        _calls = 0;
        await using var scene = await EmulatedScene.StartAsync(build);
        await HappensAsync(scene, update);
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
