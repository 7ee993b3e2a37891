using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>What the SDK promises while its store is away: nothing is acknowledged, the guard does not know, and everything resumes.</summary>
[WithoutEmulator("A store that fails.")]
public sealed class StoreDownTests
{
    [Fact]
    public async Task StoreDown_IsNever200AndTheGuardSaysUnknown_EverythingResumes()
    {
        var seen = new List<string>();
        await using var scene = await Scene.StartAsync(builder => builder.OnMessage<TextReceived>("note", (received, _) =>
        {
            seen.Add(received.Message.Text);
            return Task.CompletedTask;
        }));
        await scene.ReceiveTextAsync("before");
        await scene.DrainAsync();
        var during = Scene.TextFrom(Given.Phone, "during", "wamid.during", scene.Now);
        scene.Store.Fail(
            nameof(IWhatsSessionStore.IngestAsync), nameof(IWhatsSessionStore.ReadAsync), nameof(IWhatsSessionStore.ClaimAsync), nameof(IWhatsSessionStore.SaveIntentAsync),
            nameof(IWhatsSessionStore.SettleIntentAsync), nameof(IWhatsSessionStore.ClaimFallbackAsync));

        (await scene.AcceptAsync(during)).Should().Be(new AcceptResult(503, 0));
        (await scene.Runtime.Client.Number("support").Conversation(Given.UserId).SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.WindowClosed>()
            .Which.Reason.Should().Be(WindowClosedReason.Unknown, "without its claim no fallback may go");
        scene.Http.Requests.Should().BeEmpty();
        (await scene.Conversation.SendAsync(Given.Template)).IsAccepted.Should().BeTrue("a template needs no window");

        scene.Store.Before = _ => Task.CompletedTask;
        (await scene.AcceptAsync(during)).Should().Be(new AcceptResult(200, 1), "Meta sends it again");
        await scene.DrainAsync();

        seen.Should().Equal("before", "during");
        (await scene.Conversation.SendAsync(Given.Text)).IsAccepted.Should().BeTrue();
    }
}
