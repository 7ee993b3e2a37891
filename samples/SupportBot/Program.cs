using SupportBot;
using WhatsSession;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddWhatsSession(builder.Configuration.GetSection("WhatsSession"))
    .UseSqlite(builder.Configuration["Database"] ?? "supportbot.db")
    .AddHandler<SupportHandler>()
    .OnMessage<MediaReceived>((m, ct) => m.ReplyAsync("Sorry, I can only read texts.", ct))
    .OnMessage<LocationReceived>((m, ct) => m.ReplyAsync("Sorry, I can only read texts.", ct))
    .OnWindowClosing(before: TimeSpan.FromHours(1), (w, ct) => w.ReplyAsync("Can we help you with anything else today?", ct));
builder.Services.AddHealthChecks().AddWhatsSession();

var app = builder.Build();
app.MapWhatsApp("/whatsapp");
app.MapHealthChecks("/health");
app.Run();
