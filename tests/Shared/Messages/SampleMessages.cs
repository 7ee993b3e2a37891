using System.Text.Json.Nodes;
using NodaTime;

namespace WhatsSession.Tests;

/// <summary>The sample requests as messages, built through the public API.</summary>
internal static class SampleMessages
{
    private const string OtherEndpoint = "another endpoint";
    private const string Catalog = "808017424794512";

    private static readonly PhoneNumberId Number = PhoneNumberId.Parse("314159265358979");

    private static readonly ConversationKey Key = new(Number, CustomerId.Parse("15550001234"));

    private static readonly CustomerId HiddenCustomer = CustomerId.Parse("GB.77120043915586620318");

    private static readonly ConversationKey Group = new(Number, GroupId.Parse("Z3JwOmludmVudGVkLWdyb3VwLTAwMQ"));

    private static readonly OrderDetails KettleOrder = new()
    {
        ReferenceId = "ord-4410",
        PaymentType = "br",
        PaymentSettings = [new PaymentSetting.PaymentLink(new Uri("https://pay.example.test/4410"))],
        Currency = "BRL",
        Total = new OrderAmount(12990),
        Items = [new OrderLine("KETTLE-BLUE", "Chaleira azul", new OrderAmount(12990), 1)],
        Subtotal = new OrderAmount(12990),
        Tax = new OrderCharge(new OrderAmount(0)),
    };

