using System.Net;
using System.Text.Json.Nodes;
using NodaTime;

namespace WhatsSession.Graph.Tests.Templates;

/// <summary>The exact requests of templates and QR codes, and what is made of the answers.</summary>
public sealed class TemplateRequestTests : IDisposable
{
    private const string TemplateId = "594425479261596";

    private static readonly Dictionary<string, TemplateDraft> Created = new(StringComparer.Ordinal)
    {
        ["request-template-create-named"] = new(
            "order_ready_named",
            "en_US",
            TemplateCategory.Utility,
            new TemplateComponent.TextHeader("{{title}}") { Examples = [new TemplateExample("Ready") { Name = "title" }] },
            new TemplateComponent.Body(
                "Order {{order_no}} for {{first_name}} is ready now.", new TemplateExample("4410") { Name = "order_no" }, new TemplateExample("Marta") { Name = "first_name" }),
            new TemplateComponent.Footer("Quill Kitchen"),
            new TemplateComponent.Buttons(
                new TemplateButtonDefinition.QuickReply("Thanks"),
                new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}") { Example = "https://quill.example.test/7" }))
        {
            ParameterFormat = TemplateParameterFormat.Named,
            MessageSendTtlSeconds = 3600,
        },
        ["request-template-create-request-contact-info"] = new(
            "share_number",
            "en",
            TemplateCategory.Utility,
            new TemplateComponent.Body("Please share your number so the courier can reach you."),
            new TemplateComponent.Buttons(new TemplateButtonDefinition.RequestContactInfo())),
    };

    private readonly StubHttp _http = new();

    public static TheoryData<string> CreatedNames => [.. Created.Keys];

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(CreatedNames))]
    public async Task CreateAsync_DraftOfSample_PostsTheSample(string name)
    {
        Created[name].Check().Should().BeEmpty();
        _http.AnswerWith(HttpStatusCode.OK, """{"id":"594425479261596","status":"PENDING","category":"UTILITY"}""");

        var result = await AskAsync(client => client.Templates.CreateAsync(Given.Account, Created[name], Given.AccessToken));

        result.Value.Should().Be(new CreatedTemplate(TemplateId, TemplateStatus.Pending, TemplateCategory.Utility));
        var sent = Single(HttpMethod.Post, "/v27.0/271828182845904/message_templates");
        sent.Headers["Authorization"].Should().Be("Bearer " + Given.AccessToken);
        SameJson(sent.Json, Sample.Request(name));
    }

    [Fact]
    public async Task EditAsync_EditOfSample_PostsTheSample()
    {
        _http.AnswerWith(HttpStatusCode.OK, Sample.Response("response-success-true"));
        var edit = new TemplateEdit { Components = [new TemplateComponent.Body("Order {{1}} is ready.", "4410")] };

        edit.Check().Should().BeEmpty();
        (await AskAsync(client => client.Templates.EditAsync(TemplateId, edit, Given.AccessToken))).IsSuccess.Should().BeTrue();

        SameJson(Single(HttpMethod.Post, "/v27.0/" + TemplateId).Json, Sample.Request("request-template-edit-components"));
    }

    [Fact]
    public async Task CreateAsync_RefusedByMeta_SaysWhatToDo()
    {
        _http.AnswerWith(HttpStatusCode.BadRequest, Sample.Response("response-error-template-user-msg"));

        var result = await AskAsync(client => client.Templates.CreateAsync(Given.Account, Created.Values.First(), Given.AccessToken));

        result.IsSuccess.Should().BeFalse();
        (result.Error!.Code, result.Error.Subcode, result.Error.UserTitle, result.Error.HttpStatus).Should().Be((100, 2388293, "Too many variables", 400));
        result.Error.Advice.Text.Should().Contain("fewer placeholders");
        result.Invoking(r => r.EnsureSuccess()).Should().Throw<GraphErrorException>().Which.Error.Should().BeSameAs(result.Error);
    }

    [Fact]
    public async Task DeleteAsync_ByNameAndById_NamesThem()
    {
        _http.AnswerWith(HttpStatusCode.OK, Sample.Response("response-success-true"));

        await AskAsync(client => client.Templates.DeleteAsync(Given.Account, "order_ready", Given.AccessToken));
        await AskAsync(client => client.Templates.DeleteAsync(Given.Account, "order_ready", TemplateId, Given.AccessToken));

        _http.Requests.Should().OnlyContain(sent => sent.Method == HttpMethod.Delete && sent.Body.Length == 0);
        _http.Requests.Select(sent => sent.Address.PathAndQuery).Should().Equal(
            "/v27.0/271828182845904/message_templates?name=order_ready",
            "/v27.0/271828182845904/message_templates?hsm_id=594425479261596&name=order_ready");
    }

    [Fact]
    public async Task UnpauseAsync_MetaDoesNot_GivesMetasReason()
    {
        _http.AnswerWith(HttpStatusCode.OK, """{"success":false,"reason":"The template is not paused."}""");

        var result = await AskAsync(client => client.Templates.UnpauseAsync(TemplateId, Given.AccessToken));

        (result.Error!.Message, result.Error.Category).Should().Be(("The template is not paused.", GraphErrorCategory.InvalidRequest));
        Single(HttpMethod.Post, "/v27.0/594425479261596/unpause");
    }

    [Fact]
    public async Task CompareAsync_TwoTemplates_AsksForTheTimeAndReadsTheFigures()
    {
        _http.AnswerWith(HttpStatusCode.OK, """
            {"data":[{"metric":"BLOCK_RATE","type":"RELATIVE","order_by_relative_metric":["2","1"]},
            {"metric":"MESSAGE_SENDS","type":"NUMBER_VALUES","number_values":[{"key":"1","value":1273},{"key":"2","value":"7"}]},
            {"metric":"TOP_BLOCK_REASON","type":"STRING_VALUES","string_values":[{"key":"1","value":"SPAM"}]},{"metric":"OF_TOMORROW"}]}
            """);

        var result = await AskAsync(client => client.Templates.CompareAsync("1", "2", Given.T0, Given.T0 + Duration.FromDays(7), Given.AccessToken));

        Single(HttpMethod.Get, "/v27.0/1/compare").Address.Query.Should().Be("?template_ids=%5B2%5D&start=1794900000&end=1795504800");
        result.Value!.ByBlockRate.Should().Equal("2", "1");
        result.Value.Sends.Should().BeEquivalentTo(new Dictionary<string, long>(StringComparer.Ordinal) { ["1"] = 1273, ["2"] = 7 });
        result.Value.TopBlockReasons.Should().BeEquivalentTo(new Dictionary<string, string>(StringComparer.Ordinal) { ["1"] = "SPAM" });
    }

    [Fact]
    public async Task ListAsync_Query_HasMetasNames()
    {
        _http.AnswerWith(HttpStatusCode.OK, """{"data":[]}""");
        var query = new TemplateQuery
        {
            Status = TemplateStatus.Approved,
            Category = TemplateCategory.Utility,
            Name = "order",
            Language = "en_US",
            Quality = TemplateQuality.High,
            Content = "is ready & waiting",
            Source = "AUTO_GENERATED",
            PageSize = 50,
        };

        (await ListAsync(query)).Should().BeEmpty();

        Single(HttpMethod.Get, "/v27.0/271828182845904/message_templates").Address.Query.Should()
            .EndWith("&status=APPROVED&category=UTILITY&name=order&language=en_US&quality_score=GREEN&content=is%20ready%20%26%20waiting&source=AUTO_GENERATED&limit=50");
    }

    [Fact]
    public async Task ListAsync_Pages_GoOnByCursorAndNeverByAddress()
    {
        Answers(Page(["1", "2"], after: "c1"), Page(["3"], after: null));

        (await ListAsync(new TemplateQuery())).Select(template => template.Id).Should().Equal("1", "2", "3");

        _http.Requests.Select(sent => sent.Address.Host).Distinct().Should().Equal("graph.facebook.com");
        _http.Requests[1].Address.Query.Should().EndWith("&after=c1");
    }

    /// <summary>The cursor goes stale when templates come and go while the list is read.</summary>
    [Fact]
    public async Task ListAsync_LostCursor_StartsAgainWithoutRepeating()
    {
        Answers(Page(["1", "2"], after: "c1"), BadCursor(), Page(["0", "1", "2"], after: "c2"), Page(["3"], after: null));

        (await ListAsync(new TemplateQuery())).Select(template => template.Id).Should().Equal("1", "2", "0", "3");

        _http.Requests[2].Address.Query.Should().NotContain("after=");
    }

    [Fact]
    public async Task ListAsync_CursorLostAgainAndAgain_GivesUp()
    {
        _http.Answer = (sent, _) => Task.FromResult(sent.Address.Query.Contains("after=", StringComparison.Ordinal) ? BadCursor() : Page(["1"], after: "c1"));

        (await FluentActions.Awaiting(() => ListAsync(new TemplateQuery())).Should().ThrowAsync<GraphErrorException>()).Which.Error.Code.Should().Be(131059);
        _http.Requests.Should().HaveCount(8);
    }

    [Fact]
    public async Task ListAsync_PagesInACircle_GiveUp()
    {
        _http.Answer = (_, _) => Task.FromResult(Page(["1"], after: "c1"));

        await FluentActions.Awaiting(() => ListAsync(new TemplateQuery())).Should().ThrowAsync<GraphErrorException>();
    }

    [Fact]
    public async Task ListAsync_Refused_ThrowsMetasError()
    {
        _http.AnswerWith(HttpStatusCode.Unauthorized, Sample.Response("response-error-190-expired-token"));

        (await FluentActions.Awaiting(() => ListAsync(new TemplateQuery())).Should().ThrowAsync<GraphErrorException>()).Which.Error.Code.Should().Be(190);
    }

    [Fact]
    public async Task QrCodes_Requests_AreMetas()
    {
        _http.AnswerWith(HttpStatusCode.OK, """{"data":[{"code":"ANED2T5QRU7HG1","prefilled_message":"Hello!","deep_link_url":"https://wa.me/message/ANED2T5QRU7HG1"}]}""");

        var code = await AskAsync(client => client.QrCodes.GetAsync(Given.Number, "ANED2T5QRU7HG1", Given.AccessToken));
        code.Value.Should().Be(new QrCode { Code = "ANED2T5QRU7HG1", PrefilledMessage = "Hello!", Link = new Uri("https://wa.me/message/ANED2T5QRU7HG1") });
        _http.AnswerWith(HttpStatusCode.OK, """{"code":"ANED2T5QRU7HG1","prefilled_message":"Hello!","deep_link_url":"https://wa.me/message/ANED2T5QRU7HG1","qr_image_url":"https://scontent.example.test/q.svg"}""");
        var created = await AskAsync(client => client.QrCodes.CreateAsync(Given.Number, "Hello!", QrImageFormat.Svg, Given.AccessToken));
        created.Value!.Image.Should().Be(new Uri("https://scontent.example.test/q.svg"));
        await AskAsync(client => client.QrCodes.CreateAsync(Given.Number, "Hello!", Given.AccessToken));
        await AskAsync(client => client.QrCodes.UpdateAsync(Given.Number, "ANED2T5QRU7HG1", "Hi!", Given.AccessToken));
        _http.AnswerWith(HttpStatusCode.OK, Sample.Response("response-success-true"));
        (await AskAsync(client => client.QrCodes.DeleteAsync(Given.Number, "ANED2T5QRU7HG1", Given.AccessToken))).IsSuccess.Should().BeTrue();

        _http.Requests.Select(sent => $"{sent.Method} {sent.Address.PathAndQuery} {sent.Text}").Should().Equal(
            "GET /v27.0/314159265358979/message_qrdls/ANED2T5QRU7HG1 ",
            """POST /v27.0/314159265358979/message_qrdls {"prefilled_message":"Hello!","generate_qr_image":"SVG"}""",
            """POST /v27.0/314159265358979/message_qrdls {"prefilled_message":"Hello!"}""",
            """POST /v27.0/314159265358979/message_qrdls {"code":"ANED2T5QRU7HG1","prefilled_message":"Hi!"}""",
            "DELETE /v27.0/314159265358979/message_qrdls/ANED2T5QRU7HG1 ");
    }

    /// <summary>An id becomes a part of the address; what is none would lead elsewhere with the token.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("1/../2")]
    [InlineData("order_ready")]
    [InlineData("١٢٣")]
    public async Task TemplateAndQrCodeIds_OfAnotherForm_Throw(string id)
    {
        await Throws(client => client.Templates.GetAsync(id, "t"));
        await Throws(client => client.Templates.EditAsync(id, new TemplateEdit(), "t"));
        await Throws(client => client.Templates.UnpauseAsync(id, "t"));
        await Throws(client => client.Templates.DeleteAsync(Given.Account, "n", id, "t"));
        await Throws(client => client.Templates.CompareAsync("1", id, Given.T0, Given.T0 + Duration.FromDays(7), "t"));
        await Throws(client => client.QrCodes.GetAsync(Given.Number, "a_" + id, "t"));
        await Throws(client => client.QrCodes.DeleteAsync(Given.Number, "a_" + id, "t"));
        await Throws(client => client.QrCodes.UpdateAsync(Given.Number, "a_" + id, "m", "t"));

        _http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task OtherWrongArguments_Throw()
    {
        await Throws(client => client.Templates.CreateAsync(default, Created.Values.First(), "t"));
        await Throws(client => client.Templates.CreateAsync(Given.Account, Created.Values.First() with { OtherFields = "[1]" }, "t"));
        await Throws(client => client.Templates.CreateAsync(Given.Account, new TemplateDraft("a", "en", TemplateCategory.Marketing, new TemplateComponent.LimitedTimeOffer("Soon") { OtherOfferFields = "7" }), "t"));
        await Throws(client => client.Templates.CreateAsync(Given.Account, new TemplateDraft("a", "en", TemplateCategory.Utility, new TemplateComponent.Raw("SONG") { OtherFields = "{\"a\":1} x" }), "t"));
        await Throws(client => client.QrCodes.CreateAsync(default, "m", "t"));
        await Throws(client => client.Templates.CompareAsync("1", "2", Given.T0, Given.T0 + Duration.FromDays(8), "t"));

        _http.Requests.Should().BeEmpty();
    }

    private static HttpResponseMessage Page(string[] ids, string? after)
    {
        var paging = after is null ? "" : $$""","paging":{"cursors":{"before":"b","after":"{{after}}"},"next":"https://elsewhere.example.test/?after={{after}}"}""";
        return StubHttp.Json(HttpStatusCode.OK, $$"""{"data":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","name":"order_ready","language":"en_US"}"""))}}]{{paging}}}""");
    }

    private static HttpResponseMessage BadCursor() => StubHttp.Json(HttpStatusCode.BadRequest, """{"error":{"message":"(#131059) Invalid paging cursor","code":131059}}""");

    private static void SameJson(JsonNode actual, byte[] expected) => JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).Should().BeTrue(actual.ToJsonString());

    private void Answers(params HttpResponseMessage[] responses)
    {
        var queue = new Queue<HttpResponseMessage>(responses);
        _http.Answer = (_, _) => Task.FromResult(queue.Dequeue());
    }

    private SentRequest Single(HttpMethod method, string path)
    {
        var sent = _http.Requests.Should().ContainSingle().Subject;
        (sent.Method, sent.Address.AbsolutePath).Should().Be((method, path));
        return sent;
    }

    private Task Throws<T>(Func<GraphClient, Task<T>> ask) => FluentActions.Awaiting(() => AskAsync(ask)).Should().ThrowAsync<ArgumentException>();

    private async Task<T> AskAsync<T>(Func<GraphClient, Task<T>> ask)
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        return await ask(new GraphClient(http, new GraphClientOptions()));
    }

    private async Task<List<TemplateDefinition>> ListAsync(TemplateQuery query)
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var list = new List<TemplateDefinition>();
        await foreach (var template in new GraphClient(http, new GraphClientOptions()).Templates.ListAsync(Given.Account, query, Given.AccessToken))
        {
            list.Add(template);
        }

        return list;
    }
}
