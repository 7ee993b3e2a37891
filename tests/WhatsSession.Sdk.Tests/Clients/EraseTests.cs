using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Clients;

/// <summary>What <see cref="Conversation.EraseAsync"/> leaves, on the one way that a program has to it. The stores' own share is in the suite of the contract.</summary>
[WithoutEmulator("What the store keeps; Meta takes no part in it.")]
public sealed class EraseTests
{
    [Fact]
    public async Task EraseAsync_Conversation_LeavesNoWindowAndNoMessages()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        await scene.ReceiveTextAsync("secret");
        await scene.Conversation.SendAsync(Given.Text);

        await scene.Conversation.EraseAsync();

        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.NeverOpened);
        (await scene.Conversation.GetHistoryAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task EraseAsync_RedeliveryAfterwards_IsNeitherKeptNorHandled()
    {
        var handled = new List<string>();
        await using var scene = await Scene.StartAsync(builder => builder.OnMessage<TextReceived>((message, _) =>
        {
            handled.Add(message.Message.Text);
            return Task.CompletedTask;
        }));
        var payload = Scene.TextFrom(Given.Phone, "old", "wamid.old", scene.Now);
        await scene.AcceptAsync(payload);
        await scene.DrainAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.Conversation.EraseAsync();

        await scene.AcceptAsync(payload);
        await scene.DrainAsync();

        handled.Should().Equal("old");
        (await scene.Conversation.GetHistoryAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task EraseAsync_MessageAfterwards_IsANewConversation()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync("old");
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.Conversation.EraseAsync();
        await scene.ReceiveTextAsync("new");

        (await scene.Conversation.GetHistoryAsync(10)).Should().ContainSingle();
    }

    [Fact]
    public async Task EraseAsync_StoreAway_Throws()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.EraseAsync));

        await scene.Conversation.Awaiting(conversation => conversation.EraseAsync().AsTask()).Should().ThrowAsync<StoreUnavailableException>();
    }
}
