using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.KilledHost;

/// <summary>
/// A host that does what it reads, a line at a time, until it is killed: <c>webhook id body signature</c>, <c>text customer text key</c>,
/// <c>hold customer text</c>, <c>fallback customer order</c>, <c>sequence customer cart</c>, <c>clock ticks</c> and <c>drain id</c>. It prints what came of it.
/// </summary>
internal static class CommandedHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(string file, string graph)
    {
        // The first line says what time it is: the host is not to begin before that.
        var clock = new FakeTimeProvider(TimeOf(Next() ?? throw new InvalidOperationException("The first line is the clock's.")));
        await using var app = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = new Uri(graph);
            },
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(clock);
                b.UseSqlite(file);
                b.OnMessage<TextReceived>("reply", async (message, cancellationToken) =>
                {
                    Say($"handled {message.Message.MessageId.Value}");
                    await message.ReplyAsync("re-" + message.Message.Text, cancellationToken);
                });
                b.AddSequence("cart", s => s
                    .After(TimeSpan.FromSeconds(10), start => new TextMessage($"seq1-{start["cart"]}"), start => new TemplateMessage("order_shipped", "en_US", $"seq1-{start["cart"]}"))
                    .After(TimeSpan.FromSeconds(30), start => new TextMessage($"seq2-{start["cart"]}"), start => new TemplateMessage("order_shipped", "en_US", $"seq2-{start["cart"]}")));
                b.OnDelivery("delivery", (delivery, _) =>
                {
                    Say($"handled status:{delivery.Message.MessageId.Value}:{delivery.Message.Status}");
                    return Task.CompletedTask;
                });

                // Before the reply, which may have to wait: a try that is counted once, unless there are two alerts.
                b.OnWindowClosing(TimeSpan.FromHours(2), (alert, _) =>
                {
                    Say($"alerted {alert.Message.Conversation!.Value.Party}-{alert.Message.Opened.ToUnixTimeSeconds()} {alert.Attempt}");
                    return Task.CompletedTask;
                });
                b.OnWindowClosing(TimeSpan.FromHours(2), (alert, cancellationToken) =>
                    alert.ReplyAsync($"closing-{alert.Message.Opened.ToUnixTimeSeconds()}-{alert.Message.Conversation!.Value.Party}", cancellationToken));
            });
        Say("started");
        var number = app.Client.Number("support");
        while (Next() is { } line)
        {
            switch (line)
            {
                case ["clock", ..]:
                    clock.SetUtcNow(TimeOf(line));
                    break;
                case ["webhook", var id, var body, var signature]:
                    _ = TellAsync($"answer {id}", async () =>
                    {
                        var answer = await app.AcceptAsync(Convert.FromBase64String(body), signature);
                        return answer.StatusCode.ToString(CultureInfo.InvariantCulture);
                    });
                    break;
                case ["text", var customer, var text, var key]:
                    _ = TellAsync("sent", async () => (await number.Conversation(customer).SendAsync(new TextMessage(text), new SendOptions { IdempotencyKey = key })).ToString());
                    break;
                case ["hold", var customer, var text]:
                    _ = TellAsync("sent", async () => (await number.Conversation(customer).SendAsync(
                        new TextMessage(text), new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) })).ToString());
                    break;
                case ["fallback", var customer, var order]:
                    _ = TellAsync("sent", async () => (await number.Conversation(customer).SendAsync(
                        new TextMessage("order-" + order), orTemplate: new TemplateMessage("order_shipped", "en_US", order))).ToString());
                    break;
                case ["sequence", var customer, var cart]:
                    _ = TellAsync("began", async () => (await number.Conversation(customer).StartSequenceAsync("cart", new Dictionary<string, string> { ["cart"] = cart })).ToString());
                    break;
                case ["drain", var id]:
                    _ = TellAsync($"drained {id}", async () => (await app.DrainAsync(Patience)).ToString());
                    break;
                default:
                    throw new InvalidOperationException($"No such command: {line[0]}.");
            }
        }
    }

    private static async Task TellAsync(string what, Func<Task<string>> does)
    {
        try
        {
            Say($"{what} {await does()}");
        }
        catch (Exception exception)
        {
            Say($"{what} {exception.GetType().Name}");
        }
    }

    private static void Say(FormattableString line) => Say(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line.ReplaceLineEndings(" "));

    private static string[]? Next() => Console.ReadLine()?.Split(' ');

    private static DateTimeOffset TimeOf(string[] line) => new(long.Parse(line[1], CultureInfo.InvariantCulture), TimeSpan.Zero);
}
