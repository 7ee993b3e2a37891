namespace WhatsSession.Core.Tests.Templates;

/// <summary>A message against its template: what Meta would refuse is found before it is asked.</summary>
public sealed class TemplateDefinitionTests
{
    private const string Body = "template.components[body].parameters";
    private const string Header = "template.components[header].parameters[0]";

    private static readonly TemplateMessage Message = new("order_ready", "en_US", "4410", "Hill store");

    private static readonly TemplateDefinition Positional = Of(new TemplateComponent.Body("Order {{1}} is ready at {{2}}.", "4410", "Hill store"));

    private static readonly TemplateDefinition Named =
        Of(new TemplateComponent.TextHeader("Hello {{first_name}}"), new TemplateComponent.Body("Order {{order_no}} is ready at {{store}}.")) with { ParameterFormat = TemplateParameterFormat.Named };

    private static readonly TemplateMessage NamedMessage = new("order_ready", "en_US")
    {
        Header = new TemplateHeader.Text("Marta") { Name = "first_name" },
        Body = [Value("store"), Value("order_no")],
    };

    private static readonly ConversationKey Bsuid = new(Given.Number, CustomerId.Parse(Samples.MarkedUserId));
    private static readonly ConversationKey Group = new(Given.Number, GroupId.Parse("Z3JvdXA"));

