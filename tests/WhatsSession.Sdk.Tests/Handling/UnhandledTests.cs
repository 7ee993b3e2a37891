using System.Collections.Concurrent;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

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
    public async Task Dispatch_NobodyHandles_NeverWaitsInTheOutbox(Update update)
    {
        await using var scene = await EmulatedScene.StartAsync();
        await HappensAsync(scene, update);

        await scene.DrainAsync();

        (await scene.Store.ClaimAsync(Everything(Instant.FromDateTimeOffset(scene.Meta.Clock.GetUtcNow())))).Should().BeEmpty();
        (await scene.Runtime.Parked.ListAsync(10)).Should().BeEmpty();
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
    public async Task Dispatch_StatusesThatNobodyHandlesAnyMore_LeaveTheOutboxTogether()
    {
        var calls = new ConcurrentQueue<string>();
        await using var scene = await Scene.StartAsync();
        scene.Store.Before = method =>
        {
            calls.Enqueue(method);
            return Task.CompletedTask;
        };
        await QueueStatusesAsync(scene);
        await scene.DrainAsync();

        calls.Should().NotContain(nameof(IWhatsSessionStore.FinishAsync));
        calls.Where(call => call == nameof(IWhatsSessionStore.CompleteAsync)).Should().HaveCountLessThanOrEqualTo(2, "8 of the 16 places are for statuses");
        (await scene.Store.ClaimAsync(Everything(scene.Now))).Should().BeEmpty();
    }

    [Fact]
    public async Task Dispatch_StoreAwayWhenFinishingWhatNobodyHandles_ComesAgainAfterTheLease()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.CompleteAsync));
        await QueueStatusesAsync(scene);
        await scene.DrainAsync();
        scene.Store.Before = _ => Task.CompletedTask;

        await scene.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await scene.Store.ClaimAsync(Everything(scene.Now))).Should().BeEmpty();
    }

    private static ClaimRequest Everything(Instant now) => new(now + Duration.FromDays(1), Duration.FromMinutes(1), 100);

    /// <summary>As a host may have left them whose handlers took statuses.</summary>
    private static async Task QueueStatusesAsync(Scene scene) =>
        (await scene.Store.IngestAsync(new IngestBatch
        {
            Events = [.. Enumerable.Range(0, 12).Select(i => new StoredEvent
            {
                Key = EventKey.Of(Given.Number.Value, EventLane.Status, $"s{i}"),
                Lane = EventLane.Status,
                Field = "messages",
                Number = Given.Number,
                Conversation = new ConversationKey(Given.Number, CustomerId.Parse($"1555000{i:0000}")),
                Timestamp = scene.Now,
                ReceivedAt = scene.Now,
                Raw = "{}"u8.ToArray(),
            })],
            ReceivedAt = scene.Now,
        })).Dispatched.Should().Be(12);

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
