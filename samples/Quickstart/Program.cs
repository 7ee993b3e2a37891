using Microsoft.Extensions.DependencyInjection;
using WhatsSession;
using WhatsSession.Emulator;
using WhatsSession.Samples.Quickstart;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (Arguments.Parse(args) is not { } arguments)
{
    return 2;
}

if (arguments.Live)
{
    return await Doctor.ExamineAsync(arguments.To);
}

// Meta's side: an emulator on this machine, with a clock that can be moved.
await using var meta = await WhatsAppEmulator.StartAsync(o =>
{
    o.StartsAt = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    o.SentAfter = TimeSpan.FromSeconds(1);
    o.DeliveredAfter = TimeSpan.FromSeconds(2);
    o.AddTemplate("order_shipped", "en_US", bodyParameters: 1);
});
var customer = meta.Customer("15550001234", arguments.Customer);
var story = new Story(meta);
var database = Path.Combine(Path.GetTempPath(), $"whatssession-{Guid.NewGuid():N}.db");

// Our side: the SDK with a store in a file.
Task<WhatsSessionRuntime> StartAsync() => WhatsSessionRuntime.StartAsync(
    o =>
    {
        o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
        o.AppSecret = "dev-secret";
        o.GraphBaseAddress = meta.BaseAddress;
        o.Guard.Enabled = arguments.Guard;
        o.Guard.NoHistory = GuardChoice.Refuse; // The number is new and nobody has written before.
    },
    b =>
    {
        b.Services.AddSingleton<TimeProvider>(meta.Clock);
        b.UseSqlite(database)
            .OnMessage<MessageReceived>(async (m, ct) => story.CustomerWrote(m.Message, await m.Conversation.GetWindowAsync(ct)))
            .OnDelivery(async (d, ct) => story.StatusCame(d.Message, await d.Conversation.GetWindowAsync(ct)))
            .OnWindowClosing(before: TimeSpan.FromHours(1), async (w, ct) => story.WindowIsClosing(await w.Conversation.GetWindowAsync(ct)));
    });

try
{
    Story.Begin();
    var app = await StartAsync();
    meta.ConnectWebhook(async (post, ct) => (await app.AcceptAsync(post.Body, post.Signature, ct)).StatusCode);
    var ana = app.Client.Number("support").Conversation("15550001234");
    var update = new TextMessage("Your parcel left the warehouse.");

    await SendAsync("hello to somebody who never wrote", ana.SendAsync(new TextMessage("Hello!")));

    await customer.SaysAsync(arguments.Says);
    var question = new ReplyButtonsMessage("When may we deliver?", new ReplyButton("am", "Morning"), new ReplyButton("pm", "Afternoon"));
    await SendAsync("text with buttons", ana.SendAsync(question));
    await customer.ReadsAsync();
    await SettleAsync();
    story.Note("our own message did not extend the window", await ana.GetWindowAsync());

    await PassAsync(TimeSpan.FromHours(2));
    await customer.TapsAsync("am");
    await SettleAsync();
    story.Note("the tap restarted the clock", await ana.GetWindowAsync());
    await SendAsync("document", ana.SendAsync(new DocumentMessage(MediaSource.FromLink("https://example.com/invoice.pdf")) { FileName = "invoice.pdf" }));

    var closingAt = TimeSpan.FromHours(23);
    await PassAsync(arguments.Advance < closingAt ? arguments.Advance : closingAt);
    await PassAsync(arguments.Advance - closingAt);
    var requests = meta.Tally.Requests;
    await SendAsync("text", ana.SendAsync(update));
    story.Note($"{meta.Tally.Requests - requests} requests were made for that text", await ana.GetWindowAsync());
    await SendAsync("the same text, orTemplate", ana.SendAsync(update, orTemplate: new TemplateMessage("order_shipped", "en_US", "42")));

    await PassAsync(TimeSpan.FromHours(3));
    story.Note("what the business sends opens no window", await ana.GetWindowAsync());
    await customer.SaysAsync("Thanks, got it!");
    await SendAsync("text", ana.SendAsync(new TextMessage("You are welcome.")));

    await app.DisposeAsync();
    app = await StartAsync();
    ana = app.Client.Number("support").Conversation("15550001234");
    story.Note("stopped and started: it still knows", await ana.GetWindowAsync());
    await app.DisposeAsync();

    return await story.EndAsync(arguments.Journal);

    async Task SendAsync(string what, Task<SendOutcome> send)
    {
        var outcome = await send;
        story.Sent(what, outcome, await ana.GetWindowAsync());
        meta.Clock.Advance(TimeSpan.FromSeconds(3));
        await SettleAsync();
    }

    async Task PassAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            await SettleAsync();
            meta.Clock.Advance(time);
            await SettleAsync();
            story.Note($"{time.TotalHours:0.##} h later", await ana.GetWindowAsync());
        }
    }

    // Meta has posted every webhook that is due, and our handlers have run.
    async Task SettleAsync()
    {
        await meta.SettleAsync();
        await app.DrainAsync(TimeSpan.FromSeconds(30));
    }
}
finally
{
    foreach (var file in new[] { database, database + "-wal", database + "-shm" })
    {
        File.Delete(file);
    }
}