    public static TheoryData<string> BlockingStatuses => ["PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "PENDING_DELETION", "DELETED", "LIMIT_EXCEEDED", "ARCHIVED"];

    public static TheoryData<string> OtherStatuses => ["APPROVED", "FLAGGED", "REINSTATED", "LOCKED", "OF_TOMORROW", ""];

    [Fact]
    public void Check_AMessageThatFits_FindsNothing()
    {
        Positional.Check(Message).Should().BeEmpty();
        Named.Check(NamedMessage).Should().BeEmpty();
    }

    [Fact]
    public void Check_AnotherNameAndLanguage_NamesBoth() =>
        Paths(Positional, Message with { Name = "order_gone", Language = "de" }).Should().Equal("template.name", "template.language.code");

    [Theory]
    [MemberData(nameof(BlockingStatuses))]
    public void Check_AStatusInWhichMetaRefuses_SaysSo(string status) =>
        (Positional with { Status = new TemplateStatus(status) }).Check(Message).Should().ContainSingle().Which.Rule.Should().Contain(status);

    /// <summary>What Meta calls a template tomorrow may well be a template that can be sent.</summary>
    [Theory]
    [MemberData(nameof(OtherStatuses))]
    public void Check_AnyOtherStatus_FindsNothing(string status) => (Positional with { Status = new TemplateStatus(status) }).Check(Message).Should().BeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Check_AnotherNumberOfValues_SaysHowMany(int count)
    {
        var violation = Positional.Check(new TemplateMessage("order_ready", "en_US", [.. Enumerable.Repeat("x", count)])).Should().ContainSingle().Subject;

        (violation.Path, violation.Limit, violation.Actual).Should().Be((Body, 2, count));
    }

    [Fact]
    public void Check_OnePlaceholderTwice_TakesOneValue() =>
        Of(new TemplateComponent.Body("Order {{1}}, again {{1}}.")).Check(new TemplateMessage("order_ready", "en_US", "4410")).Should().BeEmpty();

    [Fact]
    public void Check_NamesForNumbers_IsAMismatch() =>
        Paths(Positional, new TemplateMessage("order_ready", "en_US") { Body = [Value("1"), Value("2")] }).Should().Equal(Body + "[0].parameter_name", Body + "[1].parameter_name");

    [Fact]
    public void Check_NumbersForNames_IsAMismatch() =>
        Paths(Named, NamedMessage with { Body = ["a", "b"] }).Should().Equal(Body + "[0].parameter_name", Body + "[1].parameter_name", Body);

    [Fact]
    public void Check_AMissingAnUnknownAndARepeatedName_NamesEach()
    {
        Named.Check(NamedMessage with { Body = [Value("store"), Value("stroe")] }).Select(violation => violation.ToString()).Should().Equal(
            $"{Body}[1].parameter_name is not, or not once, one of the placeholders of the template: order_no, store (132012)",
            $"{Body} lack order_no (132000)");
        Paths(Named, NamedMessage with { Body = [Value("store"), Value("store")] }).Should().Equal(Body + "[1].parameter_name", Body);
    }

    /// <summary>Not every answer of Meta's tells the format.</summary>
    [Fact]
    public void Check_WithoutAFormat_GoesByThePlaceholders()
    {
        (Named with { ParameterFormat = default }).Check(NamedMessage).Should().BeEmpty();
        (Positional with { ParameterFormat = default }).Check(Message).Should().BeEmpty();
        (Positional with { ParameterFormat = default }).Check(NamedMessage with { Header = null }).Should().NotBeEmpty();
    }

    [Fact]
    public void Check_ATextHeader_TakesItsPlaceholderAlone()
    {
        Paths(Named, NamedMessage with { Header = null }).Should().Equal(Header);
        Paths(Named, NamedMessage with { Header = new TemplateHeader.Text("Marta") { Name = "name" } }).Should().Equal(Header + ".parameter_name");
        Paths(Named, NamedMessage with { Header = "Marta" }).Should().Equal(Header + ".parameter_name");
        Paths(Positional, Message with { Header = "Marta" }).Should().Equal(Header);
        Paths(Of(new TemplateComponent.TextHeader("Ready"), Positional.Components[0]), Message with { Header = "Marta" }).Should().Equal(Header);
        Paths(Of(new TemplateComponent.TextHeader("Ready, {{1}}"), Positional.Components[0]), Message with { Header = new TemplateHeader.Text("Marta") { Name = "x" } }).Should().Equal(Header + ".parameter_name");
    }

    [Fact]
    public void Check_EveryKindOfHeader_TakesItsOwnKindAlone()
    {
        TemplateHeaderFormat[] formats =
        [
            TemplateHeaderFormat.Image, TemplateHeaderFormat.Video, TemplateHeaderFormat.Gif, TemplateHeaderFormat.Document, TemplateHeaderFormat.Location, TemplateHeaderFormat.Product,
        ];
        for (var i = 0; i < formats.Length; i++)
        {
            var template = Of(new TemplateComponent.MediaHeader(formats[i]), Positional.Components[0]);

            // The first of the samples is the text.
            var accepted = Samples.TemplateHeaders.Select((header, place) => (place, template.Check(Message with { Header = header }).Count)).Where(entry => entry.Count == 0).Select(entry => entry.place);
            accepted.Should().Equal(i + 1);
            Paths(template, Message).Should().Equal(Header);
        }
    }

    [Fact]
    public void Check_AHeaderOfTomorrow_IsLeftToMeta() =>
        Of(new TemplateComponent.MediaHeader(new TemplateHeaderFormat("HOLOGRAM")), Positional.Components[0]).Check(Message with { Header = new TemplateHeader.Image(Samples.Link) }).Should().BeEmpty();

    [Fact]
    public void Check_EveryKindOfButton_TakesItsOwnKindAlone()
    {
        // In the order of the samples of values.
        TemplateButtonDefinition[] buttons =
        [
            new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}"),
            new TemplateButtonDefinition.QuickReply("Thanks"),
            new TemplateButtonDefinition.CopyCode("KETTLE20"),
            new TemplateButtonDefinition.Flow("Rate us"),
            new TemplateButtonDefinition.Catalog("See all"),
            new TemplateButtonDefinition.Products("See all"),
            new TemplateButtonDefinition.VoiceCall("Call us"),
            new TemplateButtonDefinition.OrderDetails("Pay"),
        ];
        for (var i = 0; i < buttons.Length; i++)
        {
            var template = Of(Positional.Components[0], new TemplateComponent.Buttons(buttons[i]));

            Samples.TemplateButtons.Select((value, place) => (place, template.Check(Message with { Buttons = [value with { Index = 0 }] }).Count)).Where(entry => entry.Count == 0).Select(entry => entry.place)
                .Should().Equal(i);
        }
    }

