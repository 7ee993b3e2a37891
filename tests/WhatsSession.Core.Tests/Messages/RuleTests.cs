namespace WhatsSession.Core.Tests.Messages;

/// <summary>The rules of the platform that are not of length or number.</summary>
public sealed class RuleTests
{
    private const string Parameters = "interactive.action.parameters";

    private static readonly Uri Page = new("https://shop.example/page");
    private static readonly Uri File = new("file:///etc/passwd");
    private static readonly MessageHeader Image = new MessageHeader.Image(MediaSource.FromId("1"));
    private static readonly MediaCard Slide = new(Image, new CardAction.OpenUrl("Open", Page));
    private static readonly ContactDetails Ana = new(new ContactName("Ana", "Silva"));
    private static readonly FlowMessage Flow = new("Text", "Open", new FlowAction.DataExchange()) { FlowId = "1" };
    private static readonly TemplateMessage Template = new("a", "de");

    private static readonly Dictionary<string, (Message Message, string Path)> Broken = new(StringComparer.Ordinal)
    {
        ["latitude above 90"] = (new LocationMessage(90.01, 0), "location.latitude"),
        ["longitude below -180"] = (new LocationMessage(0, -180.01), "location.longitude"),
        ["latitude that is no number"] = (new LocationMessage(double.NaN, 0), "location.latitude"),
        ["contact with formatted name alone"] = (new ContactsMessage(new ContactDetails(new ContactName("Ana"))), "contacts[0].name"),
        ["WhatsApp id that is no phone"] = (new ContactsMessage(Ana with { Phones = [new ContactPhone("1") { WhatsAppId = CustomerId.Parse(Samples.MarkedUserId) }] }), "contacts[0].phones[0].wa_id"),
        ["address of a contact that is no web page"] = (new ContactsMessage(Ana with { Urls = [new ContactUrl(File)] }), "contacts[0].urls[0].url"),
        ["pin of no message"] = (new PinMessage(default, 1), "pin.message_id"),
        ["link that is no web page"] = (new CtaUrlMessage("Text", "Open", File), Parameters + ".url"),
        ["header of a link"] = (new CtaUrlMessage("Text", "Open", Page) { Header = new MessageHeader.Image(MediaSource.FromLink(File)) }, "interactive.header.image.link"),
        ["footer of a location request"] = (new LocationRequestMessage("Text") { Footer = "Footer" }, "interactive.footer"),
        ["footer of a media carousel"] = (new MediaCarouselMessage("Text", Slide, Slide) { Footer = "Footer" }, "interactive.footer"),
        ["footer of a product carousel"] = (new ProductCarouselMessage("Text", "1", "a", "b") { Footer = "Footer" }, "interactive.footer"),
        ["footer of a call permission request"] = (new CallPermissionRequestMessage { Footer = "Footer" }, "interactive.footer"),
        ["country in small letters"] = (new AddressMessage("Text", "in"), Parameters + ".country"),
        ["country of three letters"] = (new AddressMessage("Text", "IND"), Parameters + ".country"),
        ["country without an address form"] = (new AddressMessage("Text", "US"), Parameters + ".country"),
        ["same id twice on a card"] = (Carousel(new ReplyButton("a", "A"), new ReplyButton("a", "B")), "interactive.action.cards[0].action.buttons[1].quick_reply.id"),
        ["same title twice on a card"] = (Carousel(new ReplyButton("a", "A"), new ReplyButton("b", "A")), "interactive.action.cards[0].action.buttons[1].quick_reply.title"),
        ["voice note of another codec"] = (new VoiceMessage(MediaSource.FromBytes(new byte[1], "audio/ogg; codecs=vorbis")), "audio"),
        ["flow without id and name"] = (Flow with { FlowId = null }, Parameters),
        ["flow with id and name"] = (Flow with { FlowName = "name" }, Parameters),
        ["flow with empty data"] = (Flow with { Action = new FlowAction.Navigate("FIRST") { Data = " { }\n" } }, Parameters + ".flow_action_payload.data"),
        ["card with a text header"] = (new MediaCarouselMessage("Text", Slide, Slide with { Header = "Header" }), "interactive.action.cards[1].header"),
        ["card with a document"] = (new MediaCarouselMessage("Text", Slide, Slide with { Header = new MessageHeader.Document(MediaSource.FromId("1")) }), "interactive.action.cards[1].header"),
        ["card with a bad link"] = (new MediaCarouselMessage("Text", Slide, Slide with { Action = new CardAction.OpenUrl("Open", File) }), "interactive.action.cards[1].action.parameters.url"),
        ["cards with other kinds of buttons"] = (new MediaCarouselMessage("Text", Slide, Slide with { Action = Replies(1) }), "interactive.action.cards[1].action"),
        ["cards with other numbers of buttons"] = (new MediaCarouselMessage("Text", Slide with { Action = Replies(1) }, Slide with { Action = Replies(2) }), "interactive.action.cards[1].action"),
        ["product without id"] = (new ProductCarouselMessage("Text", "1", "a", ""), "interactive.action.cards[1].action.product_retailer_id"),
        ["product of a section without id"] = (new ProductListMessage("Header", "Text", "1", new ProductSection("One", "a", " ")), "interactive.action.sections[0].product_items[1].product_retailer_id"),
        ["currency in small letters"] = (new OrderDetailsMessage("Text", Samples.Order with { Currency = "brl" }), Parameters + ".currency"),
        ["payment link that is no web page"] = (new OrderDetailsMessage("Text", Samples.Order with { PaymentSettings = [new PaymentSetting.PaymentLink(File)] }), Parameters + ".payment_settings[0].payment_link.uri"),
        ["image of an order"] = (new OrderDetailsMessage("Text", Samples.Order) { HeaderImage = MediaSource.FromLink(File) }, "interactive.header.image.link"),
        ["direct send of a location"] = (new DirectSendMessage(new LocationMessage(1, 2), DirectSendCategory.Utility), "type"),
        ["direct send of a code with buttons"] = (new DirectSendMessage(new ReplyButtonsMessage("Code", new ReplyButton("a", "A")), DirectSendCategory.Authentication), "type"),
        ["direct send of a bad content"] = (new DirectSendMessage(new CtaUrlMessage("Text", "Open", File), DirectSendCategory.Utility), Parameters + ".url"),
        ["line break in a template header"] = (Template with { Header = "two\nlines" }, "template.components[header].parameters[0].text"),
        ["template header image"] = (Template with { Header = new TemplateHeader.Image(MediaSource.FromLink(File)) }, "template.components[header].parameters[0].image.link"),
        ["template header video"] = (Template with { Header = new TemplateHeader.Video(MediaSource.FromId("")) }, "template.components[header].parameters[0].video.id"),
        ["template header GIF"] = (Template with { Header = new TemplateHeader.Gif(MediaSource.FromId("")), Marketing = new MarketingDelivery() }, "template.components[header].parameters[0].gif.id"),
        ["GIF outside the Marketing Messages API"] = (Template with { Header = new TemplateHeader.Gif(MediaSource.FromId("1")) }, "template.components[header].parameters[0]"),
        ["code as marketing"] = (Template with { OneTimeCode = "123456", Marketing = new MarketingDelivery() }, "template.components"),
        ["template header off the map"] = (Template with { Header = new TemplateHeader.Location(91, 0, "a", "b") }, "template.components[header].parameters[0].location.latitude"),
        ["named header and positional body"] = (new TemplateMessage("a", "de", "x") { Header = new TemplateHeader.Text("y") { Name = "title" } }, "template.components[header].parameters[0]"),
        ["currency of a parameter"] = (Template with { Body = [new TemplateParameter.Currency("1", "usd", 1)] }, "template.components[body].parameters[0].currency.code"),
        ["empty fallback of a currency"] = (Template with { Body = [new TemplateParameter.Currency("", "USD", 1)] }, "template.components[body].parameters[0].currency.fallback_value"),
        ["tab in a date"] = (Template with { Body = [new TemplateParameter.DateAndTime("May\t1")] }, "template.components[body].parameters[0].date_time.fallback_value"),
        ["line break in a one-time code"] = (Template with { OneTimeCode = "482\n913" }, "template.components[body].parameters[0].text"),
        ["five spaces in the end of an address"] = (Template with { Buttons = [new TemplateButtonParameter.Url(0, "a     b")] }, "template.components[button 0].parameters[0].text"),
        ["two values of one button"] = (Template with { Buttons = [new TemplateButtonParameter.Url(1, "a"), new TemplateButtonParameter.QuickReply(1, "b")] }, "template.components[button 1].index"),
        ["call button without a value"] = (Template with { Buttons = [new TemplateButtonParameter.VoiceCall(0)] }, "template.components[button 0].parameters[0]"),
        ["order of a template button"] = (Template with { Buttons = [new TemplateButtonParameter.OrderToPay(0, Samples.Order with { Currency = "" })] }, "template.components[button 0].parameters[0].action.order_details.currency"),
        ["code beside body texts"] = (new TemplateMessage("a", "de", "x") { OneTimeCode = "123456" }, "template.components"),
        ["code beside buttons"] = (Template with { OneTimeCode = "123456", Buttons = [new TemplateButtonParameter.Url(0, "a")] }, "template.components"),
        ["template card with a text header"] = (Template with { Cards = [new TemplateCard("a"), new TemplateCard(new TemplateHeader.Product("1", "a"))] }, "template.components[carousel].cards[0].components[header]"),
        ["tap target that is no web page"] = (Template with { TapTargets = [new TapTarget(File, "a")] }, "template.components[tap_target_configuration].parameters[0].tap_target_configuration[0].url"),
    };

