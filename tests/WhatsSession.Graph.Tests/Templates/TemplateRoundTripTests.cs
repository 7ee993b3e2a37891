using System.Net;
using System.Text.Json.Nodes;

namespace WhatsSession.Graph.Tests.Templates;

/// <summary>What Meta lists can be sent back as it came, with everything that this version does not know; and whatever comes instead of an answer is a failure and no exception.</summary>
public sealed class TemplateRoundTripTests
{
    /// <summary>Each component in the form that it has in a list.</summary>
    private const string Components = """
        [
          {"type":"HEADER","format":"TEXT","text":"Hello {{name}}","example":{"header_text_named_params":[{"param_name":"name","example":"Marta"}]}},
          {"type":"HEADER","format":"TEXT","text":"Hello {{1}}","example":{"header_text":["Marta"]}},
          {"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2U="]},"alt":"a kettle"},
          {"type":"HEADER","format":"HOLOGRAM","depth":{"cm":12.50}},
          {"type":"BODY","text":"Order {{1}} for {{2}} is ready.","example":{"body_text":[["4410","Marta"]]}},
          {"type":"BODY","text":"Order {{no}} is ready.","example":{"body_text_named_params":[{"param_name":"no","example":"4410"}]}},
          {"type":"BODY","text":"Order {{1}} is ready.","example":{"body_text":[["4410"],["4411"]]}},
          {"type":"BODY","text":"Order {{1}} is ready.","example":{"body_text":[["4410"]],"of_tomorrow":true}},
          {"type":"BODY","text":"*{{1}}* is your code.","add_security_recommendation":true},
          {"type":"FOOTER","text":"Quill Kitchen"},
          {"type":"FOOTER","code_expiration_minutes":10},
          {"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true,"of_tomorrow":{"hours":[1,2]}},"urgency":1},
          {"type":"CALL_PERMISSION_REQUEST"},
          {"type":"ORDER_STATUS"},
          {"type":"SONG","notes":["c","é",{"d":null}],"tempo":120},
          {"type":"BUTTONS","buttons":[
            {"type":"QUICK_REPLY","text":"Thanks"},
            {"type":"URL","text":"Map","url":"https://quill.example.test/{{1}}","example":["https://quill.example.test/7"]},
            {"type":"URL","text":"Map","url":"https://quill.example.test/"},
            {"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550001234"},
            {"type":"COPY_CODE","example":"KETTLE20"},
            {"type":"OTP","otp_type":"ONE_TAP","text":"Copy","autofill_text":"Fill in","supported_apps":[{"package_name":"com.example.quill","signature_hash":"K8a/AINcGX7","of_tomorrow":[true]}]},
            {"type":"OTP","otp_type":"ZERO_TAP","zero_tap_terms_accepted":true},
            {"type":"FLOW","text":"Rate us","flow_id":"123","flow_action":"navigate","navigate_screen":"FIRST","icon":"REVIEW"},
            {"type":"CATALOG","text":"See all"},
            {"type":"MPM","text":"See items"},
            {"type":"SPM","text":"See it"},
            {"type":"VOICE_CALL","text":"Call us"},
            {"type":"APP","text":"Open","app_deep_link":{"meta_app_id":"1"}},
            {"type":"ORDER_DETAILS","text":"Pay"},
            {"type":"REQUEST_CONTACT_INFO"},
            {"type":"TELEPORT","text":"Go","target":[1,2]}
          ]},
          {"type":"CAROUSEL","cards":[
            {"components":[{"type":"HEADER","format":"VIDEO","example":{"header_handle":["4::dmlkZW8="]}},{"type":"BODY","text":"A kettle."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},
            {"components":[{"type":"HEADER","format":"PRODUCT"}],"frame":"gold"}
          ]}
        ]
        """;

    private static readonly string Listed = """
        {"data":[{"id":"594425479261596","name":"order_ready","language":"en_US","category":"MARKETING","previous_category":"UTILITY","sub_category":"CUSTOM","status":"APPROVED",
        "rejected_reason":"NONE","quality_score":{"score":"GREEN","date":1794900000},"parameter_format":"POSITIONAL","message_send_ttl_seconds":43200,"components":COMPONENTS},
        "no template",{"id":"1"}],"paging":{"cursors":{"before":"b","after":"a"}}}
        """.Replace("COMPONENTS", Components, StringComparison.Ordinal);

