using System.Net;

namespace WhatsSession.Graph.Tests.Messages;

/// <summary>What is made of every answer: a listed error code decides before the status class, and only what surely was not accepted counts as refused.</summary>
public sealed class AnswerTests
{
    private static readonly HttpStatusCode[] Statuses =
        [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable];

    private static readonly Dictionary<string, (int Code, GraphErrorCategory Category)> ListedErrors = new(StringComparer.Ordinal)
    {
        ["response-block-users-mixed-http400"] = (139100, GraphErrorCategory.InvalidRequest),
        ["response-error-130429"] = (130429, GraphErrorCategory.RateLimited),
        ["response-error-131047"] = (131047, GraphErrorCategory.WindowClosed),
        ["response-error-131056-pair-rate"] = (131056, GraphErrorCategory.RateLimited),
        ["response-error-131062-bsuid"] = (131062, GraphErrorCategory.InvalidRequest),
        ["response-error-190-expired-token"] = (190, GraphErrorCategory.Configuration),
        ["response-error-error-data-string"] = (100, GraphErrorCategory.InvalidRequest),
        ["response-error-template-user-msg"] = (100, GraphErrorCategory.InvalidRequest),
    };

    public static TheoryData<string, HttpStatusCode> SamplesAndStatuses
    {
        get
        {
            var cases = new TheoryData<string, HttpStatusCode>();
            foreach (var name in Sample.NamesIn("responses"))
            {
                foreach (var status in Statuses)
                {
                    cases.Add(name, status);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(SamplesAndStatuses))]
    public async Task SendAsync_SampleAnswer_IsUnderstood(string name, HttpStatusCode status)
    {
        var result = await SendAsync(StubHttp.Json(status, Sample.Response(name)));

        if (ListedErrors.TryGetValue(name, out var expected))
        {
            var error = result.Should().BeOfType<GraphSendResult.Refused>().Which.Error;
            (error.Code, error.Category, error.HttpStatus).Should().Be((expected.Code, expected.Category, (int)status));
        }
        else if (status == HttpStatusCode.OK && name.StartsWith("response-send-", StringComparison.Ordinal))
        {
            result.Should().BeOfType<GraphSendResult.Accepted>().Which.MessageId.Value
                .Should().Be(name == "response-send-phone-canonical-ar" ? "wamid.YXItMQ==" : StubHttp.AcceptedId);
        }
        else if (status == HttpStatusCode.OK || (int)status >= 500)
        {
            result.Should().BeOfType<GraphSendResult.Unanswered>();
        }
        else
        {
            result.Should().BeOfType<GraphSendResult.Refused>().Which.Error.HttpStatus.Should().Be((int)status);
        }
    }

    [Fact]
    public async Task SendAsync_TemplateHeldForQuality_SaysSo() =>
        (await SendAsync(StubHttp.Json(HttpStatusCode.OK, Sample.Response("response-send-template-paced"))))
            .Should().BeOfType<GraphSendResult.Accepted>().Which.Status.Should().Be(AcceptedStatus.HeldForQualityAssessment);

    [Fact]
    public async Task SendAsync_AnswerThatNamesAnotherForm_TellsOfIt() =>
        (await SendAsync(StubHttp.Json(HttpStatusCode.OK, Sample.Response("response-send-phone-canonical-ar"))))
            .Should().BeOfType<GraphSendResult.Accepted>().Which.Alias
            .Should().Be(new IdentityAlias(CustomerId.Parse("541155550123"), CustomerId.Parse("5491155550123")));

    [Theory]
    [InlineData("""[{"input":"+15550001234","wa_id":"15550001234"}]""")]
    [InlineData("""[{"input":"15550001234","wa_id":"15550001234"}]""")]
    [InlineData("""[{"input":"GB.77120043915586620318","user_id":"GB.77120043915586620318"}]""")]
    [InlineData("""[{"input":"GB.771200","wa_id":"15550001234"}]""")]
    [InlineData("""[{"input":"Z3JwOmludmVudGVk","wa_id":"Z3JwOmludmVudGVk"}]""")]
    [InlineData("""[{"input":"15550001234"}]""")]
    [InlineData("""[{"wa_id":"15550001234"}]""")]
    [InlineData("""[{"input":"15550001234","wa_id":null}]""")]
    [InlineData("""[{"input":"15550001234","wa_id":15550009999}]""")]
    [InlineData("""[{"input":"15550001234","wa_id":"(1) 555 000 9999"}]""")]
    [InlineData("""[{"input":"15550001234","wa_id":"155500099991555000999915550009999"}]""")]
    [InlineData("""[{"input":{"input":"15550001234"},"wa_id":["15550009999"]}]""")]
    [InlineData("""["15550001234",null,[],{}]""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task SendAsync_AnswerThatNamesNoOtherForm_TellsOfNone(string contacts) =>
        (await SendAsync(StubHttp.Json(HttpStatusCode.OK, $$$"""{"contacts":{{{contacts}}},"messages":[{"id":"wamid.x"}]}""")))
            .Should().BeOfType<GraphSendResult.Accepted>().Which.Alias.Should().BeNull();

    [Fact]
    public async Task SendAsync_Error_HasEverythingMetaSaid()
    {
        var error = (await SendAsync(StubHttp.Json(HttpStatusCode.BadRequest, Sample.Response("response-error-template-user-msg")))).Should().BeOfType<GraphSendResult.Refused>().Which.Error;

        error.Subcode.Should().Be(2388293);
        error.Type.Should().Be("OAuthException");
        error.UserTitle.Should().Be("Too many variables");
        error.UserMessage.Should().Be("Reduce the number of variables.");
        error.TraceId.Should().Be("AinventedTrace04");
        error.Message.Should().Be("Invalid parameter");
        error.Details.Should().BeNull();
    }

    [Theory]
    [InlineData("response-error-131047", "More than 24 hours have passed since the recipient last replied.")]
    [InlineData("response-error-error-data-string", "blame fields")]
    public async Task SendAsync_ErrorData_IsAnObjectOrAText(string name, string details) =>
        (await SendAsync(StubHttp.Json(HttpStatusCode.BadRequest, Sample.Response(name)))).Should().BeOfType<GraphSendResult.Refused>().Which.Error.Details.Should().Be(details);

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, "<html><body>Bad Gateway</body></html>")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "")]
    [InlineData(HttpStatusCode.GatewayTimeout, "upstream")]
    [InlineData(HttpStatusCode.InternalServerError, "{}")]
    [InlineData(HttpStatusCode.InternalServerError, "{\"error\":{\"message\":\"no code\"}}")]
    [InlineData(HttpStatusCode.BadGateway, "{\"error\":{}}")]
    [InlineData(HttpStatusCode.BadGateway, "{\"error\":{\"code\":null}}")]
    [InlineData(HttpStatusCode.BadGateway, "{\"error\":{\"code\":\"none\"}}")]
    [InlineData(HttpStatusCode.BadGateway, "{\"error\":{\"code\":99999999999999999999}}")]
    [InlineData(HttpStatusCode.InternalServerError, "{\"error\":\"text\"}")]
    [InlineData(HttpStatusCode.InternalServerError, "{\"error\":{\"code\":987654}}")]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, "[]")]
    [InlineData(HttpStatusCode.OK, "null")]
    [InlineData(HttpStatusCode.OK, "not json")]
    [InlineData(HttpStatusCode.OK, "{\"messages\":[]}")]
    [InlineData(HttpStatusCode.OK, "{\"messages\":{}}")]
    [InlineData(HttpStatusCode.OK, "{\"messages\":[{\"id\":\"\"}]}")]
    [InlineData(HttpStatusCode.OK, "{\"messages\":[{\"id\":\"wamid.x")]
    [InlineData(HttpStatusCode.OK, "{\"error\":{\"code\":987654}}")]
    [InlineData(HttpStatusCode.Accepted, "{}")]
    [InlineData(HttpStatusCode.RequestTimeout, "")]
    [InlineData(HttpStatusCode.RequestTimeout, "{\"error\":{\"code\":987654}}")]
    public async Task SendAsync_NoUsableAnswer_IsUnanswered(HttpStatusCode status, string body) =>
        (await SendAsync(StubHttp.Json(status, body))).Should().BeOfType<GraphSendResult.Unanswered>().Which.Cause.Should().Contain($"HTTP {(int)status}");

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "{\"error\":{\"code\":987654}}", GraphErrorCategory.Unknown)]
    [InlineData(HttpStatusCode.BadRequest, "{\"error\":{\"message\":\"no code\"}}", GraphErrorCategory.Unknown)]
    [InlineData(HttpStatusCode.Unauthorized, "{\"error\":{\"code\":0}}", GraphErrorCategory.Configuration)]
    [InlineData(HttpStatusCode.InternalServerError, "{\"error\":{\"code\":0}}", GraphErrorCategory.Configuration)]
    [InlineData(HttpStatusCode.InternalServerError, "{\"error\":{\"code\":\"131000\"}}", GraphErrorCategory.Unavailable)]
    [InlineData(HttpStatusCode.NotFound, "<html>", GraphErrorCategory.Configuration)]
    [InlineData(HttpStatusCode.Found, "", GraphErrorCategory.Configuration)]
    [InlineData(HttpStatusCode.RequestTimeout, "{\"error\":{\"code\":130429}}", GraphErrorCategory.RateLimited)]
    [InlineData(HttpStatusCode.TooManyRequests, "", GraphErrorCategory.RateLimited)]
    [InlineData(HttpStatusCode.TooManyRequests, "{\"error\":{\"code\":987654}}", GraphErrorCategory.RateLimited)]
    [InlineData(HttpStatusCode.TooManyRequests, "{\"error\":{\"code\":190}}", GraphErrorCategory.Configuration)]
    public async Task SendAsync_SurelyNotAccepted_IsRefused(HttpStatusCode status, string body, GraphErrorCategory category) =>
        (await SendAsync(StubHttp.Json(status, body))).Should().BeOfType<GraphSendResult.Refused>().Which.Error.Category.Should().Be(category);

    [Fact]
    public async Task SendAsync_RetryAfter_IsToldWithTheRefusal()
    {
        var response = StubHttp.Json(HttpStatusCode.TooManyRequests, Sample.Response("response-error-130429"));
        response.Headers.RetryAfter = new(TimeSpan.FromSeconds(17));

        (await SendAsync(response)).Should().BeOfType<GraphSendResult.Refused>().Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(17));
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 86_400)]
    [InlineData("2147483647", 86_400)]
    [InlineData("86401", 86_400)]
    [InlineData("Thu, 03 Dec 2026 00:00:30 GMT", 30)]
    [InlineData("99999999999999999999", null)]
    [InlineData("-5", null)]
    [InlineData("Wed, 02 Dec 2026 23:59:59 GMT", null)]
    public async Task SendAsync_RetryAfter_IsADayAtMost(string header, int? seconds)
    {
        var response = StubHttp.Json(HttpStatusCode.TooManyRequests, Sample.Response("response-error-130429"));
        response.Headers.TryAddWithoutValidation("Date", "Thu, 03 Dec 2026 00:00:00 GMT");
        response.Headers.TryAddWithoutValidation("Retry-After", header);

        (await SendAsync(response)).Should().BeOfType<GraphSendResult.Refused>().Which.RetryAfter.Should().Be(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found, "check its address")]
    [InlineData(HttpStatusCode.PermanentRedirect, "check its address")]
    [InlineData(HttpStatusCode.NotFound, "check its address")]
    [InlineData(HttpStatusCode.Unauthorized, "Check the access token")]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired, "Check the proxy")]
    [InlineData(HttpStatusCode.TooManyRequests, "Wait and try again")]
    public async Task SendAsync_RefusedWithoutMetasError_AdvisesByTheStatus(HttpStatusCode status, string advice) =>
        (await SendAsync(new HttpResponseMessage(status))).Should().BeOfType<GraphSendResult.Refused>().Which.Error.Advice.Text.Should().Contain(advice);

    [Fact]
    public async Task SendAsync_TruncatedAnswerAtEveryByte_NeverThrows()
    {
        foreach (var name in (string[])["response-send-template-paced", "response-send-phone-canonical-ar", "response-error-131047"])
        {
            var body = Sample.Response(name);
            for (var length = 0; length < body.Length; length++)
            {
                (await SendAsync(StubHttp.Json(HttpStatusCode.OK, body[..length]))).Should().NotBeNull();
            }
        }
    }

    [Fact]
    public async Task SendAsync_TwoMegabyteAnswerOverTheLimit_IsUnanswered()
    {
        using var handler = new StubHttp();
        handler.AnswerWith(HttpStatusCode.OK, "{\"x\":\"" + new string('x', 2_000_000) + "\",\"messages\":[{\"id\":\"wamid.a\"}]}");
        using var http = new HttpClient(handler) { MaxResponseContentBufferSize = 1 << 20 };

        (await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(Given.Key, Given.Text, "t")).Should().BeOfType<GraphSendResult.Unanswered>();
    }

    [Fact]
    public async Task SendAsync_TimeOutOfTheHttpClient_IsUnanswered()
    {
        using var handler = new StubHttp();
        handler.Answer = NeverAsync;
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromMilliseconds(1) };

        (await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(Given.Key, Given.Text, "t")).Should().BeOfType<GraphSendResult.Unanswered>().Which.Cause.Should().Be("time-out");
    }

    [Fact]
    public async Task SendAsync_DeadlineAfterTheRequestWasWritten_IsUnanswered()
    {
        using var handler = new StubHttp();
        handler.Answer = NeverAsync;
        using var http = new HttpClient(handler);

        var result = await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(Given.Key, Given.Text, "t", new GraphSendOptions { Deadline = TimeSpan.FromMilliseconds(1) });

        result.Should().BeOfType<GraphSendResult.Unanswered>();
    }

    [Fact]
    public async Task SendAsync_CallersCancellation_PassesThrough()
    {
        using var cancellation = new CancellationTokenSource();
        using var handler = new StubHttp();
        handler.Answer = async (sent, cancellationToken) =>
        {
            await cancellation.CancelAsync();
            return await NeverAsync(sent, cancellationToken);
        };
        using var http = new HttpClient(handler);
        var client = new GraphClient(http, new GraphClientOptions());

        await client.Invoking(c => c.Messages.SendAsync(Given.Key, Given.Text, "t", new GraphSendOptions { Deadline = TimeSpan.FromHours(1) }, cancellation.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<HttpResponseMessage> NeverAsync(SentRequest sent, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return StubHttp.Accepted();
    }

    private static async Task<GraphSendResult> SendAsync(HttpResponseMessage response)
    {
        using var handler = new StubHttp { Answer = (_, _) => Task.FromResult(response) };
        using var http = new HttpClient(handler);
        return await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(Given.Key, Given.Text, Given.AccessToken);
    }
}
