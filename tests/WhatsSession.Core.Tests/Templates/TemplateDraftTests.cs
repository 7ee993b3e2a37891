namespace WhatsSession.Core.Tests.Templates;

/// <summary>The limits of a template that is to be created, each at n and n + 1. Lengths are counted in code points.</summary>
public sealed class TemplateDraftTests
{
    private const string HeaderText = "components[header].text";
    private const string Family = "👨‍👩‍👧‍👦"; // Seven code points.

    private static readonly TemplateDraft Good = new(
        "order_ready",
        "en_US",
        TemplateCategory.Utility,
        new TemplateComponent.TextHeader("{{1}}") { Examples = ["Ready"] },
        new TemplateComponent.Body("Order {{1}} is ready.", "4410"),
        new TemplateComponent.Footer("Quill Kitchen"),
        new TemplateComponent.Buttons(new TemplateButtonDefinition.QuickReply("Thanks"), new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}") { Example = "https://quill.example.test/7" }));

    public static TheoryData<string, int, Func<string, TemplateComponent[]>> Lengths => new()
    {
        { HeaderText, 60, text => [new TemplateComponent.TextHeader(text), Body()] },
        { "components[body].text", 1024, text => [new TemplateComponent.Body(text)] },
        { "components[body].text", 600, text => [new TemplateComponent.Body(text), new TemplateComponent.LimitedTimeOffer("Soon")] },
        { "components[body].text", 160, text => [new TemplateComponent.Body(text), new TemplateComponent.Buttons(new TemplateButtonDefinition.Product("View"))] },
        { "components[footer].text", 60, text => [Body(), new TemplateComponent.Footer(text)] },
        { "components[limited_time_offer].limited_time_offer.text", 16, text => [Body(), new TemplateComponent.LimitedTimeOffer(text)] },
        { "components[buttons].buttons[0].text", 25, text => [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.QuickReply(text))] },
        { "components[buttons].buttons[0].text", 25, text => [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.Catalog(text))] },
        { "components[buttons].buttons[0].url", 2000, text => [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Map", text))] },
        { "components[buttons].buttons[0].phone_number", 20, text => [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.PhoneNumber("Call", text))] },
        { "components[buttons].buttons[0].example", 20, text => [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.CopyCode(text))] },
        { "components[buttons].buttons[0].example", 15, text => [Body(), new TemplateComponent.LimitedTimeOffer("Soon"), new TemplateComponent.Buttons(new TemplateButtonDefinition.CopyCode(text))] },
        { "components[carousel].cards[1].components[body].text", 160, text => [Body(), new TemplateComponent.Carousel(Card(), Card(new TemplateComponent.Body(text)))] },
    };

    public static TheoryData<string, TemplateComponent[]> Broken => new()
    {
        { "components", [] },
        { "components", [new TemplateComponent.Footer("f")] },
        { "components[body]", [Body(), Body()] },
        { "components[header]", [new TemplateComponent.TextHeader("a"), new TemplateComponent.MediaHeader(TemplateHeaderFormat.Image), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("{{1}} and {{2}}"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("{{1}} and {{1}}"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("two\nlines"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("Tea is ready 😀"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("Tea ☕ is ready"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("Made in 🇮🇳"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("With love ❤️"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("Floor 1️⃣"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("Your *big* day"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("_Your day_"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("Now ~20~ 10"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("`code`"), Body()] },
        { HeaderText, [new TemplateComponent.TextHeader("For {{first_name}}"), Body()] },
        { "components[body].text", [new TemplateComponent.Body("Order {{order_no}} for {{1}} is ready.")] },
        { "components[carousel].cards[1].components[body].text", [Body(), new TemplateComponent.Carousel(Card(), Card(new TemplateComponent.Body("A {{ware}} for you.")))] },
        { "components[header].format", [new TemplateComponent.MediaHeader(default), Body()] },
        { "components[body].text", [new TemplateComponent.Body()] },
        { "components[body].text", [new TemplateComponent.Body("{{1}} is ready.")] },
        { "components[body].text", [new TemplateComponent.Body("Ready is {{1}}")] },
        { "components[body].text", [new TemplateComponent.Body("Order {{1}} {{2}} is ready.")] },
        { "components[footer].text", [Body(), new TemplateComponent.Footer("of {{1}}, yes")] },
        { "components[buttons].buttons", [Body(), new TemplateComponent.Buttons()] },
        { "components[buttons].buttons", [Body(), Replies(11)] },
        { "components[buttons].buttons", [Body(), new TemplateComponent.Buttons(Url(), Url(), Url())] },
        { "components[buttons].buttons", [Body(), new TemplateComponent.Buttons(Phone(), Phone())] },
        { "components[buttons].buttons", [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.CopyCode("A"), new TemplateButtonDefinition.CopyCode("B"))] },
        { "components[buttons].buttons", [Body(), new TemplateComponent.Buttons(Reply(), Url(), Reply())] },
        { "components[buttons].buttons[0].url", [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}/x"))] },
        { "components[buttons].buttons[0].url", [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}/{{2}}"))] },
        { "components[buttons].buttons[0].url", [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}/{{1}}"))] },
        { "components[buttons].buttons[0]", [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.Flow("Rate"))] },
        { "components[buttons].buttons[0]", [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.Flow("Rate") { FlowId = "1", FlowName = "n" })] },
        { "components[buttons].buttons[0].otp_type", [Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.OneTimeCode(default))] },
        { "components[carousel].cards", [Body(), new TemplateComponent.Carousel(Card())] },
        { "components[carousel].cards", [Body(), new TemplateComponent.Carousel([.. Enumerable.Repeat(Card(), 11)])] },
        { "components[carousel].cards", [Body(), new TemplateComponent.Carousel(ProductCard(), ProductCard(), ProductCard())] },
        { "components[carousel].cards[1].components", [Body(), new TemplateComponent.Carousel(Card(), new TemplateCardDefinition(new TemplateComponent.Body("b")))] },
    };

    public static TheoryData<TemplateComponent[]> Right => new()
    {
        new[] { Body(), Replies(10) },
        new[] { Body(), new TemplateComponent.TextHeader("✓ 5 * 4, a snake_case_name & ~10 © №7 ™") },
        new TemplateComponent[] { Body(), new TemplateComponent.Buttons(Url(), Reply(), Reply(), Phone()) },
        new TemplateComponent[] { Body(), new TemplateComponent.Carousel(ProductCard(), ProductCard()) },
        new TemplateComponent[] { Body(), new TemplateComponent.Carousel([.. Enumerable.Repeat(Card(), 10)]) },
        new TemplateComponent[] { Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.RequestContactInfo()) },
        new TemplateComponent[] { Body(), new TemplateComponent.Raw("OF_TOMORROW"), new TemplateComponent.CallPermissionRequest() },
    };

    [Fact]
    public void Check_AGoodDraft_FindsNothing() => Good.Check().Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Lengths), DisableDiscoveryEnumeration = true)]
    public void Check_ATextOfTheGreatestLength_IsRightAndOneMoreIsNot(string path, int most, Func<string, TemplateComponent[]> components)
    {
        // A header takes no emoji; the last of these is a letter outside the basic plane.
        foreach (var end in path == HeaderText ? ["x", "e\u0301", "𝒳"] : new[] { "x", Family, "e\u0301", "😀" })
        {
            var length = end.EnumerateRunes().Count();
            var longest = string.Concat(new string('x', most - length), end);

            Check(components(longest)).Should().BeEmpty();
            var violation = Check(components("x" + longest)).Should().ContainSingle().Subject;
            (violation.Path, violation.Limit, violation.Actual).Should().Be((path, most, most + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void Check_ABrokenRule_IsNamed(string path, TemplateComponent[] components) => Check(components).Select(violation => violation.Path).Should().Equal(path);

    [Theory]
    [MemberData(nameof(Right), DisableDiscoveryEnumeration = true)]
    public void Check_WhatIsJustAllowed_FindsNothing(TemplateComponent[] components) => Check(components).Should().BeEmpty();

    [Theory]
    [InlineData("🀄")]
    [InlineData("🃏")]
    [InlineData("🆎")]
    [InlineData("🆑")]
    [InlineData("🆚")]
    [InlineData("🈁")]
    [InlineData("🈚")]
    [InlineData("🈯")]
    [InlineData("🈲")]
    [InlineData("🈶")]
    [InlineData("🈸")]
    [InlineData("🈺")]
    [InlineData("🉐")]
    [InlineData("🉑")]
    public void Check_ASquaredLetterOrTileInAHeader_IsAnEmoji(string emoji) =>
        Check([Body(), new TemplateComponent.TextHeader("A " + emoji)]).Should().ContainSingle().Which.Path.Should().Be(HeaderText);

    [Theory]
    [InlineData("UTILITY", 29, false)]
    [InlineData("UTILITY", 30, true)]
    [InlineData("UTILITY", 43_200, true)]
    [InlineData("UTILITY", 43_201, false)]
    [InlineData("UTILITY", -1, true)]
    [InlineData("AUTHENTICATION", 29, false)]
    [InlineData("AUTHENTICATION", 30, true)]
    [InlineData("AUTHENTICATION", 900, true)]
    [InlineData("AUTHENTICATION", 901, false)]
    [InlineData("AUTHENTICATION", -1, true)]
    [InlineData("MARKETING", 43_199, false)]
    [InlineData("MARKETING", 43_200, true)]
    [InlineData("MARKETING", 2_592_000, true)]
    [InlineData("MARKETING", 2_592_001, false)]
    [InlineData("MARKETING", -1, false)]
    [InlineData("OF_TOMORROW", 1, true)]
    public void Check_TimeToLive_HasTheRangeOfItsCategory(string category, int seconds, bool isRight)
    {
        var draft = new TemplateDraft("a", "en", new TemplateCategory(category), category == "AUTHENTICATION" ? new TemplateComponent.Body() : Body()) { MessageSendTtlSeconds = seconds };

        draft.Check().Select(violation => violation.Path).Should().Equal(isRight ? [] : ["message_send_ttl_seconds"]);
        new TemplateEdit { Category = new TemplateCategory(category), MessageSendTtlSeconds = seconds }.Check().Should().HaveCount(isRight ? 0 : 1);
    }

    /// <summary>Without the category, from the least to the most of them all.</summary>
    [Theory]
    [InlineData(-5, false)]
    [InlineData(-1, true)]
    [InlineData(29, false)]
    [InlineData(30, true)]
    [InlineData(2_592_000, true)]
    [InlineData(2_592_001, false)]
    public void Check_TimeToLiveOfAnEditAlone_HasTheRangeOfAllCategories(int seconds, bool isRight) =>
        new TemplateEdit { MessageSendTtlSeconds = seconds }.Check().Select(violation => violation.Path).Should().Equal(isRight ? [] : ["message_send_ttl_seconds"]);

    [Fact]
    public void Check_NumbersInADraftWithNames_AreRefused()
    {
        var named = new TemplateDraft("order_ready", "en_US", TemplateCategory.Utility, new TemplateComponent.TextHeader("For {{first_name}}"), new TemplateComponent.Body("Order {{1}} is ready."))
        {
            ParameterFormat = TemplateParameterFormat.Named,
        };

        named.Check().Should().ContainSingle().Which.Path.Should().Be("components[body].text");
        (named with { Components = [named.Components[0], new TemplateComponent.Body("Order {{order_no}} is ready."), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}"))] })
            .Check().Should().BeEmpty("the address of a button has a number always");
    }

    [Theory]
    [InlineData("OF_TOMORROW", "{{order_no}}", true)]
    [InlineData("OF_TOMORROW", "{{1}}", true)]
    [InlineData("OF_TOMORROW", "{{order_no}} of {{1}}", false)]
    [InlineData("named", "{{order_no}}", true)]
    [InlineData("named", "{{1}}", false)]
    [InlineData("positional", "{{order_no}}", false)]
    [InlineData("positional", "{{1}}", true)]
    public void Check_ThePlaceholdersOfAFormat_AreOfItsKind(string format, string placeholders, bool isRight) =>
        new TemplateDraft("order_ready", "en_US", TemplateCategory.Utility, new TemplateComponent.Body($"Order {placeholders} is ready.")) { ParameterFormat = new TemplateParameterFormat(format) }
            .Check().Should().HaveCount(isRight ? 0 : 1);

    [Fact]
    public void Check_AnEditThatMixesNamesAndNumbers_IsRefused()
    {
        new TemplateEdit { Components = [new TemplateComponent.TextHeader("For {{first_name}}"), new TemplateComponent.Body("Order {{1}} is ready.")] }.Check().Should().ContainSingle().Which.Path.Should().Be("components[body].text");
        new TemplateEdit { Components = [new TemplateComponent.TextHeader("For {{first_name}}"), new TemplateComponent.Body("Order {{order_no}} is ready.")] }.Check().Should().BeEmpty("the template may be one with names");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void Check_CodeExpiration_IsOneToNinetyMinutes(int minutes, bool isRight) =>
        new TemplateDraft("code", "en", TemplateCategory.Authentication, new TemplateComponent.Body { AddsSecurityAdvice = true }, new TemplateComponent.Footer { CodeExpirationMinutes = minutes })
            .Check().Select(violation => violation.Path).Should().Equal(isRight ? [] : ["components[footer].code_expiration_minutes"]);

    [Fact]
    public void Check_TextsOfAnAuthenticationTemplate_AreMetas() =>
        new TemplateDraft("code", "en", TemplateCategory.Authentication, new TemplateComponent.Body("Your code is here."), new TemplateComponent.Footer("f"))
            .Check().Select(violation => violation.Path).Should().Equal("components[body].text", "components[footer].text");

    [Fact]
    public void Check_NameLanguageAndCategory_AreRequired() =>
        new TemplateDraft("Order Ready", "english please", default, Body()).Check().Select(violation => violation.Path).Should().Equal("name", "language", "category");

    [Fact]
    public void Check_ATemplateOfTheLibrary_NeedsNoComponents() =>
        new TemplateDraft("order_ready", "en", TemplateCategory.Utility) { LibraryTemplateName = "order_ready_1" }.Check().Should().BeEmpty();

    [Fact]
    public void Check_AnEditOfNothing_IsPointless() => new TemplateEdit().Check().Should().ContainSingle();

    [Fact]
    public void Check_AnEdit_HasTheLimitsOfItsComponents()
    {
        new TemplateEdit { Components = [Body()] }.Check().Should().BeEmpty();
        new TemplateEdit { Components = [new TemplateComponent.Body { AddsSecurityAdvice = true }] }.Check().Should().BeEmpty("the template may be one for authentication");
        new TemplateEdit { Components = [new TemplateComponent.Body("{{1}}")] }.Check().Should().ContainSingle();
    }

    private static IReadOnlyList<Violation> Check(TemplateComponent[] components) => new TemplateDraft("order_ready", "en_US", TemplateCategory.Utility, components).Check();

    private static TemplateComponent Body() => new TemplateComponent.Body("Ready.");

    private static TemplateComponent Replies(int count) => new TemplateComponent.Buttons([.. Enumerable.Repeat(Reply(), count)]);

    private static TemplateButtonDefinition Reply() => new TemplateButtonDefinition.QuickReply("Thanks");

    private static TemplateButtonDefinition Url() => new TemplateButtonDefinition.Url("Map", "https://quill.example.test/");

    private static TemplateButtonDefinition Phone() => new TemplateButtonDefinition.PhoneNumber("Call", "+15550001234");

    private static TemplateCardDefinition Card(TemplateComponent? body = null) =>
        new([new TemplateComponent.MediaHeader(TemplateHeaderFormat.Image), .. body is null ? [] : new[] { body }, new TemplateComponent.Buttons(Reply())]);

    private static TemplateCardDefinition ProductCard() => new(new TemplateComponent.MediaHeader(TemplateHeaderFormat.Product), new TemplateComponent.Buttons(new TemplateButtonDefinition.Product("View")));
}
