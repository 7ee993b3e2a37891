using System.Net;
using System.Text;

namespace WhatsSession.Sdk.Tests.TemplateCatalog;

[WithoutEmulator("Templates of kinds and states that the emulator does not take.")]
public sealed class UsableTemplatesTests
{
    private const string Page = """
        {"data":[
        {"id":"1","name":"we_wrote","language":"en_US","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hello {{1}}."}]},
        {"id":"2","name":"asleep","language":"en_US","status":"PAUSED","category":"UTILITY","components":[{"type":"BODY","text":"Hello."}]},
        {"id":"3","name":"code","language":"en_US","status":"APPROVED","category":"AUTHENTICATION","components":[{"type":"BODY","text":"Your code is {{1}}."},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy"}]}]},
        {"id":"4","name":"wares","language":"en_US","status":"APPROVED","category":"MARKETING","components":[{"type":"BODY","text":"Look."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View"}]}]},
        {"id":"5","name":"shipped","language":"en_US","status":"APPROVED","category":"UTILITY","sub_category":"ORDER_STATUS","components":[{"type":"BODY","text":"On its way."}]},
        {"id":"6","name":"tomorrow","language":"en_US","status":"SOMETHING_NEW","category":"UTILITY","components":[{"type":"BODY","text":"Hello."}]}
        ]}
        """;

    [Fact]
    public async Task ListUsableTemplatesAsync_ByPhone_HasAllThatAreApproved()
    {
        await using var scene = await StartAsync();

        (await NamesAsync(scene.Conversation)).Should().Equal("we_wrote", "code", "wares", "shipped");
    }

    [Fact]
    public async Task ListUsableTemplatesAsync_ByUserId_HasNoneForCodes()
    {
        await using var scene = await StartAsync();

        (await NamesAsync(scene.Runtime.Client.Number("support").Conversation(Given.UserId))).Should().Equal("we_wrote", "wares", "shipped");
    }

    [Fact]
    public async Task ListUsableTemplatesAsync_OfAGroup_HasNoneForCodesOrCommerce()
    {
        await using var scene = await StartAsync();

        (await NamesAsync(scene.Runtime.Client.Number("support").Group("Y2FwaV9ncm91cDoxNTU1MDA"))).Should().Equal("we_wrote");
    }

    [Fact]
    public async Task ListUsableTemplatesAsync_AskedOften_AsksMetaOnceAMinute()
    {
        await using var scene = await StartAsync();

        await NamesAsync(scene.Conversation);
        await NamesAsync(scene.Conversation);
        scene.Http.Requests.Should().ContainSingle();

        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await NamesAsync(scene.Conversation);
        scene.Http.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task ListUsableTemplatesAsync_MetaRefuses_ThrowsAndIsAskedAgain()
    {
        await using var scene = await StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"code":100,"message":"no"}}""");
        await FluentActions.Awaiting(() => NamesAsync(scene.Conversation)).Should().ThrowAsync<GraphErrorException>();

        scene.Http.AnswerWith(HttpStatusCode.OK, Page);

        (await NamesAsync(scene.Conversation)).Should().NotBeEmpty();
    }

    /// <summary>A code written as parts is known for one by its template alone.</summary>
    [Fact]
    public async Task SendAsync_FallbackThatItsTemplateDoesNotLetGoToThisParty_IsInvalidWithoutRequest()
    {
        await using var scene = await StartAsync(o => o.Guard.NoHistory = GuardChoice.Refuse);
        var conversation = scene.Runtime.Client.Number("support").Conversation(Given.UserId);
        await conversation.ListUsableTemplatesAsync();
        var code = new TemplateMessage("code", "en_US", "482913") { Buttons = [new TemplateButtonParameter.Url(0, "482913")] };

        var outcome = await conversation.SendAsync(Given.Text, orTemplate: code);

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Path.Should().Be("orTemplate.recipient");
        scene.Http.Requests.Should().ContainSingle("the list was asked for");
    }

    [Fact]
    public async Task SendAsync_FallbackOfJsonWhoseTemplateIsPaused_IsInvalidWithoutRequest()
    {
        await using var scene = await StartAsync(o => o.Guard.NoHistory = GuardChoice.Refuse);
        await scene.Conversation.ListUsableTemplatesAsync();

        var outcome = await scene.Conversation.SendAsync(Given.Text, orTemplate: new TemplateMessage("asleep", "en_US") { Json = """{"name":"asleep","language":{"code":"en_US"}}""" });

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Rule.Should().Contain("132015");
    }

    [Fact]
    public async Task ListUsableTemplatesAsync_WithoutAnAccount_SaysWhatToSet()
    {
        await using var scene = await Scene.StartAsync();

        await FluentActions.Awaiting(() => NamesAsync(scene.Conversation)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*set WhatsSession:Numbers:support:BusinessAccountId.");
    }

    private static async Task<Scene> StartAsync(Action<WhatsSessionOptions>? options = null)
    {
        var scene = await Scene.StartAsync(options: o =>
        {
            o.Numbers["support"].BusinessAccountId = Given.Account.Value;
            options?.Invoke(o);
        });
        scene.Http.AnswerWith(HttpStatusCode.OK, Encoding.UTF8.GetBytes(Page));
        return scene;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Conversation conversation) => [.. (await conversation.ListUsableTemplatesAsync()).Select(template => template.Name)];
}