    /// <summary>The message of each sample that is a send.</summary>
    public static readonly Dictionary<string, (ConversationKey To, Message Message, GraphSendOptions Options)> Covered = new(StringComparer.Ordinal)
    {
        ["request-text"] = Plain(new TextMessage("Your kettle is back in stock.")),
        ["request-text-preview-url"] = Plain(new TextMessage("Details: https://quill.example.test/kettle") { PreviewUrl = true }),
        ["request-text-reply-context"] = (Key, new TextMessage("Yes, until 20:00."), new GraphSendOptions { ReplyTo = MessageId.Parse("wamid.c21wLWludmVudGVkLTAx") }),
        ["request-text-to-bsuid"] = To(HiddenCustomer, new TextMessage("Hello, hidden number.")),
        ["request-text-to-parent-bsuid"] = To(CustomerId.Parse("US.ENT.60551872934410027785"), new TextMessage("Hello across portfolios.")),
        ["request-text-group"] = (Group, new TextMessage("Driver arrives at 10."), new GraphSendOptions()),
        ["request-text-max-4096"] = Plain(new TextMessage(new string('x', 4096))),
        ["request-image-link"] = Plain(new ImageMessage(MediaSource.FromLink("https://cdn.example.test/kettle.jpg"))),
        ["request-reaction"] = Plain(new ReactionMessage(MessageId.Parse("wamid.c21wLWludmVudGVkLTAx"), "👍")),
        ["request-reaction-remove"] = Plain(ReactionMessage.Remove(MessageId.Parse("wamid.c21wLWludmVudGVkLTAx"))),
        ["request-video-link-caption"] = Plain(new VideoMessage(MediaSource.FromLink("https://cdn.example.test/boil.mp4")) { Caption = "How it boils" }),
        ["request-interactive-buttons"] = Plain(new ReplyButtonsMessage(
            "When may we deliver?", new ReplyButton("slot-am", "Morning"), new ReplyButton("slot-pm", "Afternoon"), new ReplyButton("slot-no", "Not today"))),
        ["request-interactive-buttons-image-header-footer"] = Plain(new ReplyButtonsMessage("Is this your parcel?", new ReplyButton("yes", "Yes"), new ReplyButton("no", "No"))
        {
            Header = new MessageHeader.Image(MediaSource.FromId("901100220033106")),
            Footer = "Quill Kitchen",
        }),
        ["request-interactive-buttons-video-header-to-bsuid"] = To(HiddenCustomer, new ReplyButtonsMessage("Watch this", new ReplyButton("more", "More"))
        {
            Header = new MessageHeader.Video(MediaSource.FromId("901100220033107")),
        }),
        ["request-template-no-params"] = Plain(new TemplateMessage("hello_quill", "en_US")),
        ["request-template-call-permission-request"] = Plain(new TemplateMessage("may_we_call", "en_US", "88")),
        ["request-template-context-opaque"] = (Key, new TemplateMessage("order_ready_v2", "en_US", "4410", "Hill store"), new GraphSendOptions { CallbackData = "job-17" }),
        ["request-text-identity-key-hash"] = (Key, new TextMessage("Your code was reset."), new GraphSendOptions { IdentityKeyHash = "q7Zt4Vw9Lp0=" }),
        ["request-text-direct-send-authentication"] = Plain(new DirectSendMessage(new TextMessage("482913 is your verification code."), DirectSendCategory.Authentication) { TtlSeconds = 300 }),
        ["request-sticker-id"] = Plain(new StickerMessage(MediaSource.FromId("901100220033105"))),
        ["request-location"] = Plain(new LocationMessage(40.748817, -73.985428) { Name = "Harbour store", Address = "1 Sample Plaza, Newtown" }),
        ["request-unpin-group-message"] = (Group, PinMessage.Unpin(MessageId.Parse("wamid.c21wLWludmVudGVkLTAx")), new GraphSendOptions()),
        ["request-interactive-cta-url"] = Plain(new CtaUrlMessage("Your parcel is moving.", "Track parcel", new Uri("https://quill.example.test/t/4410"))
        {
            Header = "Order 4410",
            Footer = "No reply needed",
        }),
        ["request-interactive-location-request"] = Plain(new LocationRequestMessage("Where should we meet?")),
        ["request-interactive-flow-data-exchange-draft-by-name"] = Plain(new FlowMessage("Test flow", "Open", new FlowAction.DataExchange()) { FlowName = "rate_us", Token = "ft-7f32", IsDraft = true }),
        ["request-interactive-catalog"] = Plain(new CatalogMessage("See everything") { ThumbnailProductRetailerId = "KETTLE-BLUE", Footer = "Quill Kitchen" }),
        ["request-interactive-product-list"] = Plain(new ProductListMessage(
            "For tea", "Our picks", Catalog, new ProductSection("Kettles", "KETTLE-BLUE", "KETTLE-RED"), new ProductSection("Mugs", "MUG-SET-4"))),
        ["request-interactive-carousel-media-quick-reply"] = Plain(new MediaCarouselMessage("Two ideas:", Card(0), Card(1))),
        ["request-interactive-voice-call"] = Plain(new VoiceCallMessage("Faster by phone?", "Call us") { TtlMinutes = 120, Payload = "ticket-88" }),
        ["request-interactive-request-contact-info"] = To(HiddenCustomer, new ContactInfoRequestMessage("Please share your number for the courier.")),
        ["request-interactive-contact-request-unconfirmed-type"] = To(HiddenCustomer, new ContactInfoRequestMessage("Please share your number for the courier.") { WireKind = "contact_request" }),
        ["request-interactive-order-details-br"] = To(CustomerId.Parse("5511900000001"), new OrderDetailsMessage("Seu pedido", KettleOrder)),
        ["request-template-auth-otp"] = Plain(new TemplateMessage("login_code", "en") { OneTimeCode = "482913" }),
        ["request-template-body-named"] = Plain(new TemplateMessage("order_ready_named", "en_US")
        {
            Header = new TemplateHeader.Text("Ready") { Name = "title" },
            Body = [new TemplateParameter.Text("4410") { Name = "order_no" }, new TemplateParameter.Text("Marta") { Name = "first_name" }],
        }),
        ["request-template-buttons-url-quick-reply"] = Plain(new TemplateMessage("ship_note", "en_US", "4410")
        {
            Buttons = [new TemplateButtonParameter.Url(0, "4410?lang=en"), new TemplateButtonParameter.QuickReply(1, "ORDER-4410:CONFIRM")],
        }),
        ["request-template-carousel-product"] = Plain(new TemplateMessage("kettle_cards", "en_US")
        {
            Cards = [new TemplateCard(new TemplateHeader.Product(Catalog, "KETTLE-BLUE")), new TemplateCard(new TemplateHeader.Product(Catalog, "KETTLE-RED"))],
        }),
        ["request-template-catalog-button"] = Plain(new TemplateMessage("see_catalog", "en_US")
        {
            Buttons = [new TemplateButtonParameter.Catalog(0) { ThumbnailProductRetailerId = "KETTLE-BLUE" }],
        }),
        ["request-template-header-document-link-filename"] = Plain(new TemplateMessage("invoice", "en_US")
        {
            Header = new TemplateHeader.Document(MediaSource.FromLink("https://cdn.example.test/i.pdf")) { FileName = "invoice.pdf" },
        }),
        ["request-template-header-video"] = Plain(new TemplateMessage("demo", "en_US") { Header = new TemplateHeader.Video(MediaSource.FromId("901100220033109")) }),
        ["request-template-limited-time-offer"] = Plain(new TemplateMessage("lto_kettle", "en_US", "Marta")
        {
            Header = new TemplateHeader.Image(MediaSource.FromId("901100220033110")),
            OfferEnds = Instant.FromUnixTimeMilliseconds(1795504800000),
            Buttons = [new TemplateButtonParameter.CopyCode(0, "KETTLE20"), new TemplateButtonParameter.Url(1, "n3mtql")],
        }),
        ["request-template-mpm-button"] = Plain(new TemplateMessage("kettle_mpm", "en_US")
        {
            Buttons = [new TemplateButtonParameter.Products(0, "KETTLE-BLUE", new ProductSection("Kettles", "KETTLE-BLUE", "KETTLE-RED"))],
        }),
        ["request-template-spm-header-product"] = Plain(new TemplateMessage("kettle_spm", "en_US")
        {
            Header = new TemplateHeader.Product(Catalog, "KETTLE-BLUE"),
            Body = [new TemplateParameter.Text("Marta") { Name = "first_name" }],
        }),
        ["request-template-tap-target"] = Plain(new TemplateMessage("august_note", "en_US")
        {
            Header = new TemplateHeader.Image(MediaSource.FromId("901100220033130")),
            TapTargets = [new TapTarget(new Uri("https://quill.example.test/a"), "Offer")],
        }),
    };

