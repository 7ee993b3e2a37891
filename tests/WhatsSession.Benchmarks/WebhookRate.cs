using System.Diagnostics;
using System.Globalization;

namespace WhatsSession.Benchmarks;

/// <summary>Prints how many webhooks a second the endpoint takes in on 64 connections, second by second: for stores, whose floor is the disk.</summary>
internal static class WebhookRate
{
    private const int Seconds = 10;

    /// <param name="file">The file of the store; null to keep everything in memory.</param>
    public static async Task RunAsync(string? file)
    {
        await using var endpoint = new WebhookOverLoopback(file);
        await endpoint.PrepareAsync();
        await endpoint.RunAsync(endpoint.OperationsPerRound);
        for (var second = 1; second <= Seconds; second++)
        {
            var started = Stopwatch.GetTimestamp();
            var webhooks = 0;
            while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
            {
                await endpoint.RunAsync(endpoint.OperationsPerRound);
                webhooks += endpoint.OperationsPerRound;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{second,3}  {webhooks / Stopwatch.GetElapsedTime(started).TotalSeconds,8:N0} webhooks/s"));
        }
    }
}
