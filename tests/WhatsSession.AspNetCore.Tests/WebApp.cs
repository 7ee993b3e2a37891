using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>A web application with the endpoint at <c>/whatsapp</c>, served in memory.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    public const string AppSecret = "app-secret-of-the-tests";
    public const string VerifyToken = "verify me";

    private readonly WebApplication _app;

    private WebApp(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public FakeLogCollector Logs => _app.Services.GetFakeLogCollector();

    public WhatsSessionRuntime Runtime => _app.Services.GetRequiredService<WhatsSessionRuntime>();

    public static async Task<WebApp> StartAsync(
        Action<WhatsSessionBuilder>? build = null,
        Action<WebApplication>? map = null,
        Action<WhatsSessionOptions>? options = null,
        string environment = "Production",
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        builder.Services.AddLogging(logging => logging.AddFakeLogging());
        build ??= _ => { };
        build(builder.Services.AddWhatsSession(options ?? Configure));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map ??= endpoints => endpoints.MapWhatsApp("/whatsapp");
        map(app);
        await app.StartAsync();
        return new WebApp(app);
    }

    public static void Configure(WhatsSessionOptions options)
    {
        options.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "EAAtoken");
        options.AppSecret = AppSecret;
        options.VerifyToken = VerifyToken;
    }

    public static byte[] Text(string escapedBody) => Encoding.UTF8.GetBytes($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"314159265358979"},"messages":[{"from":"15550001234","id":"wamid.{{{Guid.NewGuid():n}}}","timestamp":"{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}}","type":"text","text":{"body":"{{{escapedBody}}}"}}]}}]}]}
        """);

    public Task<HttpResponseMessage> PostAsync(byte[] body) => PostAsync(body, WebhookSignature.Compute(body, AppSecret));

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? signature, string path = "/whatsapp", bool chunked = false, string header = WebhookSignature.HeaderName)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = chunked ? new StreamContent(new Unmeasured(body)) : new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        if (signature is not null)
        {
            request.Headers.Add(header, signature);
        }

        return await Client.SendAsync(request);
    }

    public async Task ExpectAsync(HttpStatusCode expected, byte[] body, string? signature, bool chunked = false)
    {
        using var response = await PostAsync(body, signature, chunked: chunked);
        response.StatusCode.Should().Be(expected);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A stream that does not tell its length, so the body is sent in chunks.</summary>
    private sealed class Unmeasured(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