    private static readonly ConversationKey Bsuid = new(Given.Number, CustomerId.Parse(Samples.MarkedUserId));
    private static readonly ConversationKey Group = new(Given.Number, GroupId.Parse("Z3JvdXA"));

    public static TheoryData<string> Names => new(Broken.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_OneBrokenRule_IsTheOneViolation(string name) =>
        Broken[name].Message.Check().Select(violation => violation.Path).Should().Equal(Broken[name].Path);

    [Theory]
    [InlineData(90, 180)]
    [InlineData(-90, -180)]
    public void Check_EndsOfTheMap_AreAllowed(double latitude, double longitude) => new LocationMessage(latitude, longitude).Check().Should().BeEmpty();

    [Fact]
    public void CheckFor_BrokenMessage_SaysWhatCheckSays() => new TextMessage("").CheckFor(Group).Should().Equal(new TextMessage("").Check());

    [Fact]
    public void CheckFor_OneTimeCode_GoesToPhonesOnly()
    {
        var message = Template with { OneTimeCode = "123456" };

        message.CheckFor(Given.Key).Should().BeEmpty();
        message.CheckFor(Bsuid).Should().ContainSingle().Which.Path.Should().Be("recipient");
        message.CheckFor(Group).Should().ContainSingle().Which.Path.Should().Be("type");
    }

    [Fact]
    public void CheckFor_DirectSendOfACode_GoesToPhonesOnly()
    {
        var code = new DirectSendMessage(new TextMessage("482913 is your code."), DirectSendCategory.Authentication);

        code.CheckFor(Given.Key).Should().BeEmpty();
        code.CheckFor(Bsuid).Should().ContainSingle().Which.Should().Match<Violation>(violation => violation.Path == "recipient" && violation.Rule.Contains("131062"));
        code.CheckFor(Group).Should().ContainSingle().Which.Path.Should().Be("type");
    }

    [Fact]
    public void CheckFor_DirectSendForUtility_GoesToCustomersOnly()
    {
        var message = new DirectSendMessage(Given.Text, DirectSendCategory.Utility);

        message.CheckFor(Given.Key).Should().BeEmpty();
        message.CheckFor(Bsuid).Should().BeEmpty();
        message.CheckFor(Group).Should().ContainSingle().Which.Path.Should().Be("type");
    }

    [Fact]
    public void CheckFor_Pin_GoesToGroupsOnly()
    {
        var message = PinMessage.Unpin(MessageId.Parse("wamid.a"));

        message.CheckFor(Group).Should().BeEmpty();
        message.CheckFor(Given.Key).Should().ContainSingle().Which.Path.Should().Be("type");
        message.CheckFor(Bsuid).Should().ContainSingle().Which.Path.Should().Be("type");
    }

    [Fact]
    public void CheckFor_EveryInteractiveMessageToAGroup_IsRefused()
    {
        var messages = Samples.SessionMessages.OfType<InteractiveMessage>().ToList();

        messages.Should().HaveCountGreaterThan(10).And.OnlyContain(message => message.CheckFor(Group).Any(violation => violation.Path == "type"));
        new DirectSendMessage(messages[0], DirectSendCategory.Utility).CheckFor(Group).Should().Contain(violation => violation.Path == "type");
    }

    /// <summary>The kinds that Meta lists for groups, and the way around the checks.</summary>
    [Fact]
    public void CheckFor_EverySessionMessageToAGroup_IsRefusedButTextsMediaAndPins() =>
        Samples.SessionMessages.Where(message => !message.CheckFor(Group).Any(violation => violation.Path == "type")).Select(message => message.GetType()).Should().Equal(
            typeof(TextMessage), typeof(ImageMessage), typeof(VideoMessage), typeof(DocumentMessage), typeof(VoiceMessage), typeof(AudioMessage), typeof(StickerMessage), typeof(PinMessage), typeof(RawMessage));

    [Fact]
    public void CheckFor_TextsMediaAndTheirTemplates_GoToGroups() =>
        new Message[]
        {
            Given.Text,
            new ImageMessage(MediaSource.FromId("1")),
            new StickerMessage(MediaSource.FromId("1")),
            Given.Template,
            Template with { Header = new TemplateHeader.Image(MediaSource.FromId("1")), Buttons = [new TemplateButtonParameter.QuickReply(0, "a")] },
        }.SelectMany(message => message.CheckFor(Group)).Should().BeEmpty();

    [Fact]
    public void CheckFor_TemplatesOfMoreThanTextAndMedia_DoNotGoToGroups()
    {
        TemplateMessage[] messages =
        [
            Template with { Header = new TemplateHeader.Product("1", "a") },
            Template with { Buttons = [new TemplateButtonParameter.Catalog(0)] },
            Template with { Buttons = [new TemplateButtonParameter.Products(0, "a", new ProductSection(title: null, "a"))] },
            Template with { Buttons = [new TemplateButtonParameter.OrderToPay(0, Samples.Order)] },
            Template with { Buttons = [new TemplateButtonParameter.VoiceCall(0) { TtlMinutes = 1 }] },
            Template with { Buttons = [new TemplateButtonParameter.Flow(0)] },
            Template with { Header = new TemplateHeader.Location(1, 2, "a", "b") },
            Template with { OrderUpdate = new OrderUpdate("a", OrderStatus.Shipped) },
            Template with { Cards = [new TemplateCard(new TemplateHeader.Product("1", "a")), new TemplateCard(new TemplateHeader.Product("1", "b"))] },
        ];

        messages.Should().OnlyContain(message => message.CheckFor(Given.Key).Count == 0 && message.CheckFor(Group).Count == 1);
    }

    [Theory]
    [InlineData("919812345678", 0)]
    [InlineData("15550001234", 1)]
    [InlineData(Samples.MarkedUserId, 0)]
    public void CheckFor_IndianAddressForm_GoesToIndianNumbers(string customer, int violations) =>
        new AddressMessage("Where to?", "IN").CheckFor(new ConversationKey(Given.Number, CustomerId.Parse(customer))).Should().HaveCount(violations);

    /// <summary>That Meta has dropped it is not confirmed, so it is left to Meta.</summary>
    [Theory]
    [InlineData("6581234567", 0)]
    [InlineData("919812345678", 1)]
    public void CheckFor_AddressFormOfSingapore_GoesToItsNumbers(string customer, int violations) =>
        new AddressMessage("Where to?", "SG").CheckFor(new ConversationKey(Given.Number, CustomerId.Parse(customer))).Should().HaveCount(violations);

    [Fact]
    public void Decide_DirectSendInAClosedWindow_MaySend() =>
        SendPolicy.Default.Decide(Given.Snapshot(Given.Noon), new DirectSendMessage(Given.Text, DirectSendCategory.Utility), Given.Noon + (Given.Day * 2)).MaySend.Should().BeTrue();

    [Theory]
    [InlineData(null, "{}")]
    [InlineData(" ", "{}")]
    [InlineData("poll", null)]
    [InlineData("poll", "")]
    public void New_RawMessageWithoutKindOrContent_Throws(string? kind, string? json) =>
        FluentActions.Invoking(() => new RawMessage(kind!, json!)).Should().Throw<ArgumentException>();

    /// <summary>The second card has other buttons, which may be named as those of the first.</summary>
    private static MediaCarouselMessage Carousel(params ReplyButton[] buttons) =>
        new("Text", Slide with { Action = new CardAction.QuickReplies(buttons) }, Slide with { Action = new CardAction.QuickReplies(new ReplyButton("a", "A"), new ReplyButton("b", "B")) });

    private static CardAction.QuickReplies Replies(int count) => new([.. Enumerable.Range(0, count).Select(i => new ReplyButton($"{i}", $"Title {i}"))]);
}
