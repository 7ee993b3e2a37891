using Microsoft.AspNetCore.Builder;
using WhatsSession.Tests;

namespace WhatsSession.AspNetCore.Tests;

public sealed class StartLineTests
{
    [Fact]
    public async Task Start_EndpointsInGroups_AreNamedAsMapped()
    {
        await using var app = await WebApp.StartAsync(
            build: static builder => builder.OnMessage<TextReceived>((_, _) => Task.CompletedTask),
            map: static app =>
            {
                app.MapWhatsApp("/whatsapp");
                app.MapGroup("/tenants/{tenant}").MapWhatsApp("/hook");
            },
            environment: "Development");

        app.Logs.GetSnapshot().Where(static record => record.Category!.StartsWith("WhatsSession", StringComparison.Ordinal)).Select(static record => record.Message).Should().Equal(
            $"WhatsSession {Version} is started. Numbers: support (314159265358979). Store: in memory, lost with the process. Handlers: TextReceived#1. "
            + "Guard: on, margin 00:01:00, without history Send, without the store Refuse. Graph API: https://graph.facebook.com v27.0. "
            + "Webhooks: /whatsapp, /tenants/{tenant}/hook.");
    }

    [Fact]
    public void Lines_OfTheEndpoint_AreThoseOfThePageAndSentences()
    {
        var assembly = typeof(WhatsSessionEndpointRouteBuilderExtensions).Assembly;

        LogLines.OfPage(static id => id > 100).Should().Equal(LogLines.Of(assembly));
        LogLines.TextsOf(assembly).Should().OnlyContain(text => LogLines.IsSentence(text)).And.OnlyContain(text => !LogLines.NamesAKeyOtherwise(text));
    }

    private static string Version => System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(WhatsSessionRuntime).Assembly.Location).ProductVersion!.Split('+')[0];
}
