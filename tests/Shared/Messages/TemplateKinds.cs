using NodaTime;

namespace WhatsSession.Tests;

/// <summary>Every part of template messages.</summary>
internal static class TemplateKinds
{
    private const string Fixed = "it has no field of the sender's own choice";

    private static readonly string Long = new('x', 5000);

    public static IReadOnlyList<Kind> All { get; } =
    [
        Row("template without values", _ => T(), () => T() with { Name = Long }),
        Row("template", _ => T("a", "b"), () => T(Long, Long, Long, Long, Long, Long, Long)),
        Row("template, named", _ => T() with { Header = new TemplateHeader.Text("h") { Name = "x" }, Body = [new TemplateParameter.Text("a") { Name = "y" }] }, () => T(Long) with { Header = "h" }),
        Row("template, currency and date", _ => T() with { Body = [new TemplateParameter.Currency("$1.23", "USD", 1230), new TemplateParameter.DateAndTime("May 1")] }, () => T() with { Header = "h", Body = [new TemplateParameter.DateAndTime(Long)] }),
        Row("template, image", media => T() with { Header = new TemplateHeader.Image(media.Image) }, () => T() with { Header = new TemplateHeader.Image(MediaSource.FromBytes(new byte[(5 * 1024 * 1024) + 1], "image/png")) }),
        Row("template, video", _ => T() with { Header = new TemplateHeader.Video(MediaSource.FromLink("https://cdn.example.test/v.mp4")) }, () => T() with { Header = new TemplateHeader.Video(TooLarge("video/mp4")) }),
        Row("template, animation", media => T() with { Header = new TemplateHeader.Gif(media.Video), Marketing = new MarketingDelivery() }, () => T() with { Header = new TemplateHeader.Gif(TooLarge("video/mp4")), Marketing = new MarketingDelivery() }),
        Row("template, document", media => T() with { Header = new TemplateHeader.Document(media.Document) }, () => T() with { Header = new TemplateHeader.Document(SampleMedia.Ids.Document) { FileName = Long } }),
        Row("template, location", _ => T() with { Header = new TemplateHeader.Location(52.52, 13.405, "Shop", "1 Road") }, () => T() with { Header = new TemplateHeader.Location(91, 0, "Shop", "1 Road") }),
        Row("template, product", _ => T() with { Header = new TemplateHeader.Product("1", "a") }, () => T() with { Header = new TemplateHeader.Product("", "a") }),
        Row("template, buttons", _ => With(new TemplateButtonParameter.Url(0, "x"), new TemplateButtonParameter.QuickReply(1, "p")), () => With(new TemplateButtonParameter.QuickReply(0, Long))),
        Row("template, coupon", _ => With(new TemplateButtonParameter.CopyCode(0, "KETTLE20")), () => With(new TemplateButtonParameter.CopyCode(0, Long))),
        Row("template, flow", _ => With(new TemplateButtonParameter.Flow(0) { Token = "k", Data = """{"a":1}""" }), whyUnlimited: "the platform sets no limit to a token and its data"),
        Row("template, catalog", _ => With(new TemplateButtonParameter.Catalog(0) { ThumbnailProductRetailerId = "a" }), whyUnlimited: Fixed),
        Row("template, products", _ => With(new TemplateButtonParameter.Products(0, "a", new ProductSection("One", "a", "b"))), () => With(new TemplateButtonParameter.Products(0, "a", new ProductSection("One", [.. Enumerable.Range(0, 31).Select(i => $"{i}")])))),
        Row("template, call", _ => With(new TemplateButtonParameter.VoiceCall(0) { TtlMinutes = 5 }), () => With(new TemplateButtonParameter.VoiceCall(0) { TtlMinutes = 43_201 })),
        Row("template, order to pay", _ => With(new TemplateButtonParameter.OrderToPay(0, Kinds.Order)), () => With(new TemplateButtonParameter.OrderToPay(0, Kinds.Order with { Items = [] }))),
        Row("template, state of an order", _ => T() with { OrderUpdate = new OrderUpdate("o1", OrderStatus.Shipped) }, () => T() with { OrderUpdate = new OrderUpdate("", OrderStatus.Shipped) }),
        Row("template, one-time code", _ => T() with { OneTimeCode = "482913" }, () => T() with { OneTimeCode = "1234567890123456" }),
        Row("template, offer", _ => T() with { OfferEnds = Instant.FromUnixTimeMilliseconds(1795504800000) }, () => T() with { OfferEnds = Instant.FromUnixTimeMilliseconds(1), Buttons = [new TemplateButtonParameter.CopyCode(0, "1234567890123456")] }),
        Row("template, tap target", _ => T() with { TapTargets = [new TapTarget(new Uri("https://shop.example/p"), "Offer")] }, () => T() with { TapTargets = [new TapTarget(new Uri("https://shop.example/p"), "")] }),
        Row("template, language policy", _ => T() with { NamesLanguagePolicy = true }, () => T() with { Name = Long, NamesLanguagePolicy = true }),
        Row("template, carousel", media => T() with { Cards = [Card(media, 0), Card(media, 1)] }, () => T() with { Cards = [Card(SampleMedia.Ids, 0)] }),
        Row("template, marketing", _ => T("a") with { Marketing = new MarketingDelivery { IsStrict = true } }, () => T(Long) with { Header = "h", Marketing = new MarketingDelivery() }),
    ];

    private static Kind Row(string name, Func<SampleMedia, Message> make, Func<Message>? broken = null, string? whyUnlimited = null) => new(name, make) { Broken = broken, WhyUnlimited = whyUnlimited };

    private static TemplateMessage T(params string[] body) => new("t", "en_US", body);

    private static TemplateMessage With(params TemplateButtonParameter[] buttons) => T() with { Buttons = buttons };

    private static MediaSource TooLarge(string mimeType) => MediaSource.FromBytes(new byte[(16 * 1024 * 1024) + 1], mimeType);

    private static TemplateCard Card(SampleMedia media, int i) => new(new TemplateHeader.Image(media.Image)) { Body = [$"c{i}"], Buttons = [new TemplateButtonParameter.QuickReply(0, $"p{i}")] };
}
