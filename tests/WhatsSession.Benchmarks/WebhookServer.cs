using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Benchmarks;

/// <summary>Kestrel with the SDK's endpoint and, beside it, one that only reads the body and computes the HMAC. Runs in a process of its own and ends with its standard input.</summary>
internal static class WebhookServer
{
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <param name="file">The file of the store; null to keep everything in memory.</param>
    /// <param name="handler">What is done with each message; null for nothing.</param>
    public static async Task RunAsync(string? file, Action? handler = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        var sdk = builder.Services.AddWhatsSession(o =>
        {
            o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "EAAtoken");
            o.AppSecret = SampleWebhook.Secret;
            o.VerifyToken = "verify";
        });
        if (file is not null)
        {
            sdk.UseSqlite(file);
        }

        if (handler is not null)
        {
            sdk.OnAnyMessage((_, _) =>
            {
                handler();
                return Task.CompletedTask;
            });
        }

        await using var app = builder.Build();
        app.MapWhatsApp("/whatsapp");
        app.MapPost("/floor", ReadAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Console.WriteLine(new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task ReadAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        var hash = _hash ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(SampleWebhook.Secret));
        hash.AppendData(body);
        context.Response.StatusCode = hash.GetHashAndReset().Length == SHA256.HashSizeInBytes ? 200 : 500;
    }
}
