using System.Diagnostics;

namespace WhatsSession.Benchmarks;

/// <summary>
/// How long webhooks wait for their 200 while handlers block their threads: 20 a second, each handler for five seconds, so that a hundred are blocked at once.
/// Of the answers to both it is the 95th percentile.
/// </summary>
internal sealed class WebhookBesideBlockedHandlers : BudgetRow
{
    private static readonly TimeSpan Blocked = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly FreshWebhooks _webhooks = new();
    private StubProcess? _server;
    private StubProcess? _floor;
    private WebhookConnection? _connection;
    private WebhookConnection? _floorConnection;

    public override string Number => "13f";

    public override string Name => "webhook endpoint, p95 while 100 handlers block";

    public override string Floor => "the same with handlers that return at once";

    public override double TimeBudget => 2;

    public override int OperationsPerRound => 1;

    /// <summary>Ten seconds: by then two hundred handlers have blocked.</summary>
    public override int Rounds => 200;

    /// <summary>What each message of the server does.</summary>
    public static void Block()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(Blocked);
    }

    public override async ValueTask<string?> PrepareAsync()
    {
        _server = await StubProcess.StartAsync("webhooks", "blocked");
        _floor = await StubProcess.StartAsync("webhooks", "handled");
        _connection = await WebhookConnection.OpenAsync(_server.Address);
        _floorConnection = await WebhookConnection.OpenAsync(_floor.Address);
        return null;
    }

    public override async Task<Measurement> MeasureAsync()
    {
        using var ticks = new PeriodicTimer(Interval);

        // Not until the pool could have grown: the first seconds are what counts.
        const int warmUp = 20;
        var times = new List<double>();
        var floors = new List<double>();
        for (var round = 0; round < warmUp + Rounds; round++)
        {
            await ticks.WaitForNextTickAsync();
            if (round % 2 == 0)
            {
                floors.Add(await TimeAsync(RunFloorAsync));
                times.Add(await TimeAsync(RunAsync));
            }
            else
            {
                times.Add(await TimeAsync(RunAsync));
                floors.Add(await TimeAsync(RunFloorAsync));
            }
        }

        var (time, floor) = (P95(times.Skip(warmUp)), P95(floors.Skip(warmUp)));
        return new Measurement(time / floor, time, floor, PeerNanoseconds: 0, Bytes: 0, FloorBytes: 0);
    }

    public override async ValueTask RunAsync(int operations) => await _connection!.PostAsync("/whatsapp", _webhooks.Next());

    public override async ValueTask RunFloorAsync(int operations) => await _floorConnection!.PostAsync("/whatsapp", _webhooks.Next());

    public override ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        _floorConnection?.Dispose();
        _server?.Dispose();
        _floor?.Dispose();
        return base.DisposeAsync();
    }

    private static async Task<double> TimeAsync(Func<int, ValueTask> run)
    {
        var started = Stopwatch.GetTimestamp();
        await run(1);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds;
    }

    private static double P95(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return sorted[sorted.Length * 95 / 100];
    }
}
