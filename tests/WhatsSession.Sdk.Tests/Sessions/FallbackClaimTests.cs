using System.Net;

namespace WhatsSession.Sdk.Tests.Sessions;

/// <summary>Whether a fallback that failed may be sent again: only when Meta surely did not accept it.</summary>
public sealed class FallbackClaimTests
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
}
