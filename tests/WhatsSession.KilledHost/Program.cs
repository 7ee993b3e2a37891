using System.Globalization;
using System.Text;
using WhatsSession;
using WhatsSession.KilledHost;

if (args is ["commanded", var file, var graph])
{
    await CommandedHost.RunAsync(file, graph);
    return;
}

if (args is ["writing", var shared])
{
    await WritingHost.RunAsync(shared);
    return;
}

// A host that accepts webhooks into a file and whose handlers stop at texts that say "block". It prints what it did, a line at a time, and waits to be killed.
// Arguments: the file, how many messages are handled before, how many are acknowledged and not handled.
var handledBefore = int.Parse(args[1], CultureInfo.InvariantCulture);
var unhandled = int.Parse(args[2], CultureInfo.InvariantCulture);
await using var app = await WhatsSessionRuntime.StartAsync(
    o =>
    {
        o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
        o.AppSecret = "dev-secret";
        o.Dispatch.MaxConcurrency = 2;
        o.Dispatch.MaxLongRunning = 0;
    },
    b => b.UseSqlite(args[0]).OnMessage<TextReceived>("work", async (message, _) =>
    {
        if (message.Message.Text == "block")
        {
            Console.WriteLine("handling");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        }
    }));
for (var i = 0; i < handledBefore; i++)
{
    await AcceptAsync(i, "quick");
}

Console.WriteLine(await app.DrainAsync(TimeSpan.FromSeconds(60)) ? "drained" : "not drained");
for (var i = handledBefore; i < handledBefore + unhandled; i++)
{
    await AcceptAsync(i, "block");
}

await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);

async Task AcceptAsync(int i, string text)
{
    var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"314159265358979"},
        "messages":[{"from":"1555000123{{{i % 5}}}","id":"wamid.{{{i}}}","timestamp":"{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}}","type":"text","text":{"body":"{{{text}}}"}}]}}]}]}
        """));
    var answer = await app.AcceptAsync(body, WebhookSignature.Compute(body, "dev-secret"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.StatusCode} wamid.{i}"));
}
