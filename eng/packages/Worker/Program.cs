using WhatsSession;
using WhatsSession.Emulator;

// A worker that sends one message and ends. Its window is known by what another program told the store.
await using var meta = await WhatsAppEmulator.StartAsync();
var ana = meta.Customer("15550001234", "Ana");
await ana.SaysAsync("Hello?");

var builder = Host.CreateApplicationBuilder(args);
builder.Configuration["WhatsSession:GraphBaseAddress"] = meta.BaseAddress.AbsoluteUri;
builder.Configuration["WhatsSession:Numbers:support:PhoneNumberId"] = "314159265358979";
builder.Configuration["WhatsSession:Numbers:support:AccessToken"] = "dev";
builder.Services.AddWhatsSession(builder.Configuration.GetSection("WhatsSession")).UseSqlite("worker.db");
builder.Services.AddHostedService<Reminder>();
using var host = builder.Build();
await host.RunAsync();

var answer = await ana.NextAsync();
Console.WriteLine($"Worker: the customer got \"{answer.Text}\".");
return answer.Text == "Your table is ready at eight." ? 0 : 1;

internal sealed class Reminder(IWhatsSession whatsApp, IHostApplicationLifetime host) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var outcome = await whatsApp.Number("support").Conversation("15550001234").SendAsync("Your table is ready at eight.", stoppingToken);
        Console.WriteLine($"Worker: {outcome.Describe()}");
        host.StopApplication();
    }
}
