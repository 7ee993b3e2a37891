using Microsoft.Extensions.DependencyInjection;
using WhatsSession;
using WhatsSession.Emulator;
using WhatsSession.Samples.FollowUps;

// Meta's side: an emulator on this machine. Its clock is moved, so three days take seconds.
var monday = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
await using var meta = await WhatsAppEmulator.StartAsync(o =>
{
    o.StartsAt = monday;
    o.AddTemplate("your_basket", "en_US", bodyParameters: 1);
});
var line = new TimeLine(meta, monday, days: 3);

// Our side: the SDK.
await using var app = await WhatsSessionRuntime.StartAsync(
    o =>
    {
        o.Numbers.Add("shop", phoneNumberId: "314159265358979", accessToken: "dev");
        o.AppSecret = "dev-secret";
        o.GraphBaseAddress = meta.BaseAddress;
    },
    b =>
    {
        b.Services.AddSingleton<TimeProvider>(meta.Clock);
        b.OnMessage<MessageReceived>((m, ct) => line.CustomerWroteAsync(m.Message))
            .OnWindowClosing((w, ct) => line.AlertedAsync('!', w.Message, $"the window closes in {w.Message.Lead.TotalHours:0} h"))
            .OnWindowClosed((w, ct) => line.AlertedAsync('x', w.Message, "the window is closed"))
            .OnWindowExtended((w, ct) => line.AlertedAsync('+', w.Message, "the window is open again for 24 h"))
            .AddSequence("basket", s => s
                .InZone("Europe/Berlin")
                .QuietHours(new TimeOnly(21, 0), new TimeOnly(8, 0))
                .After(TimeSpan.FromHours(2), start => new TextMessage($"Still interested in {start["item"]}?"), start => Basket(start))
                .BeforeClosing(
                    TimeSpan.FromHours(1),
                    new ReplyButtonsMessage("Shall we keep your basket?", new ReplyButton("keep", "Yes, please"), new ReplyButton("drop", "No, thanks")))
                .At(day: 2, new TimeOnly(10, 0), Basket));
    });
meta.ConnectWebhook(async (post, ct) => (await app.AcceptAsync(post.Body, post.Signature, ct)).StatusCode);

TimeLine.Begin();

// Ana puts a lamp into her basket and does not come back.
var ana = meta.Customer("15550001234", "Ana");
await ana.SaysAsync("I would like the lamp, but not today.");
await SettleAsync();
await StartAsync(ana, "the lamp");

// Ben answers the first reminder, so the others are not sent.
await PassAsync(TimeSpan.FromHours(1));
var ben = meta.Customer("15550005678", "Ben");
await ben.SaysAsync("How long is the warranty of the kettle?");
await SettleAsync();
await StartAsync(ben, "the kettle");
await PassAsync(TimeSpan.FromHours(3));
await ben.SaysAsync("Yes! I take it.");

// Cem asks and nobody answers. He writes again after the first alert.
await PassAsync(TimeSpan.FromHours(2));
var cem = meta.Customer("15550009012", "Cem");
await cem.SaysAsync("Is the shop open on Sunday?");
await PassAsync(TimeSpan.FromHours(21));
await cem.SaysAsync("Hello?");
await PassAsync(TimeSpan.FromHours(45));

line.Draw();

static TemplateMessage Basket(SequenceStart start) => new("your_basket", "en_US", start["item"]);

async Task StartAsync(EmulatedCustomer customer, string item)
{
    var started = await app.Client.Number("shop").Conversation(customer.Phone)
        .StartSequenceAsync("basket", new Dictionary<string, string>(StringComparer.Ordinal) { ["item"] = item });
    line.Note(customer.Name, started.IsNew ? "the sequence \"basket\" starts" : "the sequence \"basket\" runs already");
}

// Time goes on by quarters of an hour. What is due happens at once.
async Task PassAsync(TimeSpan time)
{
    for (var end = meta.Clock.GetUtcNow() + time; meta.Clock.GetUtcNow() < end;)
    {
        await SettleAsync();
        meta.Clock.Advance(TimeSpan.FromMinutes(15));
        await SettleAsync();
    }
}

// Meta has posted every webhook that is due, and our handlers and steps have run.
async Task SettleAsync()
{
    await meta.SettleAsync();
    await app.DrainAsync(TimeSpan.FromSeconds(30));
    line.ReadSent();
}
