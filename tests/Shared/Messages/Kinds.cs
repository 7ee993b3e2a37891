using NodaTime;

namespace WhatsSession.Tests;

/// <summary>Every kind of message, as the clients' scripts build it.</summary>
internal static class Kinds
{
    private const string Answer = "it has no field of the sender's own choice";
    private const string Unchecked = "it is the way around the checks";

    private static readonly string Long = new('x', 5000);
    private static readonly Uri Page = new("https://shop.example/p");
    private static readonly MessageId Earlier = MessageId.Parse("wamid.a");
    private static readonly ConversationKey Group = new(Kind.Number, GroupId.Parse("Z3JwOmludmVudGVk"));

    public static IReadOnlyList<Kind> All { get; } =
    [
        new("text", _ => new TextMessage("Hello")) { Broken = () => new TextMessage(Long) },
        new("text with preview", _ => new TextMessage("See https://shop.example.test") { PreviewUrl = true }) { Broken = () => new TextMessage(Long) { PreviewUrl = true } },
        new("text in reply", _ => new TextMessage("Yes")) { ReplyTo = Earlier, Broken = () => new TextMessage(Long) },
        new("text to a BSUID", _ => new TextMessage("Hello")) { To = new(Kind.Number, CustomerId.Parse("US.40917263548812004417")), Broken = () => new TextMessage(Long) },
        new("text to a group", _ => new TextMessage("Hello")) { To = Group, Broken = () => new TextMessage(Long) },
        new("image", media => new ImageMessage(media.Image) { Caption = "c" }) { Broken = () => new ImageMessage(SampleMedia.Ids.Image) { Caption = Long } },
        new("video", media => new VideoMessage(MediaSource.FromLink("https://cdn.example.test/v.mp4")) { Caption = "c" }) { Broken = () => new VideoMessage(SampleMedia.Ids.Video) { Caption = Long } },
        new("audio", media => new AudioMessage(media.Audio)) { Broken = () => new AudioMessage(TooLarge("audio/ogg")) },
        new("voice note", media => new VoiceMessage(media.Audio)) { Broken = () => new VoiceMessage(TooLarge("audio/ogg")) },
        new("document", media => new DocumentMessage(media.Document) { Caption = "c", FileName = "f.pdf" }) { Broken = () => new DocumentMessage(SampleMedia.Ids.Document) { FileName = Long } },
        new("sticker", media => new StickerMessage(media.Sticker)) { Broken = () => new StickerMessage(TooLarge("image/webp")) },
        new("location", _ => new LocationMessage(52.52, 13.405) { Name = "Shop", Address = "1 Road" }) { Broken = () => new LocationMessage(91, 0) },
        new("contacts", _ => new ContactsMessage(Ana)) { Broken = () => new ContactsMessage([.. Enumerable.Repeat(Ana, 258)]) },
        new("reaction", _ => new ReactionMessage(Earlier, "👍")) { WhyUnlimited = Answer },
        new("reaction taken back", _ => ReactionMessage.Remove(Earlier)) { WhyUnlimited = Answer },
        new("pin", _ => new PinMessage(Earlier, 7)) { To = Group, Broken = () => new PinMessage(Earlier, 31) },
        new("unpin", _ => PinMessage.Unpin(Earlier)) { To = Group, WhyUnlimited = Answer },
        new("reply buttons", media => Buttons with { Header = new MessageHeader.Image(media.Image) }) { Broken = () => Buttons with { Footer = Long } },
        new("list", _ => List) { Broken = () => List with { Body = Long } },
        new("button to a page", _ => Link) { Broken = () => Link with { Body = Long } },
        new("location request", _ => new LocationRequestMessage("Where?")) { Broken = () => new LocationRequestMessage(Long) },
        new("address form", _ => new AddressMessage("Where to?", "IN") { Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Asha" } }) { To = new(Kind.Number, CustomerId.Parse("919800000001")), Broken = () => new AddressMessage(Long, "IN") },
        new("flow", _ => Flow(new FlowAction.DataExchange())) { Broken = () => Flow(new FlowAction.DataExchange()) with { Body = Long } },
        new("flow that navigates", _ => Flow(new FlowAction.Navigate("FIRST") { Data = """{"a":1}""" }) with { IsDraft = true }) { Broken = () => Flow(new FlowAction.Navigate("FIRST")) with { Button = Long } },
        new("product", _ => new ProductMessage("1", "a") { Body = "Body", Footer = "Footer" }) { Broken = () => new ProductMessage("1", "a") { Body = Long } },
        new("products", _ => new ProductListMessage("Header", "Body", "1", new ProductSection("One", "a"))) { Broken = () => new ProductListMessage("Header", "Body", "1", new ProductSection("One", [.. Enumerable.Range(0, 31).Select(i => $"{i}")])) },
        new("catalog", _ => new CatalogMessage("Body") { ThumbnailProductRetailerId = "a" }) { Broken = () => new CatalogMessage(Long) },
        new("media carousel", _ => new MediaCarouselMessage("Body", OpenCard(0), OpenCard(1))) { Broken = () => new MediaCarouselMessage("Body", OpenCard(0)) },
        new("media carousel with replies", _ => new MediaCarouselMessage("Body", ReplyCard(0), ReplyCard(1))) { Broken = () => new MediaCarouselMessage("Body", [.. Enumerable.Range(0, 11).Select(ReplyCard)]) },
        new("product carousel", _ => new ProductCarouselMessage("Body", "1", "a", "b")) { Broken = () => new ProductCarouselMessage("Body", "1", "a") },
        new("call permission", _ => new CallPermissionRequestMessage { Body = "Body" }) { Broken = () => new CallPermissionRequestMessage { Body = Long } },
        new("call button", _ => new VoiceCallMessage("Body", "Call") { TtlMinutes = 5 }) { Broken = () => new VoiceCallMessage("Body", "Call") { TtlMinutes = 43_201 } },
        new("phone number request", _ => new ContactInfoRequestMessage("Body")) { Broken = () => new ContactInfoRequestMessage(Long) },
        new("phone number request, as one page of Meta has it", _ => new ContactInfoRequestMessage("Body") { WireKind = "contact_request" })
        {
            Broken = () => new ContactInfoRequestMessage(Long) { WireKind = "contact_request" },
            WhyRefused = "not checked against a live number: the sample names the action request_contact_info, the emulator wants the word of the page there too",
        },
        new("order to pay", _ => new OrderDetailsMessage("Body", Order)) { Broken = () => new OrderDetailsMessage(Long, Order) },
        new("state of an order", _ => new OrderStatusMessage("Body", new OrderUpdate("o1", OrderStatus.Shipped))) { Broken = () => new OrderStatusMessage(Long, new OrderUpdate("o1", OrderStatus.Shipped)) },
        new("raw", _ => new RawMessage("text", """{"body":"Hello"}""")) { WhyUnlimited = Unchecked },
        new("direct send", _ => new DirectSendMessage(new TextMessage("Hello"), DirectSendCategory.Utility) { TtlSeconds = 60 }) { Broken = () => new DirectSendMessage(new TextMessage("Hello"), DirectSendCategory.Utility) { TtlSeconds = 29 } },
        new("direct send of a code", _ => new DirectSendMessage(new TextMessage("482913 is your code."), DirectSendCategory.Authentication) { TtlSeconds = 60 }) { Broken = () => new DirectSendMessage(new TextMessage("482913 is your code."), DirectSendCategory.Authentication) { TtlSeconds = 901 } },
        new("mark as read", _ => throw new NotSupportedException()) { ReadWithTyping = false, WhyUnlimited = Answer },
        new("typing", _ => throw new NotSupportedException()) { ReadWithTyping = true, WhyUnlimited = Answer },
        .. TemplateKinds.All,
    ];

    public static OrderDetails Order => new()
    {
        ReferenceId = "o1",
        PaymentType = "br",
        PaymentSettings = [new PaymentSetting.PaymentLink(Page)],
        Currency = "BRL",
        Total = new OrderAmount(100),
        Items = [new OrderLine("a", "A", new OrderAmount(100), 1)],
        Subtotal = new OrderAmount(100),
        Tax = new OrderCharge(new OrderAmount(0)),
    };

    private static ContactDetails Ana => new(new ContactName("Ana Silva") { First = "Ana", Last = "Silva" })
    {
        Birthday = new LocalDate(1990, 1, 2),
        Organization = new ContactOrganization { Company = "Shop", Department = "Sales", Title = "Head" },
        Phones = [new ContactPhone("+1 555 000 1234") { Type = "CELL", WhatsAppId = CustomerId.Parse("15550001234") }],
        Emails = [new ContactEmail("a@shop.example") { Type = "WORK" }],
        Addresses = [new ContactAddress { Street = "1 Road", City = "Town", State = "CA", Zip = "94000", Country = "United States", CountryCode = "us", Type = "HOME" }],
        Urls = [new ContactUrl(Page) { Type = "WORK" }],
    };

    private static ReplyButtonsMessage Buttons => new("Body", new ReplyButton("y", "Yes"), new ReplyButton("n", "No")) { Footer = "Footer" };

    private static ListMessage List => new("Body", "Open", new ListSection("One", new ListRow("a", "A", "d")), new ListSection("Two", new ListRow("b", "B"))) { Header = "Header", Footer = "Footer" };

    private static CtaUrlMessage Link => new("Body", "Open", Page) { Header = "Header", Footer = "Footer" };

    private static MediaSource TooLarge(string mimeType) => MediaSource.FromBytes(new byte[(16 * 1024 * 1024) + 1], mimeType);

    private static FlowMessage Flow(FlowAction action) => new("Body", "Open", action) { FlowId = "7", Token = "t" };

    private static MediaCard OpenCard(int i) => Card(i, new CardAction.OpenUrl("Open", Page));

    private static MediaCard ReplyCard(int i) => Card(i, new CardAction.QuickReplies(new ReplyButton($"r{i}", "More")));

    private static MediaCard Card(int i, CardAction action) => new(new MessageHeader.Image(MediaSource.FromLink($"https://cdn.example.test/c{i}.jpg")), action) { Body = $"Card {i}" };
}
