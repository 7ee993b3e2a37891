using System.Text.Json.Nodes;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Graph;

/// <summary>The exact request.</summary>
public sealed class RequestTests : IDisposable
{
    private const string OtherEndpoint = "another endpoint";
    private const string TemplateEndpoint = "no message; TemplateRequestTests has it";
    private const string Catalog = "808017424794512";

    private static readonly CustomerId HiddenCustomer = CustomerId.Parse("GB.77120043915586620318");

    private static readonly ConversationKey Group = new(Given.Number, GroupId.Parse("Z3JwOmludmVudGVkLWdyb3VwLTAwMQ"));

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

    private static readonly Dictionary<string, (ConversationKey To, Message Message, GraphSendOptions Options)> Covered = new(StringComparer.Ordinal)
    {
        ["request-text"] = Plain(new TextMessage("Your kettle is back in stock.")),
        ["request-text-preview-url"] = Plain(new TextMessage("Details: https://quill.example.test/kettle") { PreviewUrl = true }),
        ["request-text-reply-context"] = (Given.Key, new TextMessage("Yes, until 20:00."), new GraphSendOptions { ReplyTo = MessageId.Parse("wamid.c21wLWludmVudGVkLTAx") }),
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
        ["request-template-context-opaque"] = (Given.Key, new TemplateMessage("order_ready_v2", "en_US", "4410", "Hill store"), new GraphSendOptions { CallbackData = "job-17" }),
        ["request-text-identity-key-hash"] = (Given.Key, new TextMessage("Your code was reset."), new GraphSendOptions { IdentityKeyHash = "q7Zt4Vw9Lp0=" }),
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

    private static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        ["request-block-users"] = OtherEndpoint,
        ["request-business-profile"] = OtherEndpoint,
        ["request-call-accept"] = OtherEndpoint,
        ["request-call-connect-bsuid"] = OtherEndpoint,
        ["request-group-create"] = OtherEndpoint,
        ["request-mark-read"] = "no message; MarkReadAsync has a test of its own",
        ["request-settings-identity-check"] = OtherEndpoint,
        ["request-template-create-named"] = TemplateEndpoint,
        ["request-template-create-request-contact-info"] = TemplateEndpoint,
        ["request-template-edit-components"] = TemplateEndpoint,
        ["request-text-to-and-recipient"] = "a conversation has one party, so both are never given",
        ["request-thread-control-pass-ai"] = OtherEndpoint,
        ["request-thread-control-release"] = OtherEndpoint,
        ["request-webhook-override-phone"] = OtherEndpoint,
        ["request-webhook-override-waba"] = OtherEndpoint,
    };

    private readonly StubHttp _http = new();

    public static TheoryData<string> CoveredNames => [.. Covered.Keys];

    public void Dispose() => _http.Dispose();

