using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>What an application returns of the SDK from endpoints of its own, without any option.</summary>
public sealed class JsonEndpointTests
{
    [Fact]
    public async Task MapGet_WindowOutcomeAndHistory_AreReadable()
    {
        await using var app = await WebApp.StartAsync(map: Map, options: options =>
        {
            WebApp.Configure(options);
            options.Guard.NoHistory = GuardChoice.Refuse;
        });

        var refused = await GetAsync(app, "/send/15550009999");
        var body = WebApp.Text("Hola");
        await app.ExpectAsync(HttpStatusCode.OK, body, WebhookSignature.Compute(body, WebApp.AppSecret));
        var window = await GetAsync(app, "/window/15550001234");
        var history = await GetAsync(app, "/history/15550001234");

        refused["outcome"]!.GetValue<string>().Should().Be("windowClosed");
        refused["reason"]!.GetValue<string>().Should().Be("unknown");
        refused["description"]!.GetValue<string>().Should().StartWith("Not sent: ");
        window["state"]!.GetValue<string>().Should().Be("open");
        window["until"]!.GetValue<string>().Should().MatchRegex("^[0-9-]{10}T[0-9:]{8}Z$");
        window["remaining"]!.GetValue<string>().Should().MatchRegex("^PT23H59M[0-9.]+S$");
        history[0]!["direction"]!.GetValue<string>().Should().Be("inbound");
        history[0]!["json"]!["text"]!["body"]!.GetValue<string>().Should().Be("Hola");
    }

    private static void Map(WebApplication app)
    {
        app.MapWhatsApp("/whatsapp");
        app.MapGet("/window/{phone}", (string phone, IWhatsSession whatsApp, CancellationToken ct) => whatsApp.Number("support").Conversation(phone).GetWindowAsync(ct));
        app.MapGet("/history/{phone}", (string phone, IWhatsSession whatsApp, CancellationToken ct) => whatsApp.Number("support").Conversation(phone).GetHistoryAsync(ct));
        app.MapGet("/send/{phone}", async (string phone, IWhatsSession whatsApp, CancellationToken ct) =>
            Results.Ok((object)await whatsApp.Number("support").Conversation(phone).SendAsync(new TextMessage("Hi"), ct)));
    }

    private static async Task<JsonNode> GetAsync(WebApp app, string path) => JsonNode.Parse(await app.Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;
}
