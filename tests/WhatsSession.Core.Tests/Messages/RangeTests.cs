using System.Globalization;

namespace WhatsSession.Core.Tests.Messages;

/// <summary>Every limited number and count of every kind of message, at its limits and one beyond.</summary>
public sealed class RangeTests
{
    private const string Button = "template.components[button 0].parameters[0]";

    private static readonly MessageId MessageId = MessageId.Parse(Samples.MarkedMessageId);
    private static readonly Uri Page = new("https://shop.example/page");
    private static readonly MessageHeader Image = new MessageHeader.Image(MediaSource.FromId("1"));

    private static readonly Dictionary<string, (int? Least, int? Most, string Path, Func<int, Message> Make)> Ranges = new(StringComparer.Ordinal)
    {
        ["contacts"] = (1, 257, "contacts", count => new ContactsMessage(Many(count, _ => new ContactDetails(new ContactName("Ana", "Silva"))))),
        ["days of a pin"] = (1, 30, "pin.expiration_days", days => new PinMessage(MessageId, days)),
        ["minutes of a call button"] = (1, 43200, "interactive.action.parameters.ttl_minutes", minutes => new VoiceCallMessage("Text", "Call") { TtlMinutes = minutes }),
        ["media cards"] = (2, 10, "interactive.action.cards", count => new MediaCarouselMessage("Text", Many(count, _ => new MediaCard(Image, new CardAction.OpenUrl("Open", Page))))),
        ["quick replies of a card"] = (1, 2, "interactive.action.cards[0].action.buttons", count =>
            new MediaCarouselMessage("Text", Many(2, _ => new MediaCard(Image, new CardAction.QuickReplies(Many(count, i => new ReplyButton($"{i}", $"Title {i}"))))))),
        ["line breaks of a card"] = (null, 2, "interactive.action.cards[0].body.text", breaks =>
            new MediaCarouselMessage("Text", Many(2, _ => new MediaCard(Image, new CardAction.OpenUrl("Open", Page)) { Body = "a" + string.Concat(Enumerable.Repeat("\nb", breaks)) }))),
        ["product cards"] = (2, 10, "interactive.action.cards", count => new ProductCarouselMessage("Text", "1", Many(count, i => $"p{i}"))),
        ["product sections"] = (1, 10, "interactive.action.sections", count => new ProductListMessage("Header", "Text", "1", Many(count, i => new ProductSection($"s{i}", "a")))),
        ["products"] = (null, 30, "interactive.action.sections", count => new ProductListMessage("Header", "Text", "1", new ProductSection("One", "a"), new ProductSection("Two", Many(count - 1, i => $"p{i}")))),
        ["products of a section"] = (1, null, "interactive.action.sections[0].product_items", count => new ProductListMessage("Header", "Text", "1", new ProductSection("One", Many(count, i => $"p{i}")))),
        ["seconds of a utility message sent directly"] = (30, 43200, "ttl_seconds", seconds => new DirectSendMessage(Given.Text, DirectSendCategory.Utility) { TtlSeconds = seconds }),
        ["seconds of a code sent directly"] = (30, 900, "ttl_seconds", seconds => new DirectSendMessage(Given.Text, DirectSendCategory.Authentication) { TtlSeconds = seconds }),
        ["items of an order"] = (1, null, "interactive.action.parameters.order.items", count => new OrderDetailsMessage("Text", Samples.Order with { Items = Many(count, _ => Samples.Order.Items[0]) })),
        ["quantity of an order line"] = (1, null, "interactive.action.parameters.order.items[0].quantity", quantity =>
            new OrderDetailsMessage("Text", Samples.Order with { Items = [Samples.Order.Items[0] with { Quantity = quantity }] })),
        ["template cards"] = (2, 10, "template.components[carousel].cards", count =>
            new TemplateMessage("a", "de") { Cards = Many(count, _ => new TemplateCard(new TemplateHeader.Product("1", "a"))) }),
        ["index of a template button"] = (0, 9, "template.components[button {0}].index", index => Template(new TemplateButtonParameter.Url(index, "a"))),
        ["product sections of a template button"] = (1, 10, Button + ".action.sections", count =>
            Template(new TemplateButtonParameter.Products(0, "a", Many(count, i => new ProductSection($"s{i}", "a"))))),
        ["products of a template button"] = (null, 30, Button + ".action.sections", count =>
            Template(new TemplateButtonParameter.Products(0, "a", new ProductSection(title: null, Many(count, i => $"p{i}"))))),
        ["minutes of a template call button"] = (1, 43200, Button + ".ttl_minutes", minutes => Template(new TemplateButtonParameter.VoiceCall(0) { TtlMinutes = minutes })),
        ["characters of a template body alone"] = (null, 32768, "template.components[body].parameters", length => new TemplateMessage("a", "de", "x", new string('a', length - 1))),
        ["characters of a template body beside a header"] = (null, 1024, "template.components[body].parameters", length =>
            new TemplateMessage("a", "de", "x", new string('a', length - 1)) { Header = "Header" }),
        ["characters of a template header's value"] = (1, 60, "template.components[header].parameters[0].text", length => new TemplateMessage("a", "de") { Header = new string('a', length) }),
        ["characters of the body of an offer"] = (null, 600, "template.components[body].parameters", length => new TemplateMessage("a", "de", new string('a', length)) { OfferEnds = Given.Noon }),
        ["characters of a template card's body"] = (null, 160, "template.components[carousel].cards[0].components[body].parameters", length => new TemplateMessage("a", "de")
        {
            Cards = Many(2, i => new TemplateCard(new TemplateHeader.Product("1", "a")) { Body = [new string('a', i == 0 ? length : 1)] }),
        }),
    };

    public static TheoryData<string> Names => new(Ranges.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_NumberAtItsLimits_IsAllowed(string name)
    {
        var (least, most, _, make) = Ranges[name];

        new[] { least, most }.OfType<int>().SelectMany(number => make(number).Check()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_NumberBeyondItsLimits_IsAViolationWithBoth(string name)
    {
        var (least, most, path, make) = Ranges[name];
        if (least is { } low)
        {
            make(low - 1).Check().Should().Contain(violation => violation.Path == At(path, low - 1) && violation.Limit == low && violation.Actual == low - 1);
        }

        if (most is { } high)
        {
            make(high + 1).Check().Should().Contain(violation => violation.Path == At(path, high + 1) && violation.Limit == high && violation.Actual == high + 1);
        }
    }

    private static string At(string path, int number) => string.Format(CultureInfo.InvariantCulture, path, number);

    private static TemplateMessage Template(TemplateButtonParameter button) => new TemplateMessage("a", "de") with { Buttons = [button] };

    private static T[] Many<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
}
