using System.Collections.Concurrent;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>A group is a conversation with a window of its own.</summary>
public sealed class EmulatedGroupTests
{
    private const string Group = "Z3JwOmludmVudGVkLWdyb3VwLTAwMQ";
    private const string Other = "15550005678";

    [Fact]
    public async Task SendAsync_AfterAParticipantWrote_ReachesEveryParticipant()
    {
        await using var scene = await StartAsync();
        await scene.Customer.SaysInGroupAsync("hi", Group);

        (await GroupOf(scene).SendAsync(Given.Text)).Should().BeOfType<SendOutcome.Accepted>();

        foreach (var phone in (string[])[Given.Phone, Other])
        {
            (await scene.Meta.Customer(phone).NextAsync()).Should().Match<Emulator.ReceivedMessage>(message => message.Text == Given.Text.Body && message.GroupId == Group);
        }
    }

    [Fact]
    public async Task GetWindowAsync_ParticipantWrote_IsTheGroupsAndNotTheCustomers()
    {
        await using var scene = await (await StartAsync()).WithHistoryAsync();
        await scene.Customer.SaysInGroupAsync("hi", Group);

        (await GroupOf(scene).GetWindowAsync()).Until.Should().Be(Given.T0 + Duration.FromHours(49));
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.NeverOpened);
        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.WindowClosed>();

        await scene.SaysAsync("to you alone");
        await scene.AdvanceAsync(TimeSpan.FromHours(24));
        (await GroupOf(scene).SendAsync(Given.Text)).Should().BeOfType<SendOutcome.WindowClosed>();
    }

    [Fact]
    public async Task SendAsync_ClosedWithTemplate_SendsTheTemplateToTheGroup()
    {
        await using var scene = await (await StartAsync()).WithHistoryAsync();

        (await GroupOf(scene).SendAsync(Given.Text, orTemplate: Given.Template)).Should().BeOfType<SendOutcome.TemplateSent>();

        (await scene.Meta.Customer(Other).NextAsync()).Type.Should().Be("template");
    }

    [Fact]
    public async Task SendAsync_PinAndUnpin_ChangeWhatIsPinned()
    {
        await using var scene = await EmulatedScene.StartAsync();
        var group = scene.Meta.AddGroup(Group, [Given.Phone], Given.Number.Value);
        await scene.Customer.SaysInGroupAsync("hi", Group);
        var sent = (await GroupOf(scene).SendAsync(Given.Text)).MessageId!.Value;

        (await GroupOf(scene).SendAsync(new PinMessage(sent, 7))).IsAccepted.Should().BeTrue();
        group.Pinned.Should().Equal(sent.Value);
        (await GroupOf(scene).SendAsync(PinMessage.Unpin(sent))).IsAccepted.Should().BeTrue();
        group.Pinned.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_UnknownGroup_IsRejected()
    {
        await using var scene = await StartAsync();

        (await scene.Runtime.Client.Number("support").Group("bm9uZQ").SendAsync(Given.Template)).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(131041);
    }

    [Fact]
    public async Task ReplyAsync_MessageInAGroup_GoesToTheGroup()
    {
        await using var scene = await StartAsync(builder => builder.OnMessage<TextReceived>(async (message, cancellationToken) => await message.ReplyAsync("On it!", cancellationToken)));

        await scene.Customer.SaysInGroupAsync("hi", Group);
        await scene.DrainAsync();

        scene.Meta.Customer(Other).Received.Should().ContainSingle().Which.GroupId.Should().Be(Group);
    }

    [Fact]
    public async Task OnDelivery_MessageToAGroup_TellsOfEachParticipant()
    {
        var seen = new ConcurrentBag<string>();
        await using var scene = await StartAsync(builder => builder.OnDelivery((update, _) =>
        {
            seen.Add($"{update.Message.Status} {update.Message.ParticipantPhone?.Value} {update.Conversation.Key.Group?.Value}");
            return Task.CompletedTask;
        }));
        await scene.Customer.SaysInGroupAsync("hi", Group);

        await GroupOf(scene).SendAsync(Given.Text);
        await scene.DrainAsync();
        await scene.Meta.Customer(Other).ReadsAsync();
        await scene.DrainAsync();

        seen.Should().BeEquivalentTo($"sent  {Group}", $"delivered {Given.Phone} {Group}", $"delivered {Other} {Group}", $"read {Other} {Group}");
    }

    private static Conversation GroupOf(EmulatedScene scene) => scene.Runtime.Client.Number("support").Group(Group);

    private static async Task<EmulatedScene> StartAsync(Action<WhatsSessionBuilder>? build = null)
    {
        var scene = await EmulatedScene.StartAsync(build);
        scene.Meta.AddGroup(Group, [Given.Phone, Other], Given.Number.Value);
        return scene;
    }
}
