using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.Aot;

/// <summary>Row 15 of the budgets: how long from the start of the process until the SDK is ready, beside the least that an application with an HTTP client needs.</summary>
internal static class StartUp
{
    public static async Task RunSdkAsync()
    {
        await using var app = await WhatsSessionRuntime.StartAsync(o => o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev"));
        PrintAge();
    }

    public static async Task RunFloorAsync()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("floor");
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("floor");
        PrintAge();
    }

    private static void PrintAge()
    {
        using var process = Process.GetCurrentProcess();
        var age = TimeProvider.System.GetUtcNow().UtcDateTime - process.StartTime.ToUniversalTime();
        Console.WriteLine(age.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture));
    }
}
