using WhatsSession;
using WhatsSession.Emulator;

// What a serverless function does: no host, the raw body and its signature go in, handlers run before the answer.
await using var meta = await WhatsAppEmulator.StartAsync();
await using var runtime = await WhatsSessionRuntime.StartAsync(
    o =>
    {
        o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
        o.AppSecret = "dev-secret";
        o.VerifyToken = "dev-verify";
        o.GraphBaseAddress = meta.BaseAddress;
    },
    b => b.OnText((m, ct) => m.ReplyAsync($"You said: {m.Message.Text}", ct)));
if (runtime.AnswerVerification("subscribe", "dev-verify", "42") != "42")
{
    Console.WriteLine("Function: the verification was not answered.");
    return 1;
}

meta.ConnectWebhook(async (post, ct) =>
{
    var answer = await runtime.AcceptAsync(post.Body, post.Signature, ct);
    await runtime.DrainAsync(TimeSpan.FromSeconds(20), ct);
    return answer.StatusCode;
});
var ana = meta.Customer("15550001234", "Ana");
await ana.SaysAsync("Hello?");
var reply = await ana.NextAsync();
Console.WriteLine($"Function: the customer got \"{reply.Text}\".");
return reply.Text == "You said: Hello?" ? 0 : 1;
