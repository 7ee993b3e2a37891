using System.Net;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>Whether what was refused may be sent again, a fallback or a message with an idempotency key: only when Meta surely did not accept it.</summary>
[WithoutEmulator("Errors that leave open what Meta did.")]
public sealed class RefusedSendTests
{
    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 131000, 1)]
    [InlineData(HttpStatusCode.InternalServerError, 1, 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 2, 1)]
    [InlineData(HttpStatusCode.BadRequest, 132001, 2)]
    [InlineData(HttpStatusCode.Unauthorized, 190, 2)]
    public async Task SendAsync_FallbackIsRefused_GoesAgainOnlyIfMetaSurelyDidNotAcceptIt(HttpStatusCode status, int code, int requests)
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        scene.Http.AnswerWith(status, $$$"""{"error":{"message":"Something went wrong","code":{{{code}}}}}""");

        var first = await scene.Conversation.SendAsync(Given.Text, orTemplate: Given.Template);
        var second = await scene.Conversation.SendAsync(Given.Text, orTemplate: Given.Template);

        first.Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(code);
        scene.Http.Requests.Should().HaveCount(requests);
        (second is SendOutcome.WindowClosed { FallbackAlreadySent: true }).Should().Be(requests == 1);
    }

    [Theory]
    [InlineData(131000, 1)]
    [InlineData(133004, 2)]
    public async Task SendAsync_KeyOfASendThatWasRefused_IsGivenBackOnlyIfMetaSurelyDidNotAcceptIt(int code, int requests)
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.InternalServerError, $$$"""{"error":{"message":"Something went wrong","code":{{{code}}}}}""");
        var options = new SendOptions { IdempotencyKey = "order-42", Deadline = TimeSpan.FromSeconds(1) };

        var first = await scene.Conversation.SendAsync(Given.Text, options);
        var second = await scene.Conversation.SendAsync(Given.Text, options);

        second.Should().BeEquivalentTo(first);
        scene.Http.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task SendAsync_KeyOfASendWhoseUploadFailed_IsGivenBack()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.InternalServerError, """{"error":{"message":"Something went wrong","code":131000}}""");
        var picture = new ImageMessage(MediaSource.FromBytes(new byte[] { 1 }, "image/png"));
        var options = new SendOptions { IdempotencyKey = "order-42" };

        await scene.Conversation.SendAsync(picture, options);
        await scene.Conversation.SendAsync(picture, options);

        scene.Http.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendAsync_MetaAsksToWaitUntilTheYear9999_IsThrottledForADay()
    {
        await using var scene = await Scene.StartAsync();
        var now = scene.Clock.GetUtcNow();
        scene.Http.Answer = (_, _) => Task.FromResult(Busy(now));

        var outcome = await scene.Conversation.SendAsync(Given.Text);

        outcome.Should().BeOfType<SendOutcome.Throttled>().Which.RetryAt.Should().Be(scene.Now + Duration.FromDays(1));

        static HttpResponseMessage Busy(DateTimeOffset now)
        {
            var response = StubHttp.Json(HttpStatusCode.TooManyRequests, Sample.Response("response-error-130429"));
            response.Headers.Date = now;
            response.Headers.TryAddWithoutValidation("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT");
            return response;
        }
    }

    [Fact]
    public async Task SendAsync_408WithoutMetasError_IsAmbiguousAndNotSentAgain()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.RequestTimeout, "");

        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.Ambiguous>();

        scene.Http.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_302WithoutMetasError_NamesTheAddressAndNotTheToken()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.Found, "");

        var outcome = await scene.Conversation.SendAsync(Given.Text);

        outcome.Should().BeOfType<SendOutcome.Rejected>();
        outcome.Describe().Should().Contain("check its address").And.NotContain("token");
    }
}
