using NodaTime;

namespace WhatsSession.Tests;

/// <summary>Messages with parts that no sample request shows, each with its JSON. The list of kinds is <see cref="Kinds"/>.</summary>
internal static class WrittenParts
{
    private const string Interactive = """{"type":"interactive","interactive":""";
    private const string Template = """{"type":"template","template":{"name":"t","language":{"code":"en"},"components":[""";

    public static readonly MediaSource Upload = MediaSource.FromId("9");
    private static readonly Uri Page = new("https://shop.example/p");

    public static readonly OrderDetails Order = new()
    {
        ReferenceId = "o1",
        IsPhysical = false,
        PaymentType = "upi",
        PaymentConfiguration = "main",
        PaymentSettings = [new PaymentSetting.Raw("boleto", """{"digitable_line":"1"}""")],
        Currency = "INR",
        Total = new OrderAmount(1100),
        Status = OrderStatus.Pending,
        Items = [new OrderLine("b", "Bread", new OrderAmount(1500), 2) { SaleAmount = new OrderAmount(1000) }],
        Subtotal = new OrderAmount(1000),
        Tax = new OrderCharge(new OrderAmount(100)) { Description = "GST" },
        Shipping = new OrderCharge(new OrderAmount(100)),
        Discount = new OrderCharge(new OrderAmount(100)),
    };

    private const string OrderJson =
        """{"reference_id":"o1","type":"digital-goods","payment_type":"upi","payment_configuration":"main","payment_settings":[{"type":"boleto","boleto":{"digitable_line":"1"}}],"currency":"INR","total_amount":{"value":1100,"offset":100},"order":{"status":"pending","items":[{"retailer_id":"b","name":"Bread","amount":{"value":1500,"offset":100},"sale_amount":{"value":1000,"offset":100},"quantity":2}],"subtotal":{"value":1000,"offset":100},"tax":{"value":100,"offset":100,"description":"GST"},"shipping":{"value":100,"offset":100},"discount":{"value":100,"offset":100}}}""";

