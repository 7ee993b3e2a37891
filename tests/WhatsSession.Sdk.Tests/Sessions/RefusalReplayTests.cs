using WhatsSession.Emulator;

namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>The consequences of a refusal by status while the store comes and goes: none is lost, none is drawn twice.</summary>
public sealed class RefusalReplayTests
{
    private static readonly TemplateMessage Fallback = new("order_shipped", "en_US", "42");

    private static readonly SendOptions HeldWithFallback = new() { OrTemplate = Fallback, WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) };

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.SettleIntentAsync))]
    [InlineData(nameof(IWhatsSessionStore.EnqueueAsync))]
    [InlineData(nameof(IWhatsSessionStore.HoldAsync))]
    [InlineData(nameof(IWhatsSessionStore.ClaimFallbackAsync))]
    [InlineData(nameof(IWhatsSessionStore.ReadSendAsync))]
    public async Task Refused_StoreFailsAtOneStep_EverythingFollowsWhenItIsBack(string method)
    {
        var refusals = 0;
        await using var scene = await StartAsync(builder => builder.On<SessionMessageRefused>("count", (_, _) =>
        {
            refusals++;
            return Task.CompletedTask;
        }));
        await SendRefusedAsync(scene);
        scene.Store.Fail(method);
        scene.Meta.Faults.HoldWebhooks = false;
        await scene.DrainAsync();

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        SentBy(scene).Should().Equal("text", "template");
        refusals.Should().Be(1);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().ContainSingle();
        (await scene.Conversation.GetWindowAsync()).MaySend.Should().BeFalse();
    }

    [Fact]
    public async Task Refused_WorkComesAgain_HoldsAndSendsOnce()
    {
        await using var scene = await StartAsync();
        await SendRefusedAsync(scene);
        scene.Store.Fail(nameof(IWhatsSessionStore.MarkHandledAsync), nameof(IWhatsSessionStore.FinishAsync));
        scene.Meta.Faults.HoldWebhooks = false;
        await scene.Meta.SettleAsync();
        await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30));
        scene.Store.Before = _ => Task.CompletedTask;
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().ContainSingle();
        await scene.SaysAsync("Yes?");
        await scene.DrainAsync();

        // The lease of what could not be finished has run out.
        await scene.AdvanceAsync(TimeSpan.FromHours(1));

        SentBy(scene).Should().BeEquivalentTo("text", "template", "text");
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.ReadAsync))]
    [InlineData(nameof(IWhatsSessionStore.TakeRetryAsync))]
    public async Task SecondTry_StoreFailsBeforeIt_IsMadeWhenItIsBack(string method)
    {
        await using var scene = await StartAsync();
        await scene.Conversation.RecordCustomerMessageAsync(NowOf(scene));
        await scene.Conversation.SendAsync(Given.Text, Fallback);
        await scene.DrainAsync();
        await scene.SaysAsync("hello");
        await scene.DrainAsync();
        scene.Store.Fail(method);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(10));

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        SentBy(scene).Should().Equal("text", "text");
    }

    private static async Task<EmulatedScene> StartAsync(Action<WhatsSessionBuilder>? build = null)
    {
        var scene = await EmulatedScene.StartAsync(build);
        scene.Meta.RefusalMode = RefusalMode.Asynchronous;
        return scene;
    }

    /// <summary>A message that Meta accepts, although the window is closed, and whose refusal is still on its way.</summary>
    private static async Task SendRefusedAsync(EmulatedScene scene)
    {
        scene.Meta.Faults.HoldWebhooks = true;
        await scene.Conversation.RecordCustomerMessageAsync(NowOf(scene) - NodaTime.Duration.FromHours(2));
        (await scene.Conversation.SendAsync(Given.Text, HeldWithFallback)).Should().BeOfType<SendOutcome.Accepted>();
    }

    private static NodaTime.Instant NowOf(EmulatedScene scene) => NodaTime.Instant.FromDateTimeOffset(scene.Meta.Clock.GetUtcNow());

    private static IEnumerable<string?> SentBy(EmulatedScene scene) => scene.Meta.Requests.Where(static request => request.MessageId is not null).Select(static request => request.Type);
}
