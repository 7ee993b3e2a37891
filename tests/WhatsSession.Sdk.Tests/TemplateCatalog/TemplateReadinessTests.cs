using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using WhatsSession.Emulator;
using WhatsSession.StorePromises;

namespace WhatsSession.Sdk.Tests.TemplateCatalog;

/// <summary>Templates that the options name as fallbacks, looked up at a <see cref="WhatsAppEmulator"/>.</summary>
public sealed class TemplateReadinessTests
{
    private const string Account = "271828182845904";

    private readonly FakeLogCollector _logs = new(Microsoft.Extensions.Options.Options.Create(new FakeLogCollectorOptions()));

    private IReadOnlyList<string> Warnings => [.. _logs.GetSnapshot().Where(record => record.Id.Id is 15 or 16).Select(record => record.GetStructuredStateValue("Problem")!)];

    [Fact]
    public async Task Start_FallbackIsReady_ReportsNothing()
    {
        await using var shop = await OpenAsync(Fallback("we_wrote", withText: true));

        (await ProblemsAsync(shop)).Should().BeEmpty();
        Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("lost_parcel", "en_US", true, "The fallback template \"lost_parcel\" (en_US) of number \"support\" is missing in the account.")]
    [InlineData("we_wrote", "de", true, "The fallback template \"we_wrote\" (de) of number \"support\" does not exist in this language; there is en_US.")]
    [InlineData("we_wrote", "en_US", false, "The fallback template \"we_wrote\" (en_US) of number \"support\" does not go with what is sent: template.components[body].parameters are 0; the body of the template takes 1 (132000).")]
    public async Task Start_FallbackIsNotReady_IsReportedByNameAndGoesOn(string template, string language, bool withText, string expected)
    {
        await using var shop = await OpenAsync(Fallback(template, withText, language));

        Warnings.Should().Equal(expected);
        (await ProblemsAsync(shop)).Should().Equal(expected);
    }

    [Theory]
    [InlineData("PAUSED", "is paused by Meta for its quality.")]
    [InlineData("REJECTED", "is not approved: its status is REJECTED.")]
    [InlineData("DISABLED", "is not approved: its status is DISABLED.")]
    public async Task StatusWebhook_OfAFallback_IsReportedUntilItIsApprovedAgain(string status, string expected)
    {
        await using var shop = await OpenAsync(Fallback("we_wrote", withText: true));

        await shop.Meta.SetTemplateStatusAsync("we_wrote", "en_US", status);
        await shop.SettleAsync();
        (await ProblemsAsync(shop)).Should().ContainSingle().Which.Should().EndWith(expected);
        Warnings.Should().ContainSingle().Which.Should().EndWith(expected);

        await shop.Meta.SetTemplateStatusAsync("we_wrote", "en_US", "APPROVED");
        await shop.SettleAsync();
        (await ProblemsAsync(shop)).Should().BeEmpty();
    }

    [Fact]
    public async Task CategoryWebhook_OfAFallback_IsReportedWhenItHappenedAndNotBefore()
    {
        await using var shop = await OpenAsync(Fallback("we_wrote", withText: true));
        const string Template = "\"message_template_id\":1,\"message_template_name\":\"we_wrote\",\"message_template_language\":\"en_US\"";

        await shop.PostAsync("template_category_update", $$"""{{{Template}},"new_category":"UTILITY","correct_category":"MARKETING"}""");
        await shop.SettleAsync();
        (await ProblemsAsync(shop)).Should().BeEmpty();

        await shop.PostAsync("template_category_update", $$"""{{{Template}},"previous_category":"UTILITY","new_category":"MARKETING"}""");
        await shop.SettleAsync();
        (await ProblemsAsync(shop)).Should().ContainSingle().Which.Should().EndWith("was moved by Meta from UTILITY to MARKETING, which changes its price.");
    }

    [Fact]
    public async Task ComponentsWebhook_OfAFallback_LooksItUpAgain()
    {
        await using var shop = await OpenAsync(Fallback("we_wrote", withText: true));
        var before = Lookups(shop);

        await shop.PostAsync("message_template_components_update", """{"message_template_id":1,"message_template_name":"we_wrote","message_template_language":"en_US","message_template_element":"Hi {{1}}"}""");
        await shop.PostAsync("message_template_components_update", """{"message_template_id":2,"message_template_name":"another","message_template_language":"en_US","message_template_element":"Hi"}""");
        await shop.SettleAsync();

        Lookups(shop).Should().Be(before + 1);
    }

    [Fact]
    public async Task Start_WithoutAnAccount_SaysSoAndAsksNobody()
    {
        await using var shop = await OpenAsync(o =>
        {
            Fallback("we_wrote", withText: true)(o);
            o.Numbers["support"].BusinessAccountId = null;
        });

        Warnings.Should().Equal("The fallback template \"we_wrote\" (en_US) of number \"support\" could not be looked up: WhatsSession:Numbers:support:BusinessAccountId is not set.");
        Lookups(shop).Should().Be(0);
        (await ProblemsAsync(shop)).Should().BeEmpty();
    }

    [Fact]
    public async Task Start_MetaIsAway_WarnsAndGoesOn()
    {
        await using var shop = await Shop.OpenAsync([]);
        shop.Meta.Faults.FailNext(ResponseFault.ServerError, 1);

        await using var runtime = await StartAsync(shop, AskingOnce(Fallback("we_wrote", withText: true)));

        Warnings.Should().ContainSingle().Which.Should().StartWith("The fallback template \"we_wrote\" (en_US) of number \"support\" could not be looked up: ");
    }