    [Fact]
    public void Check_ButtonsThatNeedAValue_AreThese()
    {
        TemplateButtonDefinition[] buttons =
        [
            new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}"),
            new TemplateButtonDefinition.Url("Map", "https://quill.example.test/"),
            new TemplateButtonDefinition.QuickReply("Thanks"),
            new TemplateButtonDefinition.PhoneNumber("Call", "+15550001234"),
            new TemplateButtonDefinition.CopyCode("KETTLE20"),
            new TemplateButtonDefinition.Flow("Rate us"),
            new TemplateButtonDefinition.Catalog("See all"),
            new TemplateButtonDefinition.Products("See all"),
            new TemplateButtonDefinition.Product("See it"),
            new TemplateButtonDefinition.VoiceCall("Call us"),
            new TemplateButtonDefinition.App("Open"),
            new TemplateButtonDefinition.OrderDetails("Pay"),
            new TemplateButtonDefinition.RequestContactInfo(),
            new TemplateButtonDefinition.Raw("OF_TOMORROW"),
        ];

        buttons.Where(button => Of(Positional.Components[0], new TemplateComponent.Buttons(button)).Check(Message).Count > 0).Select(button => button.Kind).Should().Equal("URL", "COPY_CODE", "MPM", "ORDER_DETAILS");
    }

    [Fact]
    public void Check_AValueForNoButtonOrOneWithoutPlaceholder_IsSurplus()
    {
        var template = Of(Positional.Components[0], new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Map", "https://quill.example.test/"), new TemplateButtonDefinition.Raw("OF_TOMORROW")));

        Paths(template, Message with { Buttons = [new TemplateButtonParameter.Url(0, "x"), new TemplateButtonParameter.Catalog(1), new TemplateButtonParameter.Url(2, "x")] })
            .Should().Equal("template.components[button 0]", "template.components[button 2]");
        Paths(Positional, Message with { Buttons = [new TemplateButtonParameter.QuickReply(0, "x")] }).Should().Equal("template.components[button 0]");
    }

    [Fact]
    public void Check_AnAuthenticationTemplate_TakesACodeAlone()
    {
        // As it is created, and as Meta lists it.
        var created = Of(new TemplateComponent.Body(), new TemplateComponent.Buttons(new TemplateButtonDefinition.OneTimeCode(OneTimeCodeKind.CopyCode)));
        var listed = Of(new TemplateComponent.Body("*{{1}}* is your code."), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Copy code", "https://www.whatsapp.com/otp/code/?code=otp{{1}}"))) with
        {
            Category = TemplateCategory.Authentication,
        };
        var message = new TemplateMessage("order_ready", "en_US") { OneTimeCode = "482913" };

        created.Check(message).Should().BeEmpty();
        listed.Check(message).Should().BeEmpty();
        listed.Check(new TemplateMessage("order_ready", "en_US", "482913") { Buttons = [new TemplateButtonParameter.Url(0, "482913")] }).Should().BeEmpty();
        created.Check(message with { OneTimeCode = null }).Should().ContainSingle();
        listed.Check(message with { OneTimeCode = null }).Should().NotBeEmpty();
        Paths(Positional, message).Should().Equal("template.components");
    }

    [Fact]
    public void Check_AnOfferThatEnds_NeedsItsEnd()
    {
        var template = Of(Positional.Components[0], new TemplateComponent.LimitedTimeOffer("Ends soon") { HasExpiration = true });

        Paths(template, Message).Should().Equal("template.components[limited_time_offer]");
        template.Check(Message with { OfferEnds = Given.Noon }).Should().BeEmpty();
        Paths(Positional, Message with { OfferEnds = Given.Noon }).Should().Equal("template.components[limited_time_offer]");
        Of(Positional.Components[0], new TemplateComponent.LimitedTimeOffer("Ends soon") { HasExpiration = false }).Check(Message).Should().BeEmpty();
    }

    [Fact]
    public void Check_AnOrderStatusTemplate_NeedsTheOrder()
    {
        var template = Positional with { SubCategory = "ORDER_STATUS" };
        var update = new OrderUpdate("ord-4410", OrderStatus.Shipped);

        Paths(template, Message).Should().Equal("template.components[order_status]");
        template.Check(Message with { OrderUpdate = update }).Should().BeEmpty();
        Paths(Positional with { SubCategory = "CUSTOM" }, Message with { OrderUpdate = update }).Should().Equal("template.components[order_status]");
        Positional.Check(Message with { OrderUpdate = update }).Should().BeEmpty("nobody told what the template is for");
    }

    [Fact]
    public void Check_Cards_AreAsManyAsTheTemplateHasAndEachIsCompared()
    {
        var template = Of(Positional.Components[0], new TemplateComponent.Carousel(MediaCard(TemplateHeaderFormat.Image), MediaCard(TemplateHeaderFormat.Video)));
        var first = new TemplateCard(new TemplateHeader.Image(Samples.Link)) { Body = ["Kettle"] };
        var second = new TemplateCard(new TemplateHeader.Video(Samples.Link)) { Body = ["Mug"] };
        const string Cards = "template.components[carousel].cards";

        template.Check(Message with { Cards = [first, second] }).Should().BeEmpty();
        Paths(template, Message with { Cards = [first, second, second] }).Should().Equal(Cards);
        Paths(template, Message).Should().Equal(Cards);
        Paths(template, Message with { Cards = [second, second with { Body = [], Buttons = [new TemplateButtonParameter.Url(0, "x")] }] })
            .Should().Equal(Cards + "[0].components[header].parameters[0]", Cards + "[1].components[body].parameters", Cards + "[1].components[button 0]");
        Paths(Positional, Message with { Cards = [first, second] }).Should().Equal(Cards);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Check_CardsOfProducts_AreTwoToTen(int count, bool isRight)
    {
        var card = new TemplateCardDefinition(new TemplateComponent.MediaHeader(TemplateHeaderFormat.Product));
        var template = Of(Positional.Components[0], new TemplateComponent.Carousel(card, card));

        template.Check(Message with { Cards = [.. Enumerable.Repeat(new TemplateCard(new TemplateHeader.Product("1", "K")), count)] }).Should().HaveCount(isRight ? 0 : 1);
    }

    [Fact]
    public void Check_MarketingDeliveryOfAnotherCategory_IsRefused()
    {
        Paths(Positional, Message with { Marketing = new MarketingDelivery() }).Should().Equal("template");
        (Positional with { Category = TemplateCategory.Marketing }).Check(Message with { Marketing = new MarketingDelivery() }).Should().BeEmpty();
    }

    /// <summary>A list may be asked for without components.</summary>
    [Fact]
    public void Check_ATemplateWithoutComponents_ComparesNameLanguageAndStatus() =>
        (Positional with { Components = [] }).Check(Message with { Header = "x" }).Should().BeEmpty();

    /// <summary>Its parts are in the JSON, which is not looked into.</summary>
    [Fact]
    public void Check_AMessageOfJson_ComparesNameLanguageAndStatus()
    {
        var message = new TemplateMessage("order_ready", "en_US") { Json = "{}" };

        Named.Check(message).Should().BeEmpty();
        Paths(Named with { Status = TemplateStatus.Paused }, message with { Name = "order_gone", Language = "de" }).Should().Equal("template.name", "template.language.code", "template");
    }

    /// <summary>On the wire it is what a one-time code is; only the template tells.</summary>
    [Fact]
    public void CheckFor_ACodeWrittenAsParts_GoesToPhonesOnly()
    {
        var template = Of(new TemplateComponent.Body("*{{1}}* is your code."), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Copy code", "https://www.whatsapp.com/otp/code/?code=otp{{1}}"))) with
        {
            Category = TemplateCategory.Authentication,
        };
        var message = new TemplateMessage("order_ready", "en_US", "482913") { Buttons = [new TemplateButtonParameter.Url(0, "482913")] };

        template.CheckFor(message, Given.Key).Should().BeEmpty();
        template.CheckFor(message, Bsuid).Should().ContainSingle().Which.Should().Match<Violation>(violation => violation.Path == "recipient" && violation.Rule.Contains("131062"));
        template.CheckFor(message, Group).Should().ContainSingle().Which.Path.Should().Be("type");
        template.CheckFor(message with { Body = [] }, Bsuid).Select(violation => violation.Path).Should().Equal(Body, "recipient");
    }

    [Fact]
    public void CheckFor_TemplatesOfTextAndMedia_GoToEveryone()
    {
        TemplateDefinition[] templates = [Positional, Named, Of(new TemplateComponent.MediaHeader(TemplateHeaderFormat.Image), Positional.Components[0], new TemplateComponent.Buttons(new TemplateButtonDefinition.QuickReply("Thanks")))];

        templates.SelectMany(template => new[] { Given.Key, Bsuid, Group }.SelectMany(template.CheckFor)).Should().BeEmpty();
    }

    [Fact]
    public void CheckFor_TemplatesOfMoreThanTextAndMedia_DoNotGoToGroups()
    {
        TemplateButtonDefinition[] buttons =
        [
            new TemplateButtonDefinition.Catalog("a"), new TemplateButtonDefinition.Products("a"), new TemplateButtonDefinition.Product("a"),
            new TemplateButtonDefinition.OrderDetails("a"), new TemplateButtonDefinition.VoiceCall("a"), new TemplateButtonDefinition.Flow("a"), new TemplateButtonDefinition.OneTimeCode(OneTimeCodeKind.CopyCode),
        ];
        TemplateDefinition[] templates =
        [
            .. buttons.Select(button => Of(Positional.Components[0], new TemplateComponent.Buttons(button))),
            Of(new TemplateComponent.MediaHeader(TemplateHeaderFormat.Product)),
            Of(new TemplateComponent.MediaHeader(TemplateHeaderFormat.Location)),
            Of(new TemplateComponent.CallPermissionRequest()),
            Of(new TemplateComponent.Carousel(MediaCard(TemplateHeaderFormat.Image))),
            Of(new TemplateComponent.Raw("ORDER_STATUS")),
            Positional with { SubCategory = "ORDER_STATUS" },
        ];

        templates.Should().OnlyContain(template => template.CheckFor(Given.Key).Count == 0 && template.CheckFor(Group).Count == 1);
    }

    [Fact]
    public void CheckFor_NoMessage_Throws() => Positional.Invoking(template => template.CheckFor(null!, Group)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Check_NoMessage_Throws() => Positional.Invoking(template => template.Check(null!)).Should().Throw<ArgumentNullException>();

    private static TemplateCardDefinition MediaCard(TemplateHeaderFormat format) => new(new TemplateComponent.MediaHeader(format), new TemplateComponent.Body("A {{1}} for you."));

    private static TemplateParameter Value(string name) => new TemplateParameter.Text("x") { Name = name };

    private static IEnumerable<string> Paths(TemplateDefinition template, TemplateMessage message) => template.Check(message).Select(violation => violation.Path);

    private static TemplateDefinition Of(params TemplateComponent[] components) => new()
    {
        Name = "order_ready",
        Language = "en_US",
        Category = TemplateCategory.Utility,
        Status = TemplateStatus.Approved,
        Components = components,
    };
}