    /// <summary>The other samples, with the reason.</summary>
    public static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        ["request-block-users"] = OtherEndpoint,
        ["request-business-profile"] = OtherEndpoint,
        ["request-call-accept"] = OtherEndpoint,
        ["request-call-connect-bsuid"] = OtherEndpoint,
        ["request-group-create"] = OtherEndpoint,
        ["request-mark-read"] = "no message; MarkReadAsync has a test of its own",
        ["request-settings-identity-check"] = OtherEndpoint,
        ["request-template-create-named"] = OtherEndpoint,
        ["request-template-create-request-contact-info"] = OtherEndpoint,
        ["request-template-edit-components"] = OtherEndpoint,
        ["request-text-to-and-recipient"] = "a conversation has one party, so both are never given; what Meta takes of it has a test of its own",
        ["request-thread-control-pass-ai"] = OtherEndpoint,
        ["request-thread-control-release"] = OtherEndpoint,
        ["request-webhook-override-phone"] = OtherEndpoint,
        ["request-webhook-override-waba"] = OtherEndpoint,
    };

    /// <summary>The text with the properties of every object in order.</summary>
    public static string Canonical(JsonNode node) => Sorted(node)!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static (ConversationKey To, Message Message, GraphSendOptions Options) Plain(Message message) => (Key, message, new GraphSendOptions());

    private static (ConversationKey To, Message Message, GraphSendOptions Options) To(CustomerId customer, Message message) =>
        (new ConversationKey(Number, customer), message, new GraphSendOptions());

    private static MediaCard Card(int number) =>
        new(
            new MessageHeader.Image(MediaSource.FromLink($"https://cdn.example.test/c{number}.jpg")),
            new CardAction.QuickReplies(new ReplyButton($"more-{number}", "More"), new ReplyButton($"buy-{number}", "Buy")))
        {
            Body = $"Card {number}",
        };
}
