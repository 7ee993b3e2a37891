using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSession.Emulator;

namespace WhatsSession.Aot;

/// <summary>A customer writes to the emulator, a handler answers, the answer is accepted. Throws when anything is not as it should be.</summary>
internal static class RoundTrip
{
    private const string Number = "314159265358979";

    public static async Task RunAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await AnswerAsync(limit.Token);
        await MapAsync(limit.Token);
    }

    private static async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"whatssession-aot-{Environment.ProcessId}.db");
        try
        {
            await using var meta = await WhatsAppEmulator.StartAsync(cancellationToken);
            SendOutcome? outcome = null;
            await using var app = await WhatsSessionRuntime.StartAsync(
                o =>
                {
                    o.Numbers.Add("support", Number, accessToken: "dev");
                    o.AppSecret = "dev-secret";
                    o.GraphBaseAddress = meta.BaseAddress;
                },
                b => b.UseSqlite(file).OnMessage<TextReceived>(async (m, ct) => outcome = await m.ReplyAsync($"You wrote: {m.Message.Text}", ct)),
                cancellationToken);
            meta.ConnectWebhook(async (webhook, ct) => (await app.AcceptAsync(webhook.Body, webhook.Signature, ct)).StatusCode);

            var ana = meta.Customer("15550001234", name: "Ana");
            await ana.SaysAsync("hi", cancellationToken);
            var answer = await ana.NextAsync(cancellationToken);
            Require(answer.Text == "You wrote: hi", "the customer has the answer");
            Require(await app.DrainAsync(TimeSpan.FromSeconds(10), cancellationToken), "the dispatcher comes to an end");
            Require(outcome is SendOutcome.Accepted, "the reply is accepted");

            var window = await app.Client.Number("support").Conversation("15550001234").GetWindowAsync(cancellationToken);
            Require(window is { State: WindowState.Open, MaySend: true }, "the window is open by the phone number too");
            var template = await app.Client.Number("support").Conversation("15550009999").SendAsync(new TemplateMessage("hello_world", "en_US"), cancellationToken);
            Require(template.IsAccepted, "a template goes without a window");
            await RequireJsonAsync(app.Client.Number("support").Conversation("15550001234"), template, cancellationToken);
        }
        finally
        {
            foreach (var leftover in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
            {
                File.Delete(leftover);
            }
        }
    }

    private static async Task RequireJsonAsync(Conversation conversation, SendOutcome outcome, CancellationToken cancellationToken)
    {
        var window = await conversation.GetWindowAsync(cancellationToken);
        var text = JsonSerializer.Serialize(window, ReadableJson.Default.WindowStatus);
        Require(text.StartsWith("""{"state":"open","until":"2""", StringComparison.Ordinal), "a window is readable JSON");
        Require(JsonSerializer.Deserialize(text, ReadableJson.Default.WindowStatus) == window, "a window is read back");

        text = JsonSerializer.Serialize(outcome, ReadableJson.Default.SendOutcome);
        Require(text.StartsWith("""{"outcome":"accepted",""", StringComparison.Ordinal), "an outcome is readable JSON");
        Require(JsonSerializer.Deserialize(text, ReadableJson.Default.SendOutcome) == outcome, "an outcome is read back");

        text = JsonSerializer.Serialize(await conversation.GetHistoryAsync(cancellationToken), ReadableJson.Default.IReadOnlyListHistoryMessage);
        Require(text.Contains("""
            "text":{"body":"hi"}
            """, StringComparison.Ordinal), "a history has its messages as JSON");
    }

    private static async Task MapAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["WhatsSession:Numbers:support:PhoneNumberId"] = Number,
            ["WhatsSession:Numbers:support:AccessToken"] = "dev",
            ["WhatsSession:Apps:main:AppSecrets:0"] = "dev-secret",
            ["WhatsSession:Apps:main:VerifyToken"] = "dev-verify",
            ["WhatsSession:Deadline"] = "00:00:20",
            ["WhatsSession:Guard:Margin"] = "00:02:00",
            ["WhatsSession:Guard:NoHistory"] = "Refuse",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddWhatsSession(builder.Configuration.GetSection("WhatsSession"));
        await using var app = builder.Build();
        app.MapWhatsApp("/whatsapp");
        await app.StartAsync(cancellationToken);

        var options = app.Services.GetRequiredService<IOptions<WhatsSessionOptions>>().Value;
        Require(options.Deadline == TimeSpan.FromSeconds(20) && options.Guard.Margin == TimeSpan.FromMinutes(2) && options.Guard.NoHistory == GuardChoice.Refuse, "the options are bound");

        await using var meta = await WhatsAppEmulator.StartAsync(cancellationToken);
        meta.ConnectWebhook(new Uri(new Uri(app.Urls.First()), "whatsapp"));
        Require(await meta.VerifyWebhookAsync(cancellationToken), "the endpoint answers the verification");
        await meta.Customer("15550001234").SaysAsync("hi", cancellationToken);
        var window = await app.Services.GetRequiredService<WhatsSessionClient>().Number("support").Conversation("15550001234").GetWindowAsync(cancellationToken);
        Require(window.State == WindowState.Open, "the endpoint takes a webhook");
        await app.StopAsync(cancellationToken);
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Not so: {what}.");
        }
    }
}