    [Fact]
    public async Task Components_ReadFromAListAndSentBack_AreTheSame()
    {
        using var http = new StubHttp();
        http.AnswerWith(HttpStatusCode.OK, Listed);
        var template = (await ListAsync(http)).Should().ContainSingle().Subject;

        http.AnswerWith(HttpStatusCode.OK, Sample.Response("response-success-true"));
        using var client = new HttpClient(http, disposeHandler: false);
        await new GraphClient(client, new GraphClientOptions()).Templates.EditAsync(template.Id, new TemplateEdit { Components = template.Components }, "t");

        var sent = http.Requests[^1].Json["components"]!;
        var expected = JsonNode.Parse(Components)!;
        for (var i = 0; i < expected.AsArray().Count; i++)
        {
            JsonNode.DeepEquals(sent[i], expected[i]).Should().BeTrue($"{sent[i]!.ToJsonString()} is to be {expected[i]!.ToJsonString()}");
        }

        sent.AsArray().Should().HaveCount(expected.AsArray().Count);
    }

    [Fact]
    public async Task Template_ReadFromAList_HasEverythingMetaSaid()
    {
        using var http = new StubHttp();
        http.AnswerWith(HttpStatusCode.OK, Listed);

        var template = (await ListAsync(http)).Single();

        template.Should().BeEquivalentTo(new
        {
            Id = "594425479261596",
            Name = "order_ready",
            Language = "en_US",
            Category = TemplateCategory.Marketing,
            PreviousCategory = TemplateCategory.Utility,
            SubCategory = "CUSTOM",
            Status = TemplateStatus.Approved,
            RejectedReason = TemplateRejection.None,
            Quality = TemplateQuality.High,
            ParameterFormat = TemplateParameterFormat.Positional,
            MessageSendTtlSeconds = 43200,
        });
        template.Components.Select(component => component.GetType().Name).Should().Equal(
            "TextHeader", "TextHeader", "MediaHeader", "MediaHeader", "Body", "Body", "Body", "Body", "Body", "Footer", "Footer", "LimitedTimeOffer", "CallPermissionRequest", "Raw", "Raw", "Buttons", "Carousel");
        template.Components.OfType<TemplateComponent.Buttons>().Single().Items.Select(button => button.GetType().Name).Should().Equal(
            "QuickReply", "Url", "Url", "PhoneNumber", "CopyCode", "OneTimeCode", "OneTimeCode", "Flow", "Catalog", "Products", "Product", "VoiceCall", "App", "OrderDetails", "RequestContactInfo", "Raw");
        template.Components[4].Should().BeOfType<TemplateComponent.Body>().Which.Examples.Select(example => example.Value).Should().Equal("4410", "Marta");
        template.Components[14].OtherFields.Should().Be("""{"notes":["c","é",{"d":null}],"tempo":120}""");
        template.Components[11].Should().Be(new TemplateComponent.LimitedTimeOffer("Ends soon") { HasExpiration = true, OtherOfferFields = """{"of_tomorrow":{"hours":[1,2]}}""", OtherFields = """{"urgency":1}""" });
    }

    /// <summary>Meta writes types in capitals, its own examples not always; an example of a button is a text or an array.</summary>
    [Fact]
    public async Task Template_WrittenDifferently_IsReadTheSame()
    {
        using var http = new StubHttp();
        http.AnswerWith(HttpStatusCode.OK, """
            {"data":[{"name":"n","language":"en","quality_score":"RED","components":[{"buttons":[{"otp_type":"copy_code","type":"otp"},{"example":["A"],"type":"copy_code"}],"type":"buttons"},{"text":"b","type":"body"}]}]}
            """);

        var template = (await ListAsync(http)).Single();

        template.Quality.Should().Be(TemplateQuality.Low);
        template.Components[0].Should().BeOfType<TemplateComponent.Buttons>().Which.Items
            .Should().BeEquivalentTo<object>([new TemplateButtonDefinition.OneTimeCode(OneTimeCodeKind.CopyCode), new TemplateButtonDefinition.CopyCode("A")], options => options.RespectingRuntimeTypes());
        template.Components[1].Should().BeOfType<TemplateComponent.Body>().Which.Text.Should().Be("b");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("<html><body>Bad Gateway</body></html>")]
    [InlineData("{\"data\":7}")]
    [InlineData("{\"data\":[{\"name\":\"n\"")]
    [InlineData("{\"success\":7}")]
    [InlineData("{\"id\":{},\"code\":[],\"name\":null}")]
    public async Task AnyOtherAnswer_OfSuccess_IsAFailureWithItsStatus(string body)
    {
        foreach (var error in await AskEverythingAsync(HttpStatusCode.OK, Sample.Utf8(body)))
        {
            error.Should().NotBeNull();
            (error!.HttpStatus, error.Category).Should().Be((200, GraphErrorCategory.Unknown));
        }
    }

    [Fact]
    public async Task AnErrorWithAStatusOfSuccess_IsMetasError() =>
        (await AskEverythingAsync(HttpStatusCode.OK, Sample.Response("response-error-190-expired-token"))).Should().OnlyContain(error => error!.Code == 190);