    [Fact]
    public void SampleRequests_AreCoveredOrLeftForAReason() =>
        Covered.Keys.Concat(Left.Keys).Should().BeEquivalentTo(Sample.NamesIn("requests")).And.OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(CoveredNames))]
    public async Task SendMessageAsync_MessageOfSample_PostsTheSample(string name)
    {
        var (to, message, options) = Covered[name];

        message.CheckFor(to).Should().BeEmpty();
        await SendAsync(to, message, options);

        Canonical(_http.Requests.Should().ContainSingle().Which.Json).Should().Be(Canonical(JsonNode.Parse(Sample.Request(name))!));
    }

    [Fact]
    public async Task SendMessageAsync_Text_PostsTheseBytes()
    {
        await SendAsync(Given.Key, new TextMessage("Grüße ☕ 😀 <b>&\"\\\n/"), new GraphSendOptions { CallbackData = "a\"é" });

        _http.Requests[0].Text.Should().Be(
            """{"messaging_product":"whatsapp","recipient_type":"individual","to":"15550001234","type":"text","text":{"body":"Grüße ☕ \uD83D\uDE00 <b>&\"\\\n/"},"biz_opaque_callback_data":"a\"é"}""");
    }

    [Fact]
    public async Task SendMessageAsync_List_PostsTheseBytes()
    {
        await SendAsync(Given.Key, new ListMessage("Pick one", "Open", new ListSection("Kettles", new ListRow("b", "Blue", "Two litres"), new ListRow("r", "Red"))) { Header = "Stock", Footer = "Quill" });

        _http.Requests[0].Text.Should().EndWith(
            """
            "type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"Stock"},"body":{"text":"Pick one"},"footer":{"text":"Quill"},"action":{"button":"Open","sections":[{"title":"Kettles","rows":[{"id":"b","title":"Blue","description":"Two litres"},{"id":"r","title":"Red"}]}]}}}
            """);
    }

    [Fact]
    public async Task SendMessageAsync_DocumentAndVoiceAndNamedParameter_PostTheirFields()
    {
        await SendAsync(Given.Key, new DocumentMessage(MediaSource.FromId("9")) { Caption = "c", FileName = "f.pdf" });
        await SendAsync(Given.Key, new VoiceMessage(MediaSource.FromId("9")));
        await SendAsync(Given.Key, new TemplateMessage("t", "en") { Body = [new TemplateParameter.Text("4410") { Name = "order_no" }] });

        _http.Requests[0].Text.Should().Contain("""document":{"id":"9","caption":"c","filename":"f.pdf"}""");
        _http.Requests[1].Text.Should().Contain("""audio":{"id":"9","voice":true}""");
        _http.Requests[2].Text.Should().Contain("""components":[{"type":"body","parameters":[{"type":"text","text":"4410","parameter_name":"order_no"}]}]""");
    }

    [Fact]
    public async Task SendMessageAsync_LoneSurrogates_AreReplaced()
    {
        // Not in attributes: those hold UTF-8, which has no lone surrogates.
        foreach (var (text, expected) in new[] { ("a\ud83db", "a\ufffdb"), ("\ude00", "\ufffd"), ("\ud83d", "\ufffd"), ("\ud83d\ude00", "\ud83d\ude00") })
        {
            await SendAsync(Given.Key, new TextMessage(text), new GraphSendOptions { CallbackData = text });

            ((string?)_http.Requests[^1].Json["text"]!["body"]).Should().Be(expected);
            ((string?)_http.Requests[^1].Json["biz_opaque_callback_data"]).Should().Be(expected);
        }
    }

    [Fact]
    public async Task SendMessageAsync_Always_HasTheHeaders()
    {
        await SendAsync(Given.Key, Given.Text);

        var sent = _http.Requests[0];
        sent.Method.Should().Be(HttpMethod.Post);
        sent.Headers["Authorization"].Should().Be("Bearer " + Given.AccessToken);
        sent.Headers["User-Agent"].Should().MatchRegex(@"^WhatsSession/\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$");
        sent.Headers["Content-Type"].Should().Be("application/json; charset=utf-8");
        sent.Headers["Content-Length"].Should().Be($"{sent.Body.Length}");
        sent.Headers.Should().HaveCount(4);
    }

    [Theory]
    [InlineData("https://graph.facebook.com/", "https://graph.facebook.com/v26.0/314159265358979/messages")]
    [InlineData("https://proxy.example.test/meta/graph/", "https://proxy.example.test/meta/graph/v26.0/314159265358979/messages")]
    [InlineData("https://proxy.example.test/meta/graph", "https://proxy.example.test/meta/graph/v26.0/314159265358979/messages")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/v26.0/314159265358979/messages")]
    public async Task SendMessageAsync_BaseAddress_KeepsItsPath(string address, string expected)
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions { BaseAddress = new Uri(address) });

        await client.SendMessageAsync(Given.Key, Given.Text, Given.AccessToken);

        _http.Requests[0].Address.AbsoluteUri.Should().Be(expected);
    }

    [Fact]
    public async Task SendMessageAsync_OtherVersionAndNumber_AreInTheAddress()
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions { Version = "v27.0" });

        await client.SendMessageAsync(new ConversationKey(Given.OtherNumber, CustomerId.Parse(Given.Phone)), Given.Text, Given.AccessToken);

        _http.Requests[0].Address.AbsoluteUri.Should().Be("https://graph.facebook.com/v27.0/314159265358980/messages");
    }

    [Fact]
    public async Task SendMessageAsync_MarketingTemplate_GoesToItsOwnEndpoint()
    {
        await SendAsync(Given.Key, Given.Template with { Marketing = new MarketingDelivery() });
        await SendAsync(Given.Key, Given.Template);

        _http.Requests.Select(sent => sent.Address.AbsolutePath).Should().Equal("/v26.0/314159265358979/marketing_messages", "/v26.0/314159265358979/messages");
        Canonical(_http.Requests[0].Json).Should().Be(Canonical(_http.Requests[1].Json));
    }

    [Fact]
    public async Task SendMessageAsync_WrongArguments_Throw()
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions());

        await client.Invoking(c => c.SendMessageAsync(Given.Key, null!, "t")).Should().ThrowAsync<ArgumentNullException>();
        await client.Invoking(c => c.SendMessageAsync(Given.Key, Given.Text, "")).Should().ThrowAsync<ArgumentException>();
        await client.Invoking(c => c.SendMessageAsync(default, Given.Text, "t")).Should().ThrowAsync<ArgumentException>();
        _http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendMessageAsync_AfterAMessageThatCannotBeWritten_IsUnharmed()
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions());
        await client.Invoking(c => c.SendMessageAsync(default, Given.Text, "t")).Should().ThrowAsync<ArgumentException>();

        await client.SendMessageAsync(Given.Key, Given.Text, "t");

        ((string?)_http.Requests[0].Json["text"]!["body"]).Should().Be(Given.Text.Body);
    }

    /// <summary>Bodies live in pooled buffers; each must arrive whole, whatever the others do.</summary>
    [Fact]
    public async Task SendMessageAsync_InParallel_MixesNoBuffers()
    {
        _http.Answer = async (_, _) =>
        {
            await Task.Yield();
            return StubHttp.Accepted();
        };
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions());

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, cancellationToken) =>
            await client.SendMessageAsync(Given.Key, new TextMessage(Body(i)), $"token-{i}", cancellationToken));

        _http.Requests.Should().HaveCount(200);
        foreach (var sent in _http.Requests)
        {
            var i = int.Parse(sent.Headers["Authorization"]["Bearer token-".Length..]);
            ((string?)sent.Json["text"]!["body"]).Should().Be(Body(i));
        }

        static string Body(int i) => $"{i}:" + new string((char)('a' + (i % 26)), i * 37);
    }

    private static (ConversationKey To, Message Message, GraphSendOptions Options) Plain(Message message) => (Given.Key, message, new GraphSendOptions());

    private static (ConversationKey To, Message Message, GraphSendOptions Options) To(CustomerId customer, Message message) =>
        (new ConversationKey(Given.Number, customer), message, new GraphSendOptions());

    private static MediaCard Card(int number) =>
        new(
            new MessageHeader.Image(MediaSource.FromLink($"https://cdn.example.test/c{number}.jpg")),
            new CardAction.QuickReplies(new ReplyButton($"more-{number}", "More"), new ReplyButton($"buy-{number}", "Buy")))
        {
            Body = $"Card {number}",
        };

    private static string Canonical(JsonNode node) => Sorted(node)!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private async Task SendAsync(ConversationKey to, Message message, GraphSendOptions? options = null)
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var result = await new GraphClient(http, new GraphClientOptions()).SendMessageAsync(to, message, Given.AccessToken, options ?? new GraphSendOptions());
        result.Should().BeOfType<GraphSendResult.Accepted>();
    }
}
