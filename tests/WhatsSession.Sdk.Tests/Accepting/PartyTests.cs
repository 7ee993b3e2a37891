using System.Text.Json.Nodes;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>What is refused, or let through, because of the party or the kind of send.</summary>
public sealed class PartyTests
{
    private static readonly DirectSendMessage Direct = new(new TextMessage("Your table is ready."), DirectSendCategory.Utility) { TtlSeconds = 3600 };

    [Fact]
    public async Task SendAsync_OneTimeCodeToABsuid_IsInvalidWithoutRequest()
    {
        await using var scene = await EmulatedScene.StartAsync();

        var outcome = await scene.Runtime.Client.Number("support").Conversation(scene.Customer.UserId).SendAsync(new TemplateMessage("login_code", "en") { OneTimeCode = "482913" });

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Rule.Should().Contain("131062");
        scene.Meta.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_FallbackThatThePartyCannotGet_IsInvalidWithoutRequest()
    {
        await using var scene = await EmulatedScene.StartAsync();

        var outcome = await scene.Runtime.Client.Number("support").Conversation(scene.Customer.UserId).SendAsync(Given.Text, orTemplate: new TemplateMessage("login_code", "en") { OneTimeCode = "482913" });

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Path.Should().Be("orTemplate.recipient");
        scene.Meta.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_InteractiveToAGroup_IsInvalidWithoutRequest()
    {
        await using var scene = await EmulatedScene.StartAsync();

        var outcome = await scene.Runtime.Client.Number("support").Group("Z3JwOmludmVudGVkLWdyb3VwLTAwMQ").SendAsync(new LocationRequestMessage("Where?"));

        outcome.Should().BeOfType<SendOutcome.Invalid>();
        scene.Meta.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_DirectSendInAClosedWindow_IsAccepted()
    {
        await using var scene = await EmulatedScene.StartAsync();
        await scene.SaysAsync("hello");
        await scene.AdvanceAsync(TimeSpan.FromHours(25));

        var outcome = await scene.Conversation.SendAsync(Direct);

        outcome.Should().BeOfType<SendOutcome.Accepted>();
        var received = JsonNode.Parse((await scene.Customer.NextAsync()).Json)!;
        ((string?)received["category"], (int?)received["ttl_seconds"]).Should().Be(("utility", 3600));
    }

    [Fact]
    public async Task SendAsync_DirectSendWithFallback_Throws()
    {
        await using var scene = await EmulatedScene.StartAsync();

        await scene.Conversation.Invoking(c => c.SendAsync(Direct, new SendOptions { OrTemplate = Given.Template })).Should().ThrowAsync<ArgumentException>().WithMessage("*no fallback*");
    }

    [Fact]
    public async Task SendAsync_RawJsonThatIsNoObject_ThrowsBeforeAnythingIsStored()
    {
        await using var scene = await EmulatedScene.StartAsync();

        await scene.Conversation.Invoking(c => c.SendAsync(new RawMessage("poll", "[]"))).Should().ThrowAsync<ArgumentException>();
        await scene.Conversation.Invoking(c => c.SendAsync(Given.Text, orTemplate: new TemplateMessage("a", "de") { Buttons = [new TemplateButtonParameter.Flow(0) { Data = "[]" }] })).Should().ThrowAsync<ArgumentException>();

        scene.Store.Intents.Should().BeEmpty();
        scene.Meta.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_IdentityKeyHash_IsInTheRequest()
    {
        await using var scene = await EmulatedScene.StartAsync();

        await scene.Conversation.SendAsync(Direct, new SendOptions { IdentityKeyHash = "q7Zt4Vw9Lp0=" });

        ((string?)JsonNode.Parse((await scene.Customer.NextAsync()).Json)!["recipient_identity_key_hash"]).Should().Be("q7Zt4Vw9Lp0=");
    }
}
