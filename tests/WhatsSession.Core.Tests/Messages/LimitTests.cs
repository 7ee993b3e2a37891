using System.Globalization;
using System.Text;

namespace WhatsSession.Core.Tests.Messages;

/// <summary>Every limited text of every kind of message, at its limit and one above.</summary>
public sealed class LimitTests
{
    private const string Family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
    private const string CombiningMark = "e\u0301";
    private const string SurrogatePair = "\U0001F600";

    private const string Body = "interactive.body.text";
    private const string Footer = "interactive.footer.text";
    private const string Parameters = "interactive.action.parameters.";
    private const string Cards = "interactive.action.cards";
    private const string ButtonZero = "template.components[button 0].parameters[0].";

    private static readonly Uri Page = new("https://shop.example/page");
    private static readonly ContactDetails Ana = new(new ContactName("Ana", "Silva"));
    private static readonly FlowMessage Flow = new("Text", "Open", new FlowAction.DataExchange()) { FlowId = "1" };
    private static readonly ProductListMessage Products = new("Header", "Text", "1", new ProductSection("One", "a"));
    private static readonly MediaCard Card = new(new MessageHeader.Image(MediaSource.FromId("1234")), new CardAction.OpenUrl("Open", Page));
    private static readonly OrderUpdate Shipped = new("order-1", OrderStatus.Shipped);
    private static readonly MediaSource Source = MediaSource.FromId("1234");

