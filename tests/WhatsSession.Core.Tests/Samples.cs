using NodaTime;

namespace WhatsSession.Core.Tests;

/// <summary>One value of every public record, each filled with marked content.</summary>
internal static class Samples
{
    public const string MarkedText = "Ihr Befund ist da";
    public const string MarkedPhone = "491701234567";
    public const string MarkedUserId = "DE.13491208655302741918";
    public const string MarkedMessageId = "wamid.HBgMNDkxNzAxMjM0NTY3FQIAERgSN0Y";
    public const string MarkedGroup = "Y2FwaV9ncm91cDo0OTE3MDEyMzQ1Njc";
    public const string MarkedAddress = "https://clinic.example/befund.pdf";

    public static IReadOnlyList<string> Marks { get; } =
        [MarkedText, MarkedPhone, MarkedUserId, MarkedMessageId, MarkedGroup, MarkedAddress, "Befund", "1701234", "1349120", "HBgM", "Y2Fw", "clinic"];

    public static MediaSource Link { get; } = MediaSource.FromLink(MarkedAddress);

    public static MediaSource Upload { get; } = MediaSource.FromId(MarkedText);

    public static MessageId MessageId { get; } = MessageId.Parse(MarkedMessageId);

    public static TemplateMessage Template { get; } = new("order_shipped", "de", MarkedText);

    /// <summary>A good order, for tests that break it.</summary>
    public static OrderDetails Order { get; } = new()
    {
        ReferenceId = MarkedText,
        PaymentType = "br",
        PaymentConfiguration = MarkedText,
        PaymentSettings = [new PaymentSetting.PaymentLink(Address), new PaymentSetting.Raw("boleto", "{}")],
        Currency = "BRL",
        Total = new OrderAmount(100),
        Items = [new OrderLine(MarkedText, MarkedText, new OrderAmount(100), 1)],
        Subtotal = new OrderAmount(100),
        Tax = new OrderCharge(new OrderAmount(0)) { Description = MarkedText },
    };

    public static IReadOnlyList<TemplateHeader> TemplateHeaders { get; } =
    [
        MarkedText,
        new TemplateHeader.Image(Link),
        new TemplateHeader.Video(Link),
        new TemplateHeader.Gif(Link),
        new TemplateHeader.Document(Link) { FileName = MarkedText },
        new TemplateHeader.Location(52.52, 13.405, MarkedText, MarkedText),
        new TemplateHeader.Product(MarkedText, MarkedText),
    ];

    public static IReadOnlyList<TemplateButtonParameter> TemplateButtons { get; } =
    [
        new TemplateButtonParameter.Url(0, MarkedText),
        new TemplateButtonParameter.QuickReply(1, MarkedText),
        new TemplateButtonParameter.CopyCode(2, MarkedText),
        new TemplateButtonParameter.Flow(3) { Token = MarkedText },
        new TemplateButtonParameter.Catalog(4) { ThumbnailProductRetailerId = MarkedText },
        new TemplateButtonParameter.Products(5, MarkedText, Products),
        new TemplateButtonParameter.VoiceCall(6) { Payload = MarkedText },
        new TemplateButtonParameter.OrderToPay(7, Order),
    ];

    public static IReadOnlyList<TemplateComponent> TemplateComponents { get; } =
    [
        new TemplateComponent.TextHeader(MarkedText),
        new TemplateComponent.MediaHeader(TemplateHeaderFormat.Image) { ExampleHandles = [MarkedText] },
        new TemplateComponent.Body(MarkedText, MarkedText),
        new TemplateComponent.Footer(MarkedText),
        new TemplateComponent.Buttons(new TemplateButtonDefinition.QuickReply(MarkedText)),
        new TemplateComponent.Carousel(new TemplateCardDefinition()),
        new TemplateComponent.LimitedTimeOffer(MarkedText),
        new TemplateComponent.CallPermissionRequest(),
        new TemplateComponent.Raw("SONG") { OtherFields = MarkedText },
    ];

