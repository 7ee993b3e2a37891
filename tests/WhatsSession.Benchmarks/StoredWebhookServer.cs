using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Benchmarks;

/// <summary>
/// Kestrel with the SDK's endpoint over a file and, beside it, one over the hand-written store. Runs in a process of its own and ends with its standard input.
/// </summary>
internal sealed class StoredWebhookServer(HandWrittenStore floor, bool isHandled)
{
    [ThreadStatic]
    private static IncrementalHash? _hash;

    private HandWrittenDispatch? _dispatch;
    private long _handled;

    /// <param name="file">The file of the SDK's store.</param>
    /// <param name="floorFile">The file of the hand-written store.</param>
    /// <param name="isHandled">Whether each message goes to a handler, which does nothing.</param>
    public static async Task RunAsync(string file, string floorFile, bool isHandled)
    {
        using var floor = new HandWrittenStore(floorFile);
        await new StoredWebhookServer(floor, isHandled).RunAsync(file);
    }

    private async Task RunAsync(string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        var sdk = builder.Services.AddWhatsSession(static o =>
        {
            o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "EAAtoken");
            o.AppSecret = SampleWebhook.Secret;
            o.VerifyToken = "verify";
        }).UseSqlite(file);
        if (isHandled)
        {
            sdk.OnAnyMessage((_, _) =>
            {
                Interlocked.Increment(ref _handled);
                return Task.CompletedTask;
            });
            _dispatch = new HandWrittenDispatch(floor, static _ => Task.CompletedTask);
            _ = Task.Run(_dispatch.RunAsync);
        }

        await using var app = builder.Build();
        var runtime = app.Services.GetRequiredService<WhatsSessionRuntime>();
        app.MapWhatsApp("/whatsapp");
        app.MapPost("/floor", KeepAsync);
        app.MapPost("/whatsapp/done/{count}", async (long count) =>
        {
            await UntilAsync(() => Interlocked.Read(ref _handled) >= count);
            await runtime.DrainAsync(Timeout.InfiniteTimeSpan);
        });
        app.MapPost("/floor/done/{count}", (long count) => UntilAsync(() => _dispatch!.Completed >= count));
        app.MapGet("/handled", () => Results.Bytes(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _handled)}"))));
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Console.WriteLine(new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task UntilAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private async Task KeepAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        var hash = _hash ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(SampleWebhook.Secret));
        hash.AppendData(body);
        if (context.Request.Headers["X-Hub-Signature-256"] != "sha256=" + Convert.ToHexStringLower(hash.GetHashAndReset()))
        {
            context.Response.StatusCode = 401;
            return;
        }

        await floor.AddAsync(HandWrittenEvent.OfWebhook(body), isHandled);
        _dispatch?.Wake();
    }
}
