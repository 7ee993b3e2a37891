using NodaTime;
using WhatsSession.Tests;

namespace WhatsSession.Core.Tests.Messages;

/// <summary>Every message is checked before it is sent, and nearly all are right: that must cost nothing to collect.</summary>
public sealed class CheckAllocationTests
{
    private static readonly Uri Page = new("https://shop.example/page");
    private static readonly MediaSource Source = MediaSource.FromId("1234");
    private static readonly ProductSection[] Sections = [new("One", "a", "b"), new("Two", "c")];
    private static readonly OrderUpdate Shipped = new("order-1", OrderStatus.Shipped) { Description = "On its way" };
    private static readonly ConversationKey Customer = new(Given.Number, CustomerId.Parse("919800000001"));
    private static readonly ConversationKey Group = new(Given.Number, GroupId.Parse("Z3JwOmludmVudGVk"));

    private static readonly OrderDetails Order = new()
    {
        ReferenceId = "order-1",
        PaymentType = "br",
        PaymentConfiguration = "shop",
        PaymentSettings = [new PaymentSetting.PaymentLink(Page), new PaymentSetting.Raw("boleto", "{}")],
        Currency = "BRL",
        Total = new OrderAmount(100),
        Items = [new OrderLine("a", "Tea", new OrderAmount(60), 1), new OrderLine("b", "Cup", new OrderAmount(40), 1)],
        Subtotal = new OrderAmount(100),
        Tax = new OrderCharge(new OrderAmount(0)),
    };

    private static readonly ContactDetails Ana = new(new ContactName("Ana", "Silva"))
    {
        Phones = [new ContactPhone("+1 555 000 1234") { WhatsAppId = CustomerId.Parse("15550001234") }, new ContactPhone("+1 555 000 1235")],
        Emails = [new ContactEmail("ana@shop.example")],
        Urls = [new ContactUrl(Page)],
    };