    private static readonly Dictionary<string, (int? Limit, string Path, bool Required, Func<string?, Message> Make)> Fields = new(StringComparer.Ordinal)
    {
        ["TextMessage.Body"] = (4096, "text.body", true, text => new TextMessage(text!)),
        ["ImageMessage.Caption"] = (1024, "image.caption", false, text => new ImageMessage(Source) { Caption = text }),
        ["VideoMessage.Caption"] = (1024, "video.caption", false, text => new VideoMessage(Source) { Caption = text }),
        ["DocumentMessage.Caption"] = (1024, "document.caption", false, text => new DocumentMessage(Source) { Caption = text }),
        ["DocumentMessage.FileName"] = (240, "document.filename", false, text => new DocumentMessage(Source) { FileName = text }),
        ["ReplyButtonsMessage.Body"] = (1024, "interactive.body.text", true, text => new ReplyButtonsMessage(text!, Button(0))),
        ["ReplyButtonsMessage.Footer"] = (60, "interactive.footer.text", false, text => new ReplyButtonsMessage("Choose", Button(0)) { Footer = text }),
        ["MessageHeader.Text.Value"] = (60, "interactive.header.text", true, text => new ReplyButtonsMessage("Choose", Button(0)) { Header = new MessageHeader.Text(text!) }),
        ["MessageHeader.Document.FileName"] = (240, "interactive.header.document.filename", false, text =>
            new ReplyButtonsMessage("Choose", Button(0)) { Header = new MessageHeader.Document(Source) { FileName = text } }),
        ["ReplyButton.Id"] = (256, "interactive.action.buttons[1].reply.id", true, text => new ReplyButtonsMessage("Choose", Button(0), new ReplyButton(text!, "No"))),
        ["ReplyButton.Title"] = (20, "interactive.action.buttons[1].reply.title", true, text => new ReplyButtonsMessage("Choose", Button(0), new ReplyButton("no", text!))),
        ["ListMessage.Body"] = (4096, "interactive.body.text", true, text => new ListMessage(text!, "Open", Section())),
        ["ListMessage.Footer"] = (60, "interactive.footer.text", false, text => new ListMessage("Choose", "Open", Section()) { Footer = text }),
        ["ListMessage.Header"] = (60, "interactive.header.text", false, text => new ListMessage("Choose", "Open", Section()) { Header = text }),
        ["ListMessage.Button"] = (20, "interactive.action.button", true, text => new ListMessage("Choose", text!, Section())),
        ["ListSection.Title"] = (24, "interactive.action.sections[0].title", false, text => new ListMessage("Choose", "Open", Section() with { Title = text })),
        ["ListSection.Title of two"] = (24, "interactive.action.sections[1].title", true, text =>
            new ListMessage("Choose", "Open", Section(), new ListSection(text, new ListRow("other", "Other")))),
        ["ListRow.Id"] = (200, "interactive.action.sections[0].rows[1].id", true, text => new ListMessage("Choose", "Open", Section(new ListRow(text!, "Other")))),
        ["ListRow.Title"] = (24, "interactive.action.sections[0].rows[1].title", true, text => new ListMessage("Choose", "Open", Section(new ListRow("other", text!)))),
        ["ListRow.Description"] = (72, "interactive.action.sections[0].rows[1].description", false, text =>
            new ListMessage("Choose", "Open", Section(new ListRow("other", "Other", text)))),
        ["TextMessage.Body sent directly"] = (1024, "text.body", true, text => new DirectSendMessage(new TextMessage(text!), DirectSendCategory.Utility)),
        ["LocationMessage.Name"] = (null, "location.name", false, text => new LocationMessage(1, 2) { Name = text }),
        ["LocationMessage.Address"] = (null, "location.address", false, text => new LocationMessage(1, 2) { Address = text }),
        ["ContactName.Formatted"] = (null, "contacts[0].name.formatted_name", true, text => new ContactsMessage(new ContactDetails(new ContactName(text!) { First = "A" }))),
        ["ContactPhone.Number"] = (null, "contacts[0].phones[0].phone", true, text => new ContactsMessage(Ana with { Phones = [new ContactPhone(text!)] })),
        ["ContactEmail.Address"] = (null, "contacts[0].emails[0].email", true, text => new ContactsMessage(Ana with { Emails = [new ContactEmail(text!)] })),
        ["CtaUrlMessage.Body"] = (1024, Body, true, text => new CtaUrlMessage(text!, "Open", Page)),
        ["CtaUrlMessage.Footer"] = (60, Footer, false, text => new CtaUrlMessage("Text", "Open", Page) { Footer = text }),
        ["CtaUrlMessage.Button"] = (20, Parameters + "display_text", true, text => new CtaUrlMessage("Text", text!, Page)),
        ["LocationRequestMessage.Body"] = (1024, Body, true, text => new LocationRequestMessage(text!)),
        ["AddressMessage.Body"] = (1024, Body, true, text => new AddressMessage(text!, "IN")),
        ["AddressMessage.Footer"] = (60, Footer, false, text => new AddressMessage("Text", "IN") { Footer = text }),
        ["SavedAddress.Id"] = (null, Parameters + "saved_addresses[0].id", true, text => new AddressMessage("Text", "IN") { SavedAddresses = [new SavedAddress(text!, new Dictionary<string, string>(StringComparer.Ordinal))] }),
        ["FlowMessage.Body"] = (1024, Body, true, text => Flow with { Body = text }),
        ["FlowMessage.Footer"] = (60, Footer, false, text => Flow with { Footer = text }),
        ["FlowMessage.Button"] = (30, Parameters + "flow_cta", true, text => Flow with { Button = text! }),
        ["FlowMessage.FlowId"] = (null, Parameters + "flow_id", false, text => Flow with { FlowId = text, FlowName = text is null ? "name" : null }),
        ["FlowMessage.FlowName"] = (null, Parameters + "flow_name", false, text => Flow with { FlowName = text, FlowId = text is null ? "1" : null }),
        ["FlowMessage.Token"] = (null, Parameters + "flow_token", false, text => Flow with { Token = text }),
        ["FlowAction.Navigate.Screen"] = (null, Parameters + "flow_action_payload.screen", true, text => Flow with { Action = new FlowAction.Navigate(text!) }),
        ["ProductMessage.Body"] = (1024, Body, false, text => new ProductMessage("1", "a") { Body = text }),
        ["ProductMessage.Footer"] = (60, Footer, false, text => new ProductMessage("1", "a") { Footer = text }),
        ["ProductMessage.CatalogId"] = (null, "interactive.action.catalog_id", true, text => new ProductMessage(text!, "a")),
        ["ProductMessage.ProductRetailerId"] = (null, "interactive.action.product_retailer_id", true, text => new ProductMessage("1", text!)),
        ["ProductListMessage.Header"] = (60, "interactive.header.text", true, text => Products with { Header = text! }),
        ["ProductListMessage.Body"] = (1024, Body, true, text => Products with { Body = text }),
        ["ProductListMessage.Footer"] = (60, Footer, false, text => Products with { Footer = text }),
        ["ProductListMessage.CatalogId"] = (null, "interactive.action.catalog_id", true, text => Products with { CatalogId = text! }),
        ["ProductSection.Title"] = (24, "interactive.action.sections[0].title", false, text => Products with { Sections = [new ProductSection(text, "a")] }),
        ["ProductSection.Title of two"] = (24, "interactive.action.sections[1].title", true, text => Products with { Sections = [new ProductSection("One", "a"), new ProductSection(text, "b")] }),
        ["ProductSection.Title in a template"] = (24, "template.components[button 0].parameters[0].action.sections[0].title", false, text =>
            Template(new TemplateButtonParameter.Products(0, "a", new ProductSection(text, "a")))),
        ["CatalogMessage.Body"] = (1024, Body, true, text => new CatalogMessage(text!)),
        ["CatalogMessage.Footer"] = (60, Footer, false, text => new CatalogMessage("Text") { Footer = text }),
        ["CatalogMessage.ThumbnailProductRetailerId"] = (null, Parameters + "thumbnail_product_retailer_id", false, text => new CatalogMessage("Text") { ThumbnailProductRetailerId = text }),
        ["MediaCarouselMessage.Body"] = (1024, Body, true, text => new MediaCarouselMessage(text!, Card, Card)),
        ["MediaCard.Body"] = (160, Cards + "[1].body.text", false, text => new MediaCarouselMessage("Text", Card, Card with { Body = text })),
        ["CardAction.OpenUrl.Button"] = (20, Cards + "[1].action.parameters.display_text", true, text => new MediaCarouselMessage("Text", Card, Card with { Action = new CardAction.OpenUrl(text!, Page) })),
        ["ReplyButton.Title of a card"] = (20, Cards + "[0].action.buttons[0].quick_reply.title", true, text => OneQuickReply(new ReplyButton("a", text!))),
        ["ReplyButton.Id of a card"] = (256, Cards + "[0].action.buttons[0].quick_reply.id", true, text => OneQuickReply(new ReplyButton(text!, "A"))),
        ["ProductCarouselMessage.Body"] = (1024, Body, true, text => new ProductCarouselMessage(text!, "1", "a", "b")),
        ["ProductCarouselMessage.CatalogId"] = (null, Cards + "[0].action.catalog_id", true, text => new ProductCarouselMessage("Text", text!, "a", "b")),
        ["CallPermissionRequestMessage.Body"] = (1024, Body, false, text => new CallPermissionRequestMessage { Body = text }),
        ["VoiceCallMessage.Body"] = (1024, Body, true, text => new VoiceCallMessage(text!, "Call")),
        ["VoiceCallMessage.Footer"] = (60, Footer, false, text => new VoiceCallMessage("Text", "Call") { Footer = text }),
        ["VoiceCallMessage.Button"] = (20, Parameters + "display_text", true, text => new VoiceCallMessage("Text", text!)),
        ["VoiceCallMessage.Payload"] = (512, Parameters + "payload", false, text => new VoiceCallMessage("Text", "Call") { Payload = text }),
        ["ContactInfoRequestMessage.Body"] = (1024, Body, true, text => new ContactInfoRequestMessage(text!)),
        ["ContactInfoRequestMessage.Footer"] = (60, Footer, false, text => new ContactInfoRequestMessage("Text") { Footer = text }),
        ["ContactInfoRequestMessage.WireKind"] = (null, "interactive.type", true, text => new ContactInfoRequestMessage("Text") { WireKind = text! }),
        ["OrderDetailsMessage.Body"] = (1024, Body, true, text => new OrderDetailsMessage(text!, Order)),
        ["OrderDetailsMessage.Footer"] = (60, Footer, false, text => new OrderDetailsMessage("Text", Order) { Footer = text }),
        ["OrderDetails.ReferenceId"] = (null, Parameters + "reference_id", true, text => new OrderDetailsMessage("Text", Order with { ReferenceId = text! })),
        ["OrderDetails.PaymentType"] = (null, Parameters + "payment_type", true, text => new OrderDetailsMessage("Text", Order with { PaymentType = text! })),
        ["OrderDetails.PaymentConfiguration"] = (null, Parameters + "payment_configuration", false, text => new OrderDetailsMessage("Text", Order with { PaymentConfiguration = text })),
        ["OrderLine.RetailerId"] = (null, Parameters + "order.items[0].retailer_id", true, text => new OrderDetailsMessage("Text", Order with { Items = [Order.Items[0] with { RetailerId = text! }] })),
        ["OrderLine.Name"] = (null, Parameters + "order.items[0].name", true, text => new OrderDetailsMessage("Text", Order with { Items = [Order.Items[0] with { Name = text! }] })),
        ["PaymentSetting.Raw.Type"] = (null, Parameters + "payment_settings[0].type", true, text => new OrderDetailsMessage("Text", Order with { PaymentSettings = [new PaymentSetting.Raw(text!, "{}")] })),
        ["OrderStatusMessage.Body"] = (1024, Body, true, text => new OrderStatusMessage(text!, Shipped)),
        ["OrderStatusMessage.Footer"] = (60, Footer, false, text => new OrderStatusMessage("Text", Shipped) { Footer = text }),
        ["OrderUpdate.ReferenceId"] = (null, Parameters + "reference_id", true, text => new OrderStatusMessage("Text", Shipped with { ReferenceId = text! })),
        ["OrderUpdate.Description"] = (null, Parameters + "order.description", false, text => new OrderStatusMessage("Text", Shipped with { Description = text })),
        ["OrderStatus.Name"] = (null, Parameters + "order.status", true, text => new OrderStatusMessage("Text", Shipped with { Status = new OrderStatus(text!) })),
        ["TemplateMessage.OneTimeCode"] = (15, "template.components[body].parameters[0].text", false, text => new TemplateMessage("a", "de") { OneTimeCode = text }),
        ["TemplateHeader.Document.FileName"] = (240, "template.components[header].parameters[0].document.filename", false, text =>
            new TemplateMessage("a", "de") { Header = new TemplateHeader.Document(Source) { FileName = text } }),
        ["TemplateHeader.Location.Name"] = (null, "template.components[header].parameters[0].location.name", true, text => new TemplateMessage("a", "de") { Header = new TemplateHeader.Location(1, 2, text!, "b") }),
        ["TemplateHeader.Location.Address"] = (null, "template.components[header].parameters[0].location.address", true, text => new TemplateMessage("a", "de") { Header = new TemplateHeader.Location(1, 2, "a", text!) }),
        ["TemplateHeader.Product.CatalogId"] = (null, "template.components[header].parameters[0].product.catalog_id", true, text => new TemplateMessage("a", "de") { Header = new TemplateHeader.Product(text!, "b") }),
        ["TemplateHeader.Product.ProductRetailerId"] = (null, "template.components[header].parameters[0].product.product_retailer_id", true, text =>
            new TemplateMessage("a", "de") { Header = new TemplateHeader.Product("1", text!) }),
        ["TemplateButtonParameter.Url.Suffix"] = (2000, ButtonZero + "text", true, text => Template(new TemplateButtonParameter.Url(0, text!))),
        ["TemplateButtonParameter.QuickReply.Payload"] = (128, ButtonZero + "payload", true, text => Template(new TemplateButtonParameter.QuickReply(0, text!))),
        ["TemplateButtonParameter.CopyCode.Code"] = (20, ButtonZero + "coupon_code", true, text => Template(new TemplateButtonParameter.CopyCode(0, text!))),
        ["TemplateButtonParameter.CopyCode.Code of an offer"] = (15, ButtonZero + "coupon_code", true, text => Template(new TemplateButtonParameter.CopyCode(0, text!)) with { OfferEnds = Given.Noon }),
        ["TemplateButtonParameter.Flow.Token"] = (null, ButtonZero + "action.flow_token", false, text => Template(new TemplateButtonParameter.Flow(0) { Token = text })),
        ["TemplateButtonParameter.Catalog.ThumbnailProductRetailerId"] = (null, ButtonZero + "action.thumbnail_product_retailer_id", false, text =>
            Template(new TemplateButtonParameter.Catalog(0) { ThumbnailProductRetailerId = text })),
        ["TemplateButtonParameter.Products.ThumbnailProductRetailerId"] = (null, ButtonZero + "action.thumbnail_product_retailer_id", true, text =>
            Template(new TemplateButtonParameter.Products(0, text!, new ProductSection(title: null, "a")))),
        ["TemplateButtonParameter.VoiceCall.Payload"] = (512, ButtonZero + "payload", false, text => Template(new TemplateButtonParameter.VoiceCall(0) { TtlMinutes = 1, Payload = text })),
        ["TapTarget.Title"] = (null, "template.components[tap_target_configuration].parameters[0].tap_target_configuration[0].title", true, text =>
            new TemplateMessage("a", "de") { TapTargets = [new TapTarget(Page, text!)] }),
    };

