namespace WhatsSession.Emulator.Tests.Sending;

/// <summary>The Marketing Messages API takes marketing templates, and those alone.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages, as of November 2026.</remarks>
public sealed class MarketingTests
{
    private const string Gif = """[{"type":"HEADER","format":"GIF"},{"type":"BODY","text":"Look"}]""";

    private const string Animation = """
        "type":"template","template":{"name":"moving","language":{"code":"en_US"},"components":[{"type":"header","parameters":[{"type":"gif","gif":{"link":"https://example.test/a.mp4"}}]}]}
        """;

    private static readonly string Sale = Bodies.Template("sale", "20");

    /// <summary>The path, what is posted, and the status and code: 0 for accepted.</summary>
    public static TheoryData<string, string, int, int> Requests => new()
    {
        { "/marketing_messages", Sale, 200, 0 },
        { "/marketing_messages", Sale + ""","product_policy":"STRICT","message_activity_sharing":true""", 200, 0 },
        { "/marketing_messages", Sale + ""","product_policy":"CLOUD_API_FALLBACK" """, 200, 0 },
        { "/marketing_messages", Sale + ""","product_policy":"LENIENT" """, 400, 100 },
        { "/marketing_messages", Sale + ""","product_policy":1""", 400, 100 },
        { "/marketing_messages", Sale + ""","message_activity_sharing":"yes" """, 400, 100 },
        { "/marketing_messages", Sale + ""","recipient_type":"group" """, 400, 100 },
        { "/marketing_messages", Bodies.HelloWorld, 400, 131055 },
        { "/marketing_messages", Bodies.Template("unknown"), 404, 132001 },
        { "/marketing_messages", """ "type":"text","text":{"body":"x"} """, 400, 100 },
        { "/marketing_messages", """ "status":"read","message_id":"wamid.x" """, 400, 100 },
        { "/marketing_messages", Animation, 200, 0 },
        { "/messages", Animation, 400, 100 },
        { "/messages", Sale, 200, 0 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Send_ByPath_IsAnsweredAsInTheTable(string path, string content, int status, int code)
    {
        await using var business = await OpenAsync();

        var reply = await business.SendAsync(Business.Body(Business.Phone, content), path: path);

        (reply.StatusCode, reply.Code ?? 0).Should().Be((status, code));
    }

    [Fact]
    public async Task Send_Accepted_ArrivesAndIsPricedAsMarketingLite()
    {
        await using var business = await OpenAsync();

        var reply = await business.SendAsync(Business.Body(Business.Phone, Sale), path: "/marketing_messages");
        await business.SettleAsync();

        reply.Json.GetProperty("messages")[0].GetProperty("message_status").GetString().Should().Be("accepted");
        (await business.Emulator.Customer(Business.Phone).NextAsync().WithinLimitAsync()).Id.Should().Be(reply.MessageId);
        var pricing = business.Statuses()[0].Status.GetProperty("pricing");
        (pricing.GetProperty("category").GetString(), pricing.GetProperty("type").GetString()).Should().Be(("marketing_lite", "regular"));
    }

    [Fact]
    public async Task Send_ToAUserId_IsAccepted()
    {
        await using var business = await OpenAsync();
        var userId = business.Emulator.Customer(Business.Phone).UserId;

        var reply = await business.SendAsync($$"""{"messaging_product":"whatsapp","recipient":"{{userId}}",{{Sale}}}""", path: "/marketing_messages");

        reply.StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Send_CustomerStoppedMarketing_Is131050()
    {
        await using var business = await OpenAsync();
        await business.Emulator.Customer(Business.Phone).StopsMarketingAsync();

        (await business.SendAsync(Business.Body(Business.Phone, Sale), path: "/marketing_messages")).Code.Should().Be(131050);
    }

    [Fact]
    public async Task Get_Path_IsAnUnsupportedRequest()
    {
        await using var business = await OpenAsync();

        (await business.GetAsync($"v27.0/{Business.Number}/marketing_messages")).Code.Should().Be(100);
    }

    private static Task<Business> OpenAsync() => Business.OpenAsync(o =>
    {
        o.AddTemplate(new EmulatedTemplate { Name = "sale", Language = "en_US", Category = "MARKETING", BodyParameters = 1 });
        o.AddTemplate(new EmulatedTemplate { Name = "moving", Language = "en_US", Category = "MARKETING", Components = Gif });
    });
}