    private static readonly Message[] Messages =
    [
        new TextMessage("Hello"),
        new ImageMessage(Source) { Caption = "Tea" },
        new VideoMessage(MediaSource.FromLink(Page)) { Caption = "Tea" },
        new AudioMessage(MediaSource.FromFile("/tmp/hello.ogg")),
        new VoiceMessage(MediaSource.FromBytes(new byte[1], "audio/ogg; codecs=opus")),
        new StickerMessage(Source),
        new DocumentMessage(Source) { Caption = "Invoice", FileName = "invoice.pdf" },
        new LocationMessage(52.52, 13.405) { Name = "Shop", Address = "1 Road" },
        new ContactsMessage(Ana, Ana),
        new ReactionMessage(MessageId.Parse("wamid.a"), "\U0001F44D"),
        new PinMessage(MessageId.Parse("wamid.a"), 7),
        new RawMessage("text", """{"body":"Hello"}"""),
        new DirectSendMessage(new ReplyButtonsMessage("Go on?", new ReplyButton("y", "Yes")), DirectSendCategory.Utility) { TtlSeconds = 60 },
        new ReplyButtonsMessage("Choose", new ReplyButton("a", "A"), new ReplyButton("b", "B"), new ReplyButton("c", "C")) { Header = new MessageHeader.Document(Source) { FileName = "tea.pdf" }, Footer = "Shop" },
        new ListMessage("Choose", "Open", new ListSection("One", [.. Enumerable.Range(0, 5).Select(Row)]), new ListSection("Two", [.. Enumerable.Range(5, 5).Select(Row)])) { Header = "Tea", Footer = "Shop" },
        new CtaUrlMessage("Look", "Open", Page) { Header = "Tea" },
        new LocationRequestMessage("Where to?"),
        new AddressMessage("Where to?", "IN") { SavedAddresses = [new SavedAddress("home", new Dictionary<string, string>(StringComparer.Ordinal))] },
        new FlowMessage("Rate us", "Open", new FlowAction.Navigate("FIRST")) { FlowId = "7", Token = "t", Header = new MessageHeader.Image(MediaSource.FromBytes(new byte[1], "image/png")) },
        new ProductMessage("1", "a"),
        new ProductListMessage("Tea", "Choose", "1", Sections),
        new CatalogMessage("Look") { ThumbnailProductRetailerId = "a" },
        new MediaCarouselMessage("Look", ReplyCard("a"), ReplyCard("b")),
        new MediaCarouselMessage("Look", OpenCard(), OpenCard()),
        new ProductCarouselMessage("Look", "1", "a", "b"),
        new CallPermissionRequestMessage { Body = "May we call?" },
        new VoiceCallMessage("Questions?", "Call") { TtlMinutes = 5, Payload = "p" },
        new ContactInfoRequestMessage("Your number?"),
        new OrderDetailsMessage("Pay", Order) { HeaderImage = Source },
        new OrderStatusMessage("Sent", Shipped),
        new TemplateMessage("code", "en_US") { OneTimeCode = "123456" },
        new TemplateMessage("order", "en_US", "Ana", "42")
        {
            Header = new TemplateHeader.Location(52.52, 13.405, "Shop", "1 Road"),
            Buttons =
            [
                new TemplateButtonParameter.Url(0, "42"),
                new TemplateButtonParameter.QuickReply(1, "yes"),
                new TemplateButtonParameter.CopyCode(2, "TEA10"),
                new TemplateButtonParameter.Flow(3) { Token = "t" },
                new TemplateButtonParameter.Catalog(4) { ThumbnailProductRetailerId = "a" },
                new TemplateButtonParameter.Products(5, "a", Sections),
                new TemplateButtonParameter.VoiceCall(6) { TtlMinutes = 5 },
                new TemplateButtonParameter.OrderToPay(7, Order),
            ],
            OfferEnds = Instant.FromUnixTimeSeconds(1_800_000_000),
            OrderUpdate = Shipped,
            TapTargets = [new TapTarget(Page, "Shop")],
        },
        new TemplateMessage("tea", "en_US")
        {
            Body = [new TemplateParameter.Text("Ana") { Name = "name" }, new TemplateParameter.Currency("R$ 1", "BRL", 1000) { Name = "price" }, new TemplateParameter.DateAndTime("May 1") { Name = "day" }],
            Cards = [Card(), Card()],
        },
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Messages.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void CheckFor_MessageThatBreaksNoRule_AllocatesNothing(int index)
    {
        var message = Messages[index];
        var conversation = message is PinMessage ? Group : Customer;
        message.CheckFor(conversation).Should().BeEmpty();

        Allocated.LeastBytes(() => message.CheckFor(conversation)).Should().Be(0);
    }

    [Fact]
    public void CheckFor_TemplateToAGroup_AllocatesNothing()
    {
        var message = new TemplateMessage("tea", "en_US", "Ana") { Header = new TemplateHeader.Image(Source), Buttons = [new TemplateButtonParameter.QuickReply(0, "yes"), new TemplateButtonParameter.Url(1, "tea")] };
        message.CheckFor(Group).Should().BeEmpty();

        Allocated.LeastBytes(() => message.CheckFor(Group)).Should().Be(0);
    }

    [Fact]
    public void Messages_OfEveryKind_AreChecked() =>
        typeof(Message).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract)
            .Should().BeSubsetOf(Messages.Select(message => message.GetType()));

    private static ListRow Row(int i) => new($"row-{i}", "Tea", "Green");

    private static MediaCard OpenCard() => new(new MessageHeader.Image(MediaSource.FromLink(Page)), new CardAction.OpenUrl("Open", Page)) { Body = "Tea" };

    private static MediaCard ReplyCard(string id) => new(new MessageHeader.Video(Source), new CardAction.QuickReplies(new ReplyButton(id, "More"))) { Body = "Tea" };

    private static TemplateCard Card() => new(new TemplateHeader.Image(Source))
    {
        Body = ["Ana"],
        Buttons = [new TemplateButtonParameter.QuickReply(0, "yes"), new TemplateButtonParameter.Products(1, "a", Sections), new TemplateButtonParameter.OrderToPay(2, Order)],
    };
}