    /// <summary>Texts that Meta neither requires nor limits, and texts with rules and tests of their own.</summary>
    private static readonly string[] Others =
    [
        .. ((string[])["First", "Last", "Middle", "Prefix", "Suffix"]).Select(part => "ContactName." + part),
        .. ((string[])["Street", "City", "State", "Zip", "Country", "CountryCode", "Type"]).Select(part => "ContactAddress." + part),
        .. ((string[])["Company", "Department", "Title"]).Select(part => "ContactOrganization." + part),
        "ReactionMessage.Emoji", "ContactPhone.Type", "ContactEmail.Type", "ContactUrl.Type", "OrderCharge.Description",
        "AddressMessage.Country", "OrderDetails.Currency", "TemplateParameter.Currency.Code",
        "MediaSource.Id.MediaId", "TemplateMessage.Name", "TemplateMessage.Language", "TemplateMessage.Json",
        "TemplateHeader.Text.Value", "TemplateHeader.Text.Name", "TemplateParameter.Text.Value", "TemplateParameter.Text.Name", "TemplateParameter.Currency.Fallback",
        "TemplateParameter.Currency.Name", "TemplateParameter.DateAndTime.Value", "TemplateParameter.DateAndTime.Name",
        "FlowAction.Navigate.Data", "TemplateButtonParameter.Flow.Data", "PaymentSetting.Raw.Json",
        "LocationRequestMessage.Footer", "MediaCarouselMessage.Footer", "ProductCarouselMessage.Footer", "CallPermissionRequestMessage.Footer",
    ];

