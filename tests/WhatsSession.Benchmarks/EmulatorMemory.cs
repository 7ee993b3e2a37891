using System.Diagnostics;
using System.Globalization;
using WhatsSession.Emulator;

namespace WhatsSession.Benchmarks;

/// <summary>Row E2: what stays in memory of 100,000 customers of the emulator, each with a message written and its webhook in the journal.</summary>
internal sealed class EmulatorMemory : BudgetRow
{
    private const int Customers = 100_000;

    public override string Number => "E2";

    public override string Name => "emulator: 100,000 customers who wrote";

    public override string Floor => "a dictionary from their phone numbers to the number of their messages";

    public override double TimeBudget => double.PositiveInfinity;

    /// <summary>300 MB for all of them.</summary>
    public override long ByteBudget => 300L * 1024 * 1024 / Customers;

    public override int OperationsPerRound => Customers;

    public override async Task<Measurement> MeasureAsync()
    {
        var floors = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var emulator = await WhatsAppEmulator.StartAsync(o => o.RateLimits = false);
        var (floorTime, floorBytes) = await KeepAsync(phone => Task.FromResult(floors[phone] = 1));
        var (time, bytes) = await KeepAsync(phone => emulator.Customer(phone).SaysAsync("Is the kettle in stock?"));
        return floors.Count == Customers && emulator.Tally.InboundMessages == Customers
            ? new Measurement(time / floorTime, time, floorTime, PeerNanoseconds: 0, bytes, floorBytes)
            : throw new InvalidOperationException("Not every customer wrote.");
    }

    public override ValueTask RunAsync(int operations) => throw new NotSupportedException("This row measures by itself.");

    public override ValueTask RunFloorAsync(int operations) => throw new NotSupportedException("This row measures by itself.");

    /// <returns>Nanoseconds, and bytes that stay, for one customer.</returns>
    private static async Task<(double Time, long Bytes)> KeepAsync<T>(Func<string, Task<T>> keep)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Customers; i++)
        {
            await keep(string.Create(CultureInfo.InvariantCulture, $"1555{i:0000000}"));
        }

        var time = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Customers;
        return (time, (GC.GetTotalMemory(forceFullCollection: true) - before) / Customers);
    }
}
