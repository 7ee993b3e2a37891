using System.Text.Json.Nodes;

namespace WhatsSession.Sdk.Tests.Graph;

/// <summary>The exact request.</summary>
public sealed class RequestTests : IDisposable
{
    private const string NotYet = "this kind of message is not there yet";
    private const string OtherEndpoint = "another endpoint";

    private static readonly CustomerId HiddenCustomer = CustomerId.Parse("GB.77120043915586620318");

    private static readonly Dictionary<string, (ConversationKey To, Message Message, GraphSendOptions Options)> Covered = new(StringComparer.Ordinal)
    {
        ["request-text"] = Plain(new TextMessage("Your kettle is back in stock.")),
        ["request-text-preview-url"] = Plain(new TextMessage("Details: https://quill.example.test/kettle") { PreviewUrl = true }),
        ["request-text-reply-context"] = (Given.Key, new TextMessage("Yes, until 20:00."), new GraphSendOptions { ReplyTo = MessageId.Parse("wamid.c21wLWludmVudGVkLTAx") }),
        ["request-text-to-bsuid"] = To(HiddenCustomer, new TextMessage("Hello, hidden number.")),
        ["request-text-to-parent-bsuid"] = To(CustomerId.Parse("US.ENT.60551872934410027785"), new TextMessage("Hello across portfolios.")),
        ["request-text-group"] = (new ConversationKey(Given.Number, GroupId.Parse("Z3JwOmludmVudGVkLWdyb3VwLTAwMQ")), new TextMessage("Driver arrives at 10."), new GraphSendOptions()),
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
    };

    private static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        ["request-block-users"] = OtherEndpoint,
        ["request-business-profile"] = OtherEndpoint,
        ["request-call-accept"] = OtherEndpoint,
        ["request-call-connect-bsuid"] = OtherEndpoint,
        ["request-group-create"] = OtherEndpoint,
        ["request-interactive-carousel-media-quick-reply"] = NotYet,
        ["request-interactive-catalog"] = NotYet,
        ["request-interactive-contact-request-unconfirmed-type"] = NotYet,
        ["request-interactive-cta-url"] = NotYet,
        ["request-interactive-flow-data-exchange-draft-by-name"] = NotYet,
        ["request-interactive-location-request"] = NotYet,
        ["request-interactive-order-details-br"] = NotYet,
        ["request-interactive-product-list"] = NotYet,
        ["request-interactive-request-contact-info"] = NotYet,
        ["request-interactive-voice-call"] = NotYet,
        ["request-location"] = NotYet,
        ["request-mark-read"] = "no message; MarkReadAsync has a test of its own",
        ["request-settings-identity-check"] = OtherEndpoint,
        ["request-sticker-id"] = NotYet,
        ["request-template-auth-otp"] = "templates have body parameters alone so far",
        ["request-template-body-named"] = "templates have body parameters alone so far",
        ["request-template-buttons-url-quick-reply"] = "templates have body parameters alone so far",
        ["request-template-carousel-product"] = "templates have body parameters alone so far",
        ["request-template-catalog-button"] = "templates have body parameters alone so far",
        ["request-template-create-named"] = OtherEndpoint,
        ["request-template-create-request-contact-info"] = OtherEndpoint,
        ["request-template-edit-components"] = OtherEndpoint,
        ["request-template-header-document-link-filename"] = "templates have body parameters alone so far",
        ["request-template-header-video"] = "templates have body parameters alone so far",
        ["request-template-limited-time-offer"] = "templates have body parameters alone so far",
        ["request-template-mpm-button"] = "templates have body parameters alone so far",
        ["request-template-spm-header-product"] = "templates have body parameters alone so far",
        ["request-template-tap-target"] = "templates have body parameters alone so far",
        ["request-text-direct-send-authentication"] = "direct send is not there yet",
        ["request-text-identity-key-hash"] = "the identity check is not there yet",
        ["request-text-to-and-recipient"] = "a conversation has one party, so both are never given",
        ["request-thread-control-pass-ai"] = OtherEndpoint,
        ["request-thread-control-release"] = OtherEndpoint,
        ["request-unpin-group-message"] = NotYet,
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

        message.Check().Should().BeEmpty();
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
