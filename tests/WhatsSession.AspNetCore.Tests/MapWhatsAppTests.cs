using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WhatsSession.AspNetCore.Tests;

public sealed class MapWhatsAppTests
{
    private const int MaximumBody = 3 * 1024 * 1024;

    [Fact]
    public async Task Get_RightToken_EchoesTheChallengeAsText()
    {
        await using var app = await WebApp.StartAsync();

        using var response = await app.Client.GetAsync("/whatsapp?hub.mode=subscribe&hub.challenge=%3Cb%3E1158201444&hub.verify_token=verify%20me");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be("<b>1158201444");
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=Verify%20me")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify%20me&hub.verify_token=x")]
    [InlineData("?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify%20me")]
    [InlineData("?hub.challenge=1&hub.verify_token=verify%20me")]
    public async Task Get_AnythingElse_IsForbiddenWithoutEcho(string query)
    {
        await using var app = await WebApp.StartAsync();

        using var response = await app.Client.GetAsync("/whatsapp" + query);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Get_TokenOfASecondApp_IsRight()
    {
        await using var app = await WebApp.StartAsync(options: o =>
        {
            WebApp.Configure(o);
            o.Apps.Add("second", ["another-secret"], "another-token");
        });

        using var response = await app.Client.GetAsync("/whatsapp?hub.mode=subscribe&hub.challenge=7&hub.verify_token=another-token");
        response.StatusCode.Should().Be(HttpStatusCode.OK);

        var body = WebApp.Text("x");
        await app.ExpectAsync(HttpStatusCode.OK, body, WebhookSignature.Compute(body, "another-secret"));
    }

    [Theory]
    [InlineData("verify%20me")]
    [InlineData("token-of-the-second")]
    [InlineData("token-of-the-third")]
    public async Task Get_SeveralVerifyTokens_EachIsAnswered(string token)
    {
        await using var app = await WebApp.StartAsync(options: o =>
        {
            WebApp.Configure(o);
            o.Apps.Add("second", ["second-secret"], "token-of-the-second");
            o.Apps.Add("third", ["third-secret"], "token-of-the-third");
        });

        (await app.Client.GetStringAsync("/whatsapp?hub.mode=subscribe&hub.challenge=7&hub.verify_token=" + token)).Should().Be("7");
    }

    [Fact]
    public async Task MapWhatsApp_ApplicationThatRequiresUsers_MetaNeedsNone()
    {
        await using var app = await WebApp.StartAsync(
            map: endpoints =>
            {
                endpoints.UseAuthentication();
                endpoints.UseAuthorization();
                endpoints.MapWhatsApp("/whatsapp");
                endpoints.MapGet("/orders", () => "secret");
            },
            services: static services =>
            {
                services.AddAuthentication("nobody").AddScheme<AuthenticationSchemeOptions, Nobody>("nobody", configureOptions: null);
                services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            });

        using var order = await app.Client.GetAsync("/orders");
        order.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "the policy is at work");
        using var posted = await app.PostAsync(WebApp.Text("x"));
        posted.StatusCode.Should().Be(HttpStatusCode.OK);
        using var verified = await app.Client.GetAsync("/whatsapp?hub.mode=subscribe&hub.challenge=7&hub.verify_token=verify%20me");
        verified.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_Signed_IsHandledWithItsEscapes()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await WebApp.StartAsync(builder => builder.OnMessage<TextReceived>((message, _) =>
        {
            received.TrySetResult(message.Message.Text);
            return Task.CompletedTask;
        }));

        // Meta escapes what is not ASCII; only the bytes as they came have this signature.
        using var response = await app.PostAsync(WebApp.Text("caf\\u00e9 \\ud83d\\ude00 a\\/b"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await received.Task).Should().Be("café 😀 a/b");
    }

    [Fact]
    public async Task Post_NotSigned_Is401()
    {
        await using var app = await WebApp.StartAsync();
        var body = WebApp.Text("x");

        await app.ExpectAsync(HttpStatusCode.Unauthorized, body, signature: null);
        await app.ExpectAsync(HttpStatusCode.Unauthorized, body, "sha256=00");
        await app.ExpectAsync(HttpStatusCode.Unauthorized, body, WebhookSignature.Compute(body, "wrong"));
        await app.ExpectAsync(HttpStatusCode.Unauthorized, [], signature: null);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[[[[")]
    public async Task Post_SignedButNotReadable_Is200AndKept(string text)
    {
        await using var app = await WebApp.StartAsync();
        var body = System.Text.Encoding.UTF8.GetBytes(text);

        await app.ExpectAsync(HttpStatusCode.OK, body, WebhookSignature.Compute(body, WebApp.AppSecret));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_TooLarge_Is413(bool chunked)
    {
        await using var app = await WebApp.StartAsync();
        var body = new byte[MaximumBody + 1];

        await app.ExpectAsync(HttpStatusCode.RequestEntityTooLarge, body, WebhookSignature.Compute(body, WebApp.AppSecret), chunked);
    }

    /// <summary>What is refused for its size is told, whether its length was announced or not, and once in a while.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_TooLarge_IsToldOnceInAWhile(bool chunked)
    {
        await using var app = await WebApp.StartAsync(environment: "Development", options: static o =>
        {
            WebApp.Configure(o);
            o.Webhooks.MaximumBodySize = 1024;
        });

        await app.ExpectAsync(HttpStatusCode.RequestEntityTooLarge, new byte[1025], signature: null, chunked);
        await app.ExpectAsync(HttpStatusCode.RequestEntityTooLarge, new byte[1025], signature: null, chunked);

        app.Logs.GetSnapshot().Where(static record => record.Level >= LogLevel.Warning).Should().ContainSingle()
            .Which.Message.Should().Be("A webhook was answered with 413 before it was read whole: WhatsSession:Webhooks:MaximumBodySize is 1024. Raise it if this comes from Meta.");
    }

    [Theory]
    [InlineData(413, "Request body too large. The max request body size is 1000 bytes.", 1)]
    [InlineData(408, "Reading the request body timed out due to data arriving too slowly. See MinRequestBodyDataRate.", 1)]
    [InlineData(400, "Unexpected end of request content.", 0)]
    public async Task Post_ServerRefusesTheBody_IsToldUnlessTheSenderWentAway(int status, string reason, int warnings)
    {
        await using var app = await WebApp.StartAsync(environment: "Development", map: endpoints =>
        {
            endpoints.Use((context, next) =>
            {
                context.Request.Body = new RefusedBody(reason, status);
                return next(context);
            });
            endpoints.UseRouting();
            endpoints.MapWhatsApp("/whatsapp");
        });

        await app.ExpectAsync((HttpStatusCode)status, new byte[10], signature: null);
        await app.ExpectAsync((HttpStatusCode)status, new byte[10], signature: null);

        app.Logs.GetSnapshot().Where(static record => record.Level >= LogLevel.Warning).Select(static record => record.Message).Should().Equal(Enumerable.Repeat(
            $"A webhook was answered with {status} before it was read whole: the server refused its body by a rule of its own. {reason} Change that rule if this comes from Meta.",
            warnings));
    }

    /// <summary>A browser or a scanner that opens the address asks for no verification.</summary>
    [Fact]
    public async Task Get_WithoutAnyParameter_IsForbiddenWithoutAWarning()
    {
        await using var app = await WebApp.StartAsync(environment: "Development");

        foreach (var path in (string[])["/whatsapp", "/whatsapp?page=1"])
        {
            using var response = await app.Client.GetAsync(path);
            response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        }

        app.Logs.GetSnapshot().Should().NotContain(static record => record.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_AtTheLimit_IsAccepted(bool chunked)
    {
        await using var app = await WebApp.StartAsync();
        var text = WebApp.Text("x");
        byte[] body = [.. text, .. Enumerable.Repeat((byte)' ', MaximumBody - text.Length)];

        await app.ExpectAsync(HttpStatusCode.OK, body, WebhookSignature.Compute(body, WebApp.AppSecret), chunked);
    }

    [Fact]
    public async Task Post_StoreUnavailable_Is503()
    {
        await using var app = await WebApp.StartAsync(builder => builder.UseStore(_ => new AbsentStore()));

        using var response = await app.PostAsync(WebApp.Text("x"));

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    public async Task OtherMethod_Is405(string method)
    {
        await using var app = await WebApp.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/whatsapp");

        using var response = await app.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task MapWhatsApp_Twice_ServesBothAndWarnsOnce()
    {
        await using var app = await WebApp.StartAsync(map: endpoints =>
        {
            endpoints.MapWhatsApp("/one");
            endpoints.MapWhatsApp("/two").WithMetadata("note");
        });
        var body = WebApp.Text("x");

        foreach (var path in (string[])["/one", "/two"])
        {
            using var response = await app.PostAsync(body, WebhookSignature.Compute(body, WebApp.AppSecret), path);
            response.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        app.Logs.GetSnapshot().Where(record => record.Level == LogLevel.Warning).Should().ContainSingle().Which.Message.Should().Contain("in memory").And.Contain("UseSqlite");
    }

    [Fact]
    public async Task MapWhatsApp_InDevelopment_DoesNotWarn()
    {
        await using var app = await WebApp.StartAsync(environment: "Development");

        app.Logs.GetSnapshot().Should().NotContain(record => record.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task MapWhatsApp_DurableStore_DoesNotWarn()
    {
        await using var app = await WebApp.StartAsync(builder => builder.UseStore(_ => new AbsentStore()));

        app.Logs.GetSnapshot().Should().NotContain(record => record.Message.Contains("in memory", StringComparison.Ordinal));
    }

    [Fact]
    public void MapWhatsApp_WithoutAddWhatsSession_SaysSo()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        app.Invoking(a => a.MapWhatsApp("/whatsapp")).Should().Throw<InvalidOperationException>().WithMessage("MapWhatsApp was called without AddWhatsSession; call builder.Services.AddWhatsSession(…) before builder.Build().");
    }

    [Fact]
    public async Task MapWhatsApp_WithoutAppSecret_SaysSo() =>
        await FluentActions.Awaiting(() => WebApp.StartAsync(options: o =>
        {
            WebApp.Configure(o);
            o.AppSecret = null;
        })).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("WhatsSession:AppSecret is missing, and MapWhatsApp needs it to check signatures; set it to the secret of the Meta app (App settings, Basic).");

    [Fact]
    public async Task MapWhatsApp_WithoutVerifyToken_SaysSo() =>
        await FluentActions.Awaiting(() => WebApp.StartAsync(options: o =>
        {
            WebApp.Configure(o);
            o.VerifyToken = null;
        })).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("WhatsSession:VerifyToken is missing, and MapWhatsApp needs it to answer Meta's verification; choose any text, set it here, and type the same into the webhook page of the Meta app.");

    [Fact]
    public async Task Post_HostWithUnusualJson_IsUnaffected()
    {
        await using var app = await WebApp.StartAsync(services: services => services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper;
            json.SerializerOptions.MaxDepth = 2;
            json.SerializerOptions.TypeInfoResolverChain.Clear();
        }));

        using var response = await app.PostAsync(WebApp.Text("x"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>A body whose reading the server refuses.</summary>
    private sealed class RefusedBody(string reason, int status) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new BadHttpRequestException(reason, status);
    }

    /// <summary>A scheme by which nobody signs in.</summary>
    private sealed class Nobody(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
