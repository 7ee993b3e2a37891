using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>What the options and the paths change about the endpoint.</summary>
public sealed class WebhookOptionsTests
{
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_MaximumBodySize_IsTheCap(int beyond, HttpStatusCode expected)
    {
        await using var app = await WebApp.StartAsync(options: o =>
        {
            WebApp.Configure(o);
            o.Webhooks.MaximumBodySize = 4096;
        });
        var text = WebApp.Text("");
        byte[] body = [.. text, .. Enumerable.Repeat((byte)' ', 4096 + beyond - text.Length)];
        var signature = WebhookSignature.Compute(body, WebApp.AppSecret);

        await app.ExpectAsync(expected, body, signature);
        await app.ExpectAsync(expected, body, signature, chunked: true);
        (await app.Runtime.AcceptAsync(body, signature)).StatusCode.Should().Be((int)expected);
    }

    /// <summary>On a server that refuses above one megabyte, as Kestrel does above 30,000,000 bytes.</summary>
    [Theory]
    [InlineData(2 * Megabyte, 0, HttpStatusCode.OK)]
    [InlineData(2 * Megabyte, 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(Megabyte, 0, HttpStatusCode.OK)]
    [InlineData(Megabyte, 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_MoreThanTheServerTakes_IsTakenUpToTheCap(int cap, int beyond, HttpStatusCode expected)
    {
        await using var app = await StartKestrelAsync(cap);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var text = WebApp.Text("");
        byte[] body = [.. text, .. Enumerable.Repeat((byte)' ', cap + beyond - text.Length)];
        foreach (var chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/whatsapp") { Content = new ByteArrayContent(body) };
            request.Headers.Add(WebhookSignature.HeaderName, WebhookSignature.Compute(body, WebApp.AppSecret));
            request.Headers.ExpectContinue = !chunked; // A refusal comes before the body is sent.
            request.Headers.TransferEncodingChunked = chunked;

            using var response = await client.SendAsync(request);

            response.StatusCode.Should().Be(expected, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Options_OutOfRange_FailTheStart()
    {
        var start = () => WebApp.StartAsync(options: o =>
        {
            WebApp.Configure(o);
            o.Webhooks.MaximumBodySize = 10;
            o.Webhooks.SecondSignatureHeader = "two words";
        });

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*WhatsSession:Webhooks:MaximumBodySize is 10*Webhooks:SecondSignatureHeader is \"two words\"*");
    }

    [Fact]
    public async Task Post_SecondHeader_CountsOnlyWhereItIsNamedAndTheFirstIsAbsent()
    {
        var body = WebApp.Text("hi");
        var signature = WebhookSignature.Compute(body, WebApp.AppSecret);
        await using var plain = await WebApp.StartAsync();
        using var unnamed = await plain.PostAsync(body, signature, header: "X-Original-Signature");
        unnamed.StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        await using var app = await WebApp.StartAsync(options: o =>
        {
            WebApp.Configure(o);
            o.Webhooks.SecondSignatureHeader = "X-Original-Signature";
        });
        using var named = await app.PostAsync(body, signature, header: "X-Original-Signature");
        named.StatusCode.Should().Be(HttpStatusCode.OK);
        await app.ExpectAsync(HttpStatusCode.OK, body, signature);
        using var wrong = await app.PostAsync(body, "sha256=" + new string('0', 64), header: "X-Original-Signature");
        wrong.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var twice = await app.PostAsync(body, signature + "," + signature);
        twice.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "one header has one signature");
    }

    [Fact]
    public async Task MapWhatsApp_PathsPerAccountAndNumber_AllLeadToTheOneRuntime()
    {
        await using var app = await WebApp.StartAsync(map: endpoints =>
        {
            endpoints.MapWhatsApp("/whatsapp");
            endpoints.MapWhatsApp("/whatsapp/accounts/{account}");
            endpoints.MapWhatsApp("/whatsapp/numbers/{number:long}").WithMetadata("per number");
        });
        var body = WebApp.Text("hi");
        foreach (var path in (string[])["/whatsapp", "/whatsapp/accounts/271828182845904", "/whatsapp/numbers/314159265358979"])
        {
            using var accepted = await app.PostAsync(body, WebhookSignature.Compute(body, WebApp.AppSecret), path);
            accepted.StatusCode.Should().Be(HttpStatusCode.OK);
            using var verified = await app.Client.GetAsync(path + "?hub.mode=subscribe&hub.challenge=7&hub.verify_token=verify%20me");
            (await verified.Content.ReadAsStringAsync()).Should().Be("7");
        }

        (await app.Runtime.Client.Number("support").Conversation("15550001234").GetHistoryAsync(10)).Should().ContainSingle("the same message came on every path");
    }

    private static async Task<WebApplication> StartKestrelAsync(int cap)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0);
            server.Limits.MaxRequestBodySize = Megabyte;
        });
        builder.Services.AddRouting();
        builder.Services.AddWhatsSession(o =>
        {
            WebApp.Configure(o);
            o.Webhooks.MaximumBodySize = cap;
        });
        var app = builder.Build();

        // What the server throws is not answered by the server then.
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception exception)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await context.Response.WriteAsync(exception.ToString());
            }
        });
        app.MapWhatsApp("/whatsapp");
        await app.StartAsync();
        return app;
    }
}
