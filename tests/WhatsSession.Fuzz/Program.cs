using Microsoft.Extensions.DependencyInjection;
using SharpFuzz;
using WhatsSession;
using WhatsSession.Accepting;

WhatsSessionRuntime? door = null;
var accepted = 0;

// Runs under afl-fuzz (eng/deep.sh); with the names of files it reads those, to look at a crash.
if (args.Length > 0)
{
    foreach (var file in args)
    {
        Try(File.ReadAllBytes(file));
    }

    return;
}

Fuzzer.OutOfProcess.Run(stream =>
{
    using var buffer = new MemoryStream();
    stream.CopyTo(buffer);
    Try(buffer.ToArray());
});

// Any bytes give events or a problem, and an event is the same event when it is restored.
void Try(byte[] body)
{
    Accept(body);
    var events = new List<WhatsAppEvent>();
    var problem = WebhookReader.Read(body, events);
    if (problem is null && events.Count == 0)
    {
        throw new InvalidOperationException("Neither an event nor a problem.");
    }

    _ = WebhookSignature.Verify(body, $"sha256={Convert.ToHexString(body.AsSpan(0, Math.Min(32, body.Length)))}", "secret");
    foreach (var received in events)
    {
        var restored = WebhookReader.Restore(new KeptEvent
        {
            Key = received.Key,
            Lane = received.Lane,
            Field = received.Field,
            Number = received.Number,
            Account = received.Account,
            Timestamp = received.Timestamp,
            Raw = received.Raw,
            Contact = received is CustomerEvent { Contact: { } contact } ? ContactWriter.Write(contact) : default,
        });
        if (restored.GetType() != received.GetType() || restored.Conversation != received.Conversation)
        {
            throw new InvalidOperationException($"{received.GetType().Name} was restored as {restored.GetType().Name}.");
        }
    }
}

// Through the door any bytes are kept or in quarantine, and Meta is told so.
void Accept(byte[] body)
{
    // A new store now and then: one that is full refuses.
    if (door is null || ++accepted % 1000 == 0)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWhatsSession(options => options.Numbers.Add("bot", phoneNumberId: "314159265358979", accessToken: "token"));
        door = services.BuildServiceProvider().GetRequiredService<WhatsSessionRuntime>(); // Not started: nothing else is to run.
    }

    var result = door.AcceptWithoutVerificationAsync(body).AsTask().GetAwaiter().GetResult();
    if (result.StatusCode != (body.Length > 3 * 1024 * 1024 ? 413 : 200))
    {
        throw new InvalidOperationException($"Answered with {result.StatusCode}.");
    }
}
