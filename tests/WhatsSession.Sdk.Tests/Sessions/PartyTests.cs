namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>What is refused, or let through, because of the party or the kind of send.</summary>
public sealed class PartyTests
{
    private static readonly DirectSendMessage Direct = new(new TextMessage("Your table is ready."), DirectSendCategory.Utility) { TtlSeconds = 3600 };

    [Fact]
    public async Task SendAsync_OneTimeCodeToABsuid_IsInvalidWithoutRequest()
    {
        await using var scene = await Scene.StartAsync();

        var outcome = await scene.Runtime.Client.Number("support").Conversation(Given.UserId).SendAsync(new TemplateMessage("login_code", "en") { OneTimeCode = "482913" });

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Rule.Should().Contain("131062");
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_FallbackThatThePartyCannotGet_IsInvalidWithoutRequest()
    {
        await using var scene = await Scene.StartAsync();

        var outcome = await scene.Runtime.Client.Number("support").Conversation(Given.UserId).SendAsync(Given.Text, orTemplate: new TemplateMessage("login_code", "en") { OneTimeCode = "482913" });

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Path.Should().Be("orTemplate.recipient");
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_InteractiveToAGroup_IsInvalidWithoutRequest()
    {
        await using var scene = await Scene.StartAsync();

        var outcome = await scene.Runtime.Client.Number("support").Group("Z3JwOmludmVudGVkLWdyb3VwLTAwMQ").SendAsync(new LocationRequestMessage("Where?"));

        outcome.Should().BeOfType<SendOutcome.Invalid>();
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_DirectSendInAClosedWindow_IsAccepted()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(25));

        var outcome = await scene.Conversation.SendAsync(Direct);

        outcome.Should().BeOfType<SendOutcome.Accepted>();
        ((string?)scene.Http.Requests[0].Json["category"], (int?)scene.Http.Requests[0].Json["ttl_seconds"]).Should().Be(("utility", 3600));
    }

    [Fact]
    public async Task SendAsync_DirectSendWithFallback_Throws()
    {
        await using var scene = await Scene.StartAsync();

        await scene.Conversation.Invoking(c => c.SendAsync(Direct, new SendOptions { OrTemplate = Given.Template })).Should().ThrowAsync<ArgumentException>().WithMessage("*no fallback*");
    }

    [Fact]
    public async Task SendAsync_RawJsonThatIsNoObject_ThrowsBeforeAnythingIsStored()
    {
        await using var scene = await Scene.StartAsync();

        await scene.Conversation.Invoking(c => c.SendAsync(new RawMessage("poll", "[]"))).Should().ThrowAsync<ArgumentException>();
        await scene.Conversation.Invoking(c => c.SendAsync(Given.Text, orTemplate: new TemplateMessage("a", "de") { Buttons = [new TemplateButtonParameter.Flow(0) { Data = "[]" }] })).Should().ThrowAsync<ArgumentException>();

        scene.Store.Intents.Should().BeEmpty();
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_IdentityKeyHash_IsInTheRequest()
    {
        await using var scene = await Scene.StartAsync();

        await scene.Conversation.SendAsync(Direct, new SendOptions { IdentityKeyHash = "q7Zt4Vw9Lp0=" });

        ((string?)scene.Http.Requests[0].Json["recipient_identity_key_hash"]).Should().Be("q7Zt4Vw9Lp0=");
    }
}