    [Fact]
    public async Task EverySampleAnswer_AtEveryStatus_IsUnderstoodOrAFailure()
    {
        foreach (var name in Sample.NamesIn("responses"))
        {
            foreach (var status in (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway])
            {
                (await AskEverythingAsync(status, Sample.Response(name))).Should().OnlyContain(error => error != null, name);
            }
        }
    }

    /// <summary>Cut, flipped and random bytes: some still make an answer, none may throw.</summary>
    [Fact]
    public async Task ByteSoup_InPlaceOfAnAnswer_NeverThrows()
    {
        var random = new Random(4410);
        var listed = Sample.Utf8(Listed);
        for (var round = 0; round < 300; round++)
        {
            var soup = (byte[])listed.Clone();
            switch (round % 3)
            {
                case 0:
                    soup = soup[..random.Next(soup.Length)];
                    break;
                case 1:
                    for (var i = 0; i < 3; i++)
                    {
                        soup[random.Next(soup.Length)] = (byte)random.Next(256);
                    }

                    break;
                default:
                    random.NextBytes(soup);
                    break;
            }

            await AskEverythingAsync(round % 2 == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, soup);
        }
    }

    /// <summary>Half of a surrogate pair and broken UTF-8 are valid JSON to some; a template with them can still be sent back.</summary>
    [Fact]
    public async Task BrokenText_InUnknownFields_CanBeSentBack()
    {
        using var http = new StubHttp();
        byte[] body = [.. """{"data":[{"name":"n","language":"en","components":[{"type":"SONG","\ud800":"\ud800","x":" """u8, 0xFF, .. "\"}]}]}"u8];
        http.AnswerWith(HttpStatusCode.OK, body);
        var template = (await ListAsync(http)).Single();
        using var client = new HttpClient(http, disposeHandler: false);

        await new GraphClient(client, new GraphClientOptions()).Templates.EditAsync("1", new TemplateEdit { Components = template.Components }, "t");

        ((string?)http.Requests[^1].Json["components"]![0]!["type"]).Should().Be("SONG");
    }

    [Fact]
    public async Task NoConnection_IsNotReached()
    {
        using var http = new StubHttp();
        http.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        using var client = new HttpClient(http, disposeHandler: false);

        var result = await new GraphClient(client, new GraphClientOptions()).Templates.GetAsync("1", "t");

        (result.Error!.Category, result.Error.IsSafeToRetry).Should().Be((GraphErrorCategory.NotReached, true));
    }

    private static async Task<List<GraphError?>> AskEverythingAsync(HttpStatusCode status, byte[] body)
    {
        using var http = new StubHttp();
        http.AnswerWith(status, body);
        using var client = new HttpClient(http, disposeHandler: false);
        var graph = new GraphClient(client, new GraphClientOptions());
        return
        [
            (await graph.Templates.CreateAsync(Given.Account, new TemplateDraft("a", "en", TemplateCategory.Utility, new TemplateComponent.Body("b")), "t")).Error,
            (await graph.Templates.GetAsync("1", "t")).Error,
            (await graph.Templates.EditAsync("1", new TemplateEdit(), "t")).Error,
            (await graph.Templates.DeleteAsync(Given.Account, "a", "t")).Error,
            (await graph.Templates.UnpauseAsync("1", "t")).Error,
            (await graph.Templates.CompareAsync("1", "2", Given.T0, Given.T0 + NodaTime.Duration.FromDays(7), "t")).Error,
            (await graph.QrCodes.CreateAsync(Given.Number, "m", "t")).Error,
            (await graph.QrCodes.GetAsync(Given.Number, "A", "t")).Error,
            (await graph.QrCodes.DeleteAsync(Given.Number, "A", "t")).Error,
            await ErrorOfListAsync(graph.Templates.ListAsync(Given.Account, new TemplateQuery(), "t")),
            await ErrorOfListAsync(graph.QrCodes.ListAsync(Given.Number, "t")),
        ];
    }

    private static async Task<GraphError?> ErrorOfListAsync<T>(IAsyncEnumerable<T> list)
    {
        try
        {
            await foreach (var item in list)
            {
                item.Should().NotBeNull();
            }

            return null;
        }
        catch (GraphErrorException exception)
        {
            return exception.Error;
        }
    }

    private static async Task<List<TemplateDefinition>> ListAsync(StubHttp http)
    {
        using var client = new HttpClient(http, disposeHandler: false);
        var list = new List<TemplateDefinition>();
        await foreach (var template in new GraphClient(client, new GraphClientOptions()).Templates.ListAsync(Given.Account, new TemplateQuery(), "t"))
        {
            list.Add(template);
        }

        return list;
    }
}