    public static IReadOnlyList<TemplateButtonDefinition> TemplateButtonDefinitions { get; } =
    [
        new TemplateButtonDefinition.QuickReply(MarkedText),
        new TemplateButtonDefinition.Url(MarkedText, MarkedAddress),
        new TemplateButtonDefinition.PhoneNumber(MarkedText, MarkedPhone),
        new TemplateButtonDefinition.CopyCode(MarkedText),
        new TemplateButtonDefinition.OneTimeCode(OneTimeCodeKind.OneTap) { Apps = [new TemplateApp(MarkedText, MarkedText)] },
        new TemplateButtonDefinition.Flow(MarkedText) { FlowJson = MarkedText },
        new TemplateButtonDefinition.Catalog(MarkedText),
        new TemplateButtonDefinition.Products(MarkedText),
        new TemplateButtonDefinition.Product(MarkedText),
        new TemplateButtonDefinition.VoiceCall(MarkedText),
        new TemplateButtonDefinition.App(MarkedText),
        new TemplateButtonDefinition.OrderDetails(MarkedText),
        new TemplateButtonDefinition.RequestContactInfo(),
        new TemplateButtonDefinition.Raw("SONG") { OtherFields = MarkedText },
    ];

    public static IReadOnlyList<SessionMessage> SessionMessages { get; } =
    [
        new TextMessage(MarkedText),
        new ImageMessage(Link) { Caption = MarkedText },
        new VideoMessage(Upload) { Caption = MarkedText },
        new DocumentMessage(Link) { Caption = MarkedText, FileName = MarkedText },
        new VoiceMessage(Link),
        new ReactionMessage(MessageId.Parse(MarkedMessageId), MarkedText),
        new ReplyButtonsMessage(MarkedText, new ReplyButton(MarkedText, MarkedText)) { Header = MarkedText, Footer = MarkedText },
        new ListMessage(MarkedText, MarkedText, Section) { Header = MarkedText, Footer = MarkedText },
        new AudioMessage(Link),
        new StickerMessage(Upload),
        new LocationMessage(52.52, 13.405) { Name = MarkedText, Address = MarkedText },
        new ContactsMessage(Card),
        new PinMessage(MessageId, 7),
        new RawMessage(MarkedText, MarkedText),
        new CtaUrlMessage(MarkedText, MarkedText, Address) { Header = MarkedText, Footer = MarkedText },
        new LocationRequestMessage(MarkedText) { Footer = MarkedText },
        new AddressMessage(MarkedText, MarkedText) { Values = Fields, ValidationErrors = Fields, SavedAddresses = [new SavedAddress(MarkedText, Fields)], Footer = MarkedText },
        new FlowMessage(MarkedText, MarkedText, Screen) { FlowId = MarkedText, FlowName = MarkedText, Token = MarkedText, Header = MarkedText, Footer = MarkedText },
        new ProductMessage(MarkedText, MarkedText) { Body = MarkedText, Footer = MarkedText },
        new ProductListMessage(MarkedText, MarkedText, MarkedText, Products) { Footer = MarkedText },
        new CatalogMessage(MarkedText) { ThumbnailProductRetailerId = MarkedText, Footer = MarkedText },
        new MediaCarouselMessage(MarkedText, Slide, Slide) { Footer = MarkedText },
        new ProductCarouselMessage(MarkedText, MarkedText, MarkedText, MarkedText) { Footer = MarkedText },
        new CallPermissionRequestMessage { Body = MarkedText, Footer = MarkedText },
        new VoiceCallMessage(MarkedText, MarkedText) { Payload = MarkedText, Footer = MarkedText },
        new ContactInfoRequestMessage(MarkedText) { WireKind = MarkedText, Footer = MarkedText },
        new OrderDetailsMessage(MarkedText, Order) { HeaderImage = Link, Footer = MarkedText },
        new OrderStatusMessage(MarkedText, Update) { Footer = MarkedText },
    ];