    public static TheoryData<string, string> FieldsAndUnits
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Fields.Where(row => row.Value.Limit is not null).Select(row => row.Key))
            {
                data.Add(name, "a");
                data.Add(name, Family);
                data.Add(name, CombiningMark);
                data.Add(name, SurrogatePair);
            }

            return data;
        }
    }

    public static TheoryData<string> RequiredFields => new(Fields.Where(row => row.Value.Required).Select(row => row.Key));

    public static TheoryData<string> OptionalFields => new(Fields.Where(row => !row.Value.Required).Select(row => row.Key));

    public static TheoryData<string> AllFields => new(Fields.Keys);

    [Theory]
    [MemberData(nameof(FieldsAndUnits))]
    public void Check_TextAtItsLimit_IsAllowed(string field, string unit)
    {
        var (limit, _, _, make) = Fields[field];

        make(OfLength(limit!.Value, unit)).Check().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(FieldsAndUnits))]
    public void Check_TextOneAboveItsLimit_IsTheOneViolation(string field, string unit)
    {
        var (limit, path, _, make) = Fields[field];

        var violations = make(OfLength(limit!.Value + 1, unit)).Check();

        violations.Should().Equal(new Violation(path, $"is {limit + 1} characters long; the limit is {limit}") { Limit = limit, Actual = limit + 1 });
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public void Check_LoneSurrogates_CountOneEach(int surrogate)
    {
        var violations = new TextMessage(new string((char)surrogate, 4097)).Check();

        violations.Should().ContainSingle(violation => violation.Limit == 4096).Which.Actual.Should().Be(4097);
    }

    [Theory]
    [MemberData(nameof(RequiredFields))]
    public void Check_RequiredTextMissing_IsTheOneViolation(string field) => CheckMissing(field, null);

    [Theory]
    [MemberData(nameof(AllFields))]
    public void Check_TextEmpty_IsTheOneViolation(string field) => CheckMissing(field, "");

    [Theory]
    [MemberData(nameof(AllFields))]
    public void Check_TextOfSpaces_IsTheOneViolation(string field) => CheckMissing(field, " \t\n\u00a0\u3000");

    [Theory]
    [MemberData(nameof(OptionalFields))]
    public void Check_OptionalTextMissing_IsAllowed(string field) => Fields[field].Make(null).Check().Should().BeEmpty();

    /// <summary>A text that is added to any part of any message without a row in the table fails here.</summary>
    [Fact]
    public void Table_OfLimits_NamesEveryTextOfEveryMessage() =>
        MessageParts.All.SelectMany(type => type.GetProperties().Where(property => property.PropertyType == typeof(string) && property.SetMethod is not null).Select(property => $"{MessageParts.NameOf(type)}.{property.Name}"))
            .Should().BeEquivalentTo(Fields.Keys.Select(field => field.Split(' ')[0]).Distinct().Concat(Others));

    [Fact]
    public void Check_TextWithoutLimit_MayBeLong() =>
        Fields.Values.Where(field => field.Limit is null).SelectMany(field => field.Make(new string('a', 10_000)).Check()).Should().BeEmpty();

    [Fact]
    public void Units_OfTheTests_AreWhatTheyClaim() =>
        new[] { Family, CombiningMark, SurrogatePair }.Select(unit => (unit.EnumerateRunes().Count(), unit.Length, new StringInfo(unit).LengthInTextElements))
            .Should().Equal((7, 11, 1), (2, 2, 1), (1, 2, 1));

    private static void CheckMissing(string field, string? text)
    {
        var (_, path, _, make) = Fields[field];

        make(text).Check().Should().Equal(new Violation(path, "is empty; a text is required") { Limit = 1, Actual = 0 });
    }

    /// <summary>A text of that many code points: whole units, and letters for the rest.</summary>
    private static string OfLength(int codePoints, string unit)
    {
        var (units, rest) = Math.DivRem(codePoints, unit.EnumerateRunes().Count());
        return new StringBuilder().Insert(0, unit, units).Append('z', rest).ToString();
    }

    private static OrderDetails Order => Samples.Order;

    private static TemplateMessage Template(TemplateButtonParameter button) => new TemplateMessage("a", "de") with { Buttons = [button] };

    private static MediaCarouselMessage OneQuickReply(ReplyButton button) =>
        new("Text", Card with { Action = new CardAction.QuickReplies(button) }, Card with { Action = new CardAction.QuickReplies(new ReplyButton("b", "B")) });

    private static ReplyButton Button(int number) => new($"id{number}", $"Title {number}");

    private static ListSection Section(params ListRow[] more) => new("Section", [new ListRow("first", "First"), .. more]);
}
