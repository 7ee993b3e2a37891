using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>There is no idempotency key in the Cloud API: a message is written once, whatever an application hangs between us and the connection.</summary>
[WithoutEmulator("How often a body is written to a connection.")]
public sealed class WrittenOnceTests
{
    [Fact]
    public async Task SendAsync_RetryingHandlerForEveryClient_WritesTheMessageOnce()
    {
        using var connection = new Connection();
        await using var runtime = await WhatsSessionRuntime.StartAsync(
            o => o.Numbers.Add("support", Given.Number.Value, Given.AccessToken),
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Given.T0.ToDateTimeOffset()));
                b.Services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new Retrying()));
                b.Services.AddHttpClient("WhatsSession").ConfigurePrimaryHttpMessageHandler(() => connection);
            });

        var outcome = await runtime.Client.Number("support").Conversation(Given.Phone).SendAsync(Given.Text);

        connection.Written.Should().Be(1);
        outcome.Should().BeOfType<SendOutcome.Ambiguous>();
    }

    [Fact]
    public async Task SendMessageAsync_HandlerThrowsItsOwnException_IsNoAnswer()
    {
        using var http = new HttpClient(new Throwing());
        var client = new GraphClient(http, new GraphClientOptions());

        var result = await client.Messages.SendAsync(Given.Key, Given.Text, Given.AccessToken);

        result.Should().BeOfType<GraphSendResult.Refused>().Which.Error.Category.Should().Be(GraphErrorCategory.NotReached);
    }

    [Fact]
    public async Task SendMessageAsync_ErrorQuotesTheToken_DoesNotPassItOn()
    {
        using var stub = new StubHttp();
        stub.AnswerWith(HttpStatusCode.Unauthorized, $$$"""{"error":{"message":"Malformed access token {{{Given.AccessToken}}}","code":190,"error_data":{"details":"{{{Given.AccessToken}}}?"},"error_user_msg":"{{{Given.AccessToken}}}!"}}""");
        using var http = new HttpClient(stub);

        var result = await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(Given.Key, Given.Text, Given.AccessToken);

        var error = result.Should().BeOfType<GraphSendResult.Refused>().Which.Error;
        new[] { error.Message, error.Details, error.UserMessage, error.ToString() }.Should().OnlyContain(text => !text!.Contains(Given.AccessToken, StringComparison.Ordinal));
        error.Message.Should().Be("Malformed access token *");
    }

    [Fact]
    public async Task SendMessageAsync_RetryAfterIsADate_CountsFromTheAnswersOwnDate()
    {
        using var stub = new StubHttp { Answer = (_, _) => Task.FromResult(RateLimitedUntil(Given.T0.ToDateTimeOffset(), TimeSpan.FromSeconds(90))) };
        using var http = new HttpClient(stub);

        var result = await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(Given.Key, Given.Text, Given.AccessToken);

        result.Should().BeOfType<GraphSendResult.Refused>().Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(90));
    }

    private static HttpResponseMessage RateLimitedUntil(DateTimeOffset now, TimeSpan wait)
    {
        var response = StubHttp.RateLimited(wait);
        response.Headers.Date = now;
        response.Headers.RetryAfter = new(now + wait);
        return response;
    }

    private sealed class Connection : HttpMessageHandler
    {
        public int Written { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            Written++;
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        }
    }

    private sealed class Retrying : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode || attempt == 4)
                {
                    return response;
                }
            }
        }
    }

    private sealed class Throwing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A handler's own trouble.");
    }
}