    [Fact]
    public async Task Start_MetaIsAwayAndTemplatesAreRequired_Fails()
    {
        await using var shop = await Shop.OpenAsync([]);
        shop.Meta.Faults.FailNext(ResponseFault.ServerError, 1);

        await FluentActions.Awaiting(() => StartAsync(shop, AskingOnce(Required("we_wrote")))).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("WhatsSession:RequireTemplates is true, and fallback templates are not ready. *\"we_wrote\" (en_US) of number \"support\" could not be looked up: *");
    }

    [Fact]
    public async Task Start_TemplateIsMissingAndTemplatesAreRequired_Fails()
    {
        await using var shop = await Shop.OpenAsync([]);

        await FluentActions.Awaiting(() => StartAsync(shop, Required("lost_parcel"))).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("WhatsSession:RequireTemplates is true, and fallback templates are not ready. The fallback template \"lost_parcel\" (en_US) of number \"support\" is missing in the account.");
    }

    [Fact]
    public async Task Start_TemplatesAreRequiredAndReady_Starts()
    {
        await using var shop = await Shop.OpenAsync([]);

        await using var runtime = await StartAsync(shop, Required("we_wrote"));

        (await runtime.CheckHealthAsync()).Problems.Should().NotContain(problem => problem.Kind == HealthProblemKind.TemplateNotReady);
    }

    [Fact]
    public async Task Start_RequiredWithoutAnAccount_IsAnOptionsFailure()
    {
        await using var shop = await Shop.OpenAsync([]);

        await FluentActions.Awaiting(() => StartAsync(shop, o =>
        {
            Required("we_wrote")(o);
            o.Numbers["support"].BusinessAccountId = null;
        })).Should().ThrowAsync<OptionsValidationException>().WithMessage("WhatsSession:Numbers:support:BusinessAccountId is missing, but WhatsSession:RequireTemplates is true*");
    }

    [Fact]
    public async Task Start_CancelledDuringTheLookup_IsCancelled()
    {
        await using var shop = await Shop.OpenAsync([]);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await FluentActions.Awaiting(() => StartAsync(shop, Fallback("we_wrote", withText: true), source.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task SendAsync_ClosedAndFallbackDoesNotFit_IsInvalidBeforeAnythingIsClaimed()
    {
        await using var shop = await OpenAsync(Fallback("order_shipped", withText: true));
        await shop.CloseAsync();
        await shop.Conversation.ListUsableTemplatesAsync();

        var outcome = await shop.Conversation.SendAsync(new TextMessage("Your parcel left."), new TemplateMessage("order_shipped", "en_US", "42", "too many"));

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.ToString().Should().Be("orTemplate.template.components[body].parameters are 2; the body of the template takes 1 (132000)");
        shop.Sent.Should().BeEmpty();
        (await shop.Hosts[0].AbandonedFallbacks.ListAsync(10)).Should().BeEmpty();
        (await shop.Conversation.SendAsync(new TextMessage("Your parcel left."), new TemplateMessage("order_shipped", "en_US", "42"))).Should().BeOfType<SendOutcome.TemplateSent>();
    }

    [Fact]
    public async Task SendAsync_OpenAndFallbackDoesNotFit_SendsTheMessage()
    {
        await using var shop = await OpenAsync(Fallback("order_shipped", withText: true));
        await shop.CustomerSaysAsync();

        var outcome = await shop.Conversation.SendAsync(new TextMessage("Your parcel left."), new TemplateMessage("order_shipped", "en_US", "42", "too many"));

        outcome.Should().BeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task SendAsync_FallbackIsNotKnown_IsLeftToMeta()
    {
        await using var shop = await OpenAsync(o => o.Numbers["support"].BusinessAccountId = Account);
        await shop.CloseAsync();

        var outcome = await shop.Conversation.SendAsync(new TextMessage("Your parcel left."), new TemplateMessage("order_shipped", "en_US", "42", "too many"));

        outcome.Should().BeOfType<SendOutcome.Rejected>();
        Lookups(shop).Should().Be(0);
    }

    private static Action<WhatsSessionOptions> Fallback(string template, bool withText, string language = "en_US") => o =>
    {
        o.Numbers["support"].BusinessAccountId = Account;
        o.Numbers["support"].Fallback.Template = template;
        o.Numbers["support"].Fallback.Language = language;
        o.Numbers["support"].Fallback.WithText = withText;
    };

    private static Action<WhatsSessionOptions> Required(string template) => o =>
    {
        Fallback(template, withText: true)(o);
        o.RequireTemplates = true;
    };

    /// <summary>The same with a deadline that leaves no time for a second look-up.</summary>
    private static Action<WhatsSessionOptions> AskingOnce(Action<WhatsSessionOptions> options) => o =>
    {
        options(o);
        o.Deadline = TimeSpan.FromSeconds(1);
    };

    private static async Task<IReadOnlyList<string>> ProblemsAsync(Shop shop) =>
        [.. (await shop.Hosts[0].CheckHealthAsync()).Problems.Where(problem => problem.Kind == HealthProblemKind.TemplateNotReady).Select(problem => problem.Description)];

    private static int Lookups(Shop shop) => shop.Meta.Requests.Count(request => request.Path.EndsWith("/message_templates", StringComparison.Ordinal));

    private Task<Shop> OpenAsync(Action<WhatsSessionOptions> options) => Shop.OpenAsync([new InMemoryStore()], options, (builder, _) => AddLogs(builder));

    private Task<WhatsSessionRuntime> StartAsync(Shop shop, Action<WhatsSessionOptions> options, CancellationToken cancellationToken = default) => WhatsSessionRuntime.StartAsync(
        o =>
        {
            o.Numbers.Add("support", Shop.Number, "dev");
            o.GraphBaseAddress = shop.Meta.BaseAddress;
            options(o);
        },
        AddLogs,
        cancellationToken);

    private void AddLogs(WhatsSessionBuilder builder) => builder.Services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_logs)));
}
