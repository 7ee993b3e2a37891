using NodaTime;

namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>The release of held messages while the store comes and goes: none is lost, none goes out twice.</summary>
public sealed class HeldReleaseTests
{
    [Theory]
    [InlineData(nameof(IWhatsSessionStore.FindHeldAsync))]
    [InlineData(nameof(IWhatsSessionStore.ReadSendAsync))]
    [InlineData(nameof(IWhatsSessionStore.ReadAsync))]
    [InlineData(nameof(IWhatsSessionStore.SaveIntentAsync))]
    public async Task Release_StoreFailsBeforeTheRequest_GoesOutWhenItIsBack(string method)
    {
        await using var scene = await HoldAsync();
        scene.Store.Fail(method);
        await scene.ReceiveTextAsync("Yes?");
        await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30));
        scene.Http.Requests.Should().BeEmpty();

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        scene.Http.Requests.Should().ContainSingle();
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Release_StoreFailsAfterTheRequest_GoesOutOnce()
    {
        await using var scene = await HoldAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.TakeHeldAsync));
        await scene.ReceiveTextAsync("Yes?");
        await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30));
        scene.Http.Requests.Should().ContainSingle();

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.ReceiveTextAsync("Hello?");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(10));

        scene.Http.Requests.Should().ContainSingle();
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Expiry_StoreFailsBetween_IsToldOnce()
    {
        var expired = 0;
        await using var scene = await HoldAsync(builder => builder.On<HeldMessageExpired>("count", (_, _) =>
        {
            expired++;
            return Task.CompletedTask;
        }));
        scene.Store.Fail(nameof(IWhatsSessionStore.TakeHeldAsync));
        await scene.AdvanceAsync(TimeSpan.FromDays(3));
        scene.Store.Before = _ => Task.CompletedTask;

        await scene.AdvanceAsync(TimeSpan.FromSeconds(10));

        expired.Should().Be(1);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    private static async Task<Scene> HoldAsync(Action<WhatsSessionBuilder>? build = null)
    {
        var scene = await (await Scene.StartAsync(build)).WithHistoryAsync();
        var outcome = await scene.Conversation.SendAsync(Given.Text, new SendOptions { WhenReopened = WhenReopened.Hold(Duration.FromDays(3)) });
        outcome.Should().BeOfType<SendOutcome.WindowClosed>().Which.HeldMessage.Should().NotBeNull();
        return scene;
    }
}