    public static readonly Dictionary<string, (Message Message, string Json)> All = new(StringComparer.Ordinal)
    {
        ["audio"] = (new AudioMessage(Upload), """{"type":"audio","audio":{"id":"9"}}"""),
        ["location without name, near the equator"] = (new LocationMessage(-0.00001, 180), """{"type":"location","location":{"latitude":"-0.00001","longitude":"180"}}"""),
        ["contacts"] = (
            new ContactsMessage(
                new ContactDetails(new ContactName("Dr. Ana M. Silva jr.") { First = "Ana", Last = "Silva", Middle = "M.", Prefix = "Dr.", Suffix = "jr." })
                {
                    Phones = [new ContactPhone("+1 555 000 1234") { Type = "CELL", WhatsAppId = CustomerId.Parse("15550001234") }, new ContactPhone("+1 555 000 9999")],
                    Emails = [new ContactEmail("a@shop.example") { Type = "WORK" }],
                    Addresses = [new ContactAddress { Street = "1 Road", City = "Town", State = "CA", Zip = "94000", Country = "United States", CountryCode = "us", Type = "HOME" }],
                    Urls = [new ContactUrl(Page) { Type = "WORK" }],
                    Organization = new ContactOrganization { Company = "Shop", Department = "Sales", Title = "Head" },
                    Birthday = new LocalDate(1990, 1, 2),
                },
                new ContactDetails(new ContactName("Bo", "Li"))),
            """{"type":"contacts","contacts":[{"addresses":[{"street":"1 Road","city":"Town","state":"CA","zip":"94000","country":"United States","country_code":"us","type":"HOME"}],"birthday":"1990-01-02","emails":[{"email":"a@shop.example","type":"WORK"}],"name":{"formatted_name":"Dr. Ana M. Silva jr.","first_name":"Ana","last_name":"Silva","middle_name":"M.","suffix":"jr.","prefix":"Dr."},"org":{"company":"Shop","department":"Sales","title":"Head"},"phones":[{"phone":"+1 555 000 1234","type":"CELL","wa_id":"15550001234"},{"phone":"+1 555 000 9999"}],"urls":[{"url":"https://shop.example/p","type":"WORK"}]},{"name":{"formatted_name":"Bo Li","first_name":"Bo","last_name":"Li"}}]}"""),
        ["pin"] = (new PinMessage(MessageId.Parse("wamid.a"), 7), """{"type":"pin","pin":{"type":"pin","message_id":"wamid.a","expiration_days":7}}"""),
        ["raw"] = (new RawMessage("poll", """ {"q": ["a"] } """), """{"type":"poll","poll": {"q": ["a"] } }"""),
        ["address"] = (
            new AddressMessage("Where to?", "IN")
            {
                Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Asha" },
                SavedAddresses = [new SavedAddress("home", new Dictionary<string, string>(StringComparer.Ordinal) { ["city"] = "Pune" })],
                ValidationErrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["in_pin_code"] = "Unknown" },
            },
            Interactive + """{"type":"address_message","body":{"text":"Where to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Asha"},"saved_addresses":[{"id":"home","value":{"city":"Pune"}}],"validation_errors":{"in_pin_code":"Unknown"}}}}}"""),
        ["address without values"] = (new AddressMessage("Where to?", "IN"), Interactive + """{"type":"address_message","body":{"text":"Where to?"},"action":{"name":"address_message","parameters":{"country":"IN"}}}}"""),
        ["flow that navigates"] = (
            new FlowMessage("Rate us", "Open", new FlowAction.Navigate("FIRST") { Data = """{"a":1}""" }) { FlowId = "7", Header = new MessageHeader.Document(Upload) { FileName = "f.pdf" }, Footer = "F" },
            Interactive + """{"type":"flow","header":{"type":"document","document":{"id":"9","filename":"f.pdf"}},"body":{"text":"Rate us"},"footer":{"text":"F"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"7","flow_cta":"Open","flow_action":"navigate","flow_action_payload":{"screen":"FIRST","data":{"a":1}}}}}}"""),
        ["product"] = (new ProductMessage("1", "a"), Interactive + """{"type":"product","action":{"catalog_id":"1","product_retailer_id":"a"}}}"""),
        ["product with body"] = (
            new ProductMessage("1", "a") { Body = "B", Footer = "F" },
            Interactive + """{"type":"product","body":{"text":"B"},"footer":{"text":"F"},"action":{"catalog_id":"1","product_retailer_id":"a"}}}"""),
        ["catalog without thumbnail"] = (new CatalogMessage("All"), Interactive + """{"type":"catalog_message","body":{"text":"All"},"action":{"name":"catalog_message"}}}"""),
        ["media carousel with links"] = (
            new MediaCarouselMessage("Two", Card(Upload), Card(Upload)),
            Interactive + """{"type":"carousel","body":{"text":"Two"},"action":{"cards":[{"card_index":0,"type":"cta_url","header":{"type":"video","video":{"id":"9"}},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://shop.example/p"}}},{"card_index":1,"type":"cta_url","header":{"type":"video","video":{"id":"9"}},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://shop.example/p"}}}]}}}"""),
        ["product carousel"] = (
            new ProductCarouselMessage("Two", "1", "a", "b"),
            Interactive + """{"type":"carousel","body":{"text":"Two"},"action":{"cards":[{"card_index":0,"type":"product","action":{"catalog_id":"1","product_retailer_id":"a"}},{"card_index":1,"type":"product","action":{"catalog_id":"1","product_retailer_id":"b"}}]}}}"""),
        ["call permission request"] = (new CallPermissionRequestMessage(), Interactive + """{"type":"call_permission_request","action":{"name":"call_permission_request"}}}"""),
        ["call permission request with body"] = (
            new CallPermissionRequestMessage { Body = "May we?" },
            Interactive + """{"type":"call_permission_request","body":{"text":"May we?"},"action":{"name":"call_permission_request"}}}"""),
        ["order details"] = (
            new OrderDetailsMessage("Pay", Order) { HeaderImage = Upload, Footer = "F" },
            Interactive + """{"type":"order_details","header":{"type":"image","image":{"id":"9"}},"body":{"text":"Pay"},"footer":{"text":"F"},"action":{"name":"review_and_pay","parameters":""" + OrderJson + "}}}"),
        ["order status"] = (
            new OrderStatusMessage("Shipped", new OrderUpdate("o1", OrderStatus.PartiallyShipped) { Description = "One box" }),
            Interactive + """{"type":"order_status","body":{"text":"Shipped"},"action":{"name":"review_order","parameters":{"reference_id":"o1","order":{"status":"partially_shipped","description":"One box"}}}}}"""),
        ["direct send"] = (new DirectSendMessage(new TextMessage("Ready"), DirectSendCategory.Utility), """{"type":"text","text":{"body":"Ready"},"category":"utility"}"""),
        ["language policy"] = (
            new TemplateMessage("t", "en") { NamesLanguagePolicy = true },
            """{"type":"template","template":{"name":"t","language":{"code":"en","policy":"deterministic"}}}"""),
        ["template header text"] = (new TemplateMessage("t", "en") { Header = "Hi" }, Template + """{"type":"header","parameters":[{"type":"text","text":"Hi"}]}]}}"""),
        ["marketing template with a GIF"] = (
            new TemplateMessage("t", "en") { Header = new TemplateHeader.Gif(Upload), Marketing = new MarketingDelivery { IsStrict = true, SharesActivity = false } },
            Template + """{"type":"header","parameters":[{"type":"gif","gif":{"id":"9"}}]}]},"product_policy":"STRICT","message_activity_sharing":false}"""),
        ["template header location"] = (
            new TemplateMessage("t", "en") { Header = new TemplateHeader.Location(1.5, -2, "Shop", "1 Road") },
            Template + """{"type":"header","parameters":[{"type":"location","location":{"latitude":"1.5","longitude":"-2","name":"Shop","address":"1 Road"}}]}]}}"""),
        ["template body of every kind"] = (
            new TemplateMessage("t", "en") { Body = ["a", new TemplateParameter.Currency("$1.23", "USD", 1230), new TemplateParameter.DateAndTime("May 1")] },
            Template + """{"type":"body","parameters":[{"type":"text","text":"a"},{"type":"currency","currency":{"fallback_value":"$1.23","code":"USD","amount_1000":1230}},{"type":"date_time","date_time":{"fallback_value":"May 1"}}]}]}}"""),
        ["template buttons"] = (
            new TemplateMessage("t", "en")
            {
                Buttons =
                [
                    new TemplateButtonParameter.Flow(0) { Token = "k", Data = """{"a":1}""" },
                    new TemplateButtonParameter.VoiceCall(1) { TtlMinutes = 5, Payload = "p" },
                    new TemplateButtonParameter.OrderToPay(2, Order),
                    new TemplateButtonParameter.Catalog(3),
                ],
            },
            Template + """{"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action","action":{"flow_token":"k","flow_action_data":{"a":1}}}]},{"type":"button","sub_type":"voice_call","index":"1","parameters":[{"type":"ttl_minutes","ttl_minutes":5},{"type":"payload","payload":"p"}]},{"type":"button","sub_type":"order_details","index":"2","parameters":[{"type":"action","action":{"order_details":""" + OrderJson
                + """}}]},{"type":"button","sub_type":"CATALOG","index":"3","parameters":[{"type":"action","action":{}}]}]}}"""),
        ["template order status"] = (
            new TemplateMessage("t", "en") { OrderUpdate = new OrderUpdate("o1", OrderStatus.Canceled) },
            Template + """{"type":"order_status","parameters":[{"type":"order_status","order_status":{"reference_id":"o1","order":{"status":"canceled"}}}]}]}}"""),
        ["template carousel"] = (
            new TemplateMessage("t", "en", "x") { Cards = [TemplateCard("a"), TemplateCard("b")] },
            Template + """{"type":"body","parameters":[{"type":"text","text":"x"}]},{"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"9"}}]},{"type":"body","parameters":[{"type":"text","text":"a"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"a"}]}]},{"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"9"}}]},{"type":"body","parameters":[{"type":"text","text":"b"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"b"}]}]}]}]}}"""),
    };

    private static MediaCard Card(MediaSource video) => new(new MessageHeader.Video(video), new CardAction.OpenUrl("Open", Page));

    private static TemplateCard TemplateCard(string text) =>
        new(new TemplateHeader.Image(Upload)) { Body = [text], Buttons = [new TemplateButtonParameter.QuickReply(0, text)] };
}