    public static IReadOnlyList<SendOutcome> Outcomes { get; } =
    [
        new SendOutcome.Accepted { MessageId = MessageId },
        new SendOutcome.TemplateSent { MessageId = MessageId, ClosedAt = Given.Noon, HeldMessage = IntentId.New() },
        .. Enum.GetValues<WindowClosedReason>().Select(reason =>
            new SendOutcome.WindowClosed { Reason = reason, Since = Given.Noon, FallbackAlreadySent = true, HeldMessage = IntentId.New() }),
        new SendOutcome.OptedOut(),
        new SendOutcome.Overtaken(),
        new SendOutcome.Invalid { Violations = new TextMessage(string.Concat(Enumerable.Repeat(MarkedText, 500))).Check() },
        new SendOutcome.Throttled { RetryAt = Given.Noon, Template = Template },
        new SendOutcome.Rejected { Error = Error, Template = Template },
        new SendOutcome.Rejected { Error = new GraphError { Message = "Connection refused", Category = GraphErrorCategory.NotReached }, Template = Template },
        new SendOutcome.Ambiguous { IntentId = IntentId.New(), Cause = "the connection was reset", Template = Template },
    ];

    public static IReadOnlyList<object> All { get; } =
    [
        .. SessionMessages,
        .. Outcomes,
        Template,
        new TemplateParameter.Text(MarkedText) { Name = MarkedText },
        Link,
        Upload,
        MediaSource.FromFile("/home/" + MarkedText + ".pdf"),
        MediaSource.FromBytes(System.Text.Encoding.UTF8.GetBytes(MarkedText), "text/plain"),
        MediaSource.FromStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(MarkedText)), "text/plain"),
        new MessageHeader.Text(MarkedText),
        new MessageHeader.Image(Link),
        new MessageHeader.Video(Upload),
        new MessageHeader.Document(Link) { FileName = MarkedText },
        new ReplyButton(MarkedText, MarkedText),
        Section,
        Row,
        new DirectSendMessage(new TextMessage(MarkedText), DirectSendCategory.Utility),
        Card,
        Card.Name,
        .. Card.Phones,
        .. Card.Emails,
        .. Card.Addresses,
        .. Card.Urls,
        Card.Organization!,
        new SavedAddress(MarkedText, Fields),
        Screen,
        new FlowAction.DataExchange(),
        Products,
        Slide,
        Slide.Action,
        new CardAction.QuickReplies(new ReplyButton(MarkedText, MarkedText)),
        Order,
        .. Order.Items,
        .. Order.PaymentSettings,
        Order.Tax,
        Order.Total,
        Order.Status,
        Update,
        .. TemplateHeaders,
        .. TemplateButtons,
        new TemplateParameter.Currency(MarkedText, MarkedText, 1),
        new TemplateParameter.DateAndTime(MarkedText),
        new TemplateCard(MarkedText) { Body = [MarkedText], Buttons = TemplateButtons },
        new TapTarget(Address, MarkedText),
        new MarketingDelivery(),
        .. TemplateComponents,
        .. TemplateButtonDefinitions,
        new TemplateCardDefinition(TemplateComponents[0]),
        new TemplateExample(MarkedText) { Name = MarkedText },
        new TemplateApp(MarkedText, MarkedText),
        new TemplateDefinition { Name = "order_shipped", Language = "de", Components = TemplateComponents },
        new TemplateDraft("order_shipped", "de", TemplateCategory.Utility, [.. TemplateComponents]),
        new TemplateEdit { Components = TemplateComponents },
        TemplateStatus.Approved,
        TemplateCategory.Utility,
        TemplateQuality.High,
        TemplateHeaderFormat.Image,
        TemplateParameterFormat.Named,
        TemplateRejection.Scam,
        OneTimeCodeKind.OneTap,
        MessageId,
        CustomerId.Parse(MarkedPhone),
        CustomerId.Parse(MarkedUserId),
        GroupId.Parse(MarkedGroup),
        new ConversationKey(Given.Number, CustomerId.Parse(MarkedPhone)),
        new ConversationKey(Given.Number, CustomerId.Parse(MarkedUserId)),
        new ConversationKey(Given.Number, GroupId.Parse(MarkedGroup)),
        new ConversationSnapshot { Key = new ConversationKey(Given.Number, CustomerId.Parse(MarkedPhone)) },
        new ConversationState(Given.Noon, Given.Noon),
        new FreeEntryPoint(Given.Noon, Given.Noon, Given.Noon),
        DeliveryStatus.Read,
        new DeliveryMark(DeliveryStatus.Read, Given.Noon),
        new DeliveryFailure(Given.Noon, Quoting),
        MessageDelivery.Of(DeliveryStatus.Failed, Given.Noon, Quoting),
        new MessagingRestriction(Given.Noon, Applies: true, Given.Noon),
        Error,
        Error.Advice,
        new GraphRetry.Never(),
        new GraphRetry.Once("the customer writes"),
        new GraphRetry.Wait(Duration.FromDays(1), 2),
        new Violation("text.body", "is empty"),
        IntentId.New(),
        CallbackData.Split(MarkedText),
        new CallbackParts(IntentId.New(), Given.Noon, MarkedText),
        Author.Person(MarkedText),
        AnswerTimes.By(AuthorKind.Person, Given.Noon),
        new IdentityAlias(CustomerId.Parse("541155550123"), CustomerId.Parse("5491155550123")),
        new IdentityLink(CustomerId.Parse("15550001234"), CustomerId.Parse("US.40917263548812004417")),
        Given.Number,
        BusinessAccountId.Parse("271828182845904"),
        AcceptedStatus.Paused,
        CustomerEventKind.Text,
        new SendPolicy(),
        new WindowOpeners(),
        default(SendDecision),
        WindowFacts.Of(new ConversationState(Given.Noon, Given.Noon), Given.Noon, restriction: null),
        new WindowStatus(WindowState.Open, Given.Noon, Given.Noon, MaySend: true, Duration.Zero),
        new ReengagementSuggestion(ReengagementAction.AskQuestion, ReengagementReason.CustomerWaits, Given.Noon),
    ];

    private static Uri Address => new(MarkedAddress);

    private static Dictionary<string, string> Fields => new(StringComparer.Ordinal) { [MarkedText] = MarkedText };

    private static ContactDetails Card => new(new ContactName(MarkedText, MarkedText))
    {
        Phones = [new ContactPhone(MarkedPhone) { WhatsAppId = CustomerId.Parse(MarkedPhone), Type = MarkedText }],
        Emails = [new ContactEmail(MarkedText)],
        Addresses = [new ContactAddress { Street = MarkedText }],
        Urls = [new ContactUrl(Address)],
        Organization = new ContactOrganization { Company = MarkedText },
        Birthday = new LocalDate(1990, 1, 2),
    };

    private static FlowAction Screen => new FlowAction.Navigate(MarkedText) { Data = MarkedText };

    private static ProductSection Products => new(MarkedText, MarkedText);

    private static MediaCard Slide => new(new MessageHeader.Image(Link), new CardAction.OpenUrl(MarkedText, Address)) { Body = MarkedText };

    private static OrderUpdate Update => new(MarkedText, OrderStatus.Shipped) { Description = MarkedText };

    private static ListRow Row => new(MarkedText, MarkedText, MarkedText);

    private static ListSection Section => new(MarkedText, Row);

    private static GraphError Error => new()
    {
        Code = 131047,
        Message = "(#131047) Re-engagement message",
        Details = "More than 24 hours have passed since the customer last replied to this number.",
        HttpStatus = 400,
        Category = GraphErrorCategory.WindowClosed,
    };

    // Meta's texts quote identifiers.
    private static GraphError Quoting => Error with { Details = $"{MarkedPhone} {MarkedUserId} {MarkedMessageId}" };
}
