using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;

namespace SupportBot.Tests;

/// <summary>The program as it is, with the emulator in place of Meta, the emulator's clock, and a file of its own.</summary>
internal sealed class Bot : WebApplicationFactory<Program>
{
    private readonly WhatsAppEmulator _meta;
    private readonly string _database = Path.Combine(Path.GetTempPath(), $"supportbot-{Guid.NewGuid():N}.db");

    public Bot(WhatsAppEmulator meta)
    {
        _meta = meta;
        var http = CreateClient();
        meta.ConnectWebhook(async (post, ct) =>
        {
            using var body = new ReadOnlyMemoryContent(post.Body);
            body.Headers.Add("X-Hub-Signature-256", post.Signature);
            using var answer = await http.PostAsync(new Uri("/whatsapp", UriKind.Relative), body, ct);
            return (int)answer.StatusCode;
        });
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("Database", _database)
        .UseSetting("WhatsSession:GraphBaseAddress", _meta.BaseAddress.AbsoluteUri)
        .ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_meta.Clock));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var file in new[] { _database, _database + "-wal", _database + "-shm" })
        {
            File.Delete(file);
        }
    }
}
