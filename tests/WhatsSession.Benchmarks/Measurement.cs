using System.Diagnostics;

namespace WhatsSession.Benchmarks;

/// <summary>What a row measured: medians over the rounds, for one operation.</summary>
/// <param name="Ratio">Time as a multiple of the floor's.</param>
/// <param name="Nanoseconds">Time.</param>
/// <param name="FloorNanoseconds">The floor's time.</param>
/// <param name="PeerNanoseconds">The peer's time; zero without a peer.</param>
/// <param name="Bytes">Bytes allocated.</param>
/// <param name="FloorBytes">Bytes that the floor allocates.</param>
internal sealed record Measurement(double Ratio, double Nanoseconds, double FloorNanoseconds, double PeerNanoseconds, long Bytes, long FloorBytes)
{
    /// <summary>How many rounds are measured at least, however long they take.</summary>
    public const int FewestRounds = 9;

    /// <summary>Runs operation and floor in turn, A B B A: whatever else the machine does falls upon both alike.</summary>
    public static async Task<Measurement> TakeAsync(BudgetRow row)
    {
        var warmUp = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(warmUp) < row.WarmUp)
        {
            await row.RunFloorAsync(row.OperationsPerRound);
            await row.RunAsync(row.OperationsPerRound);
            await row.RunPeerAsync(row.OperationsPerRound);
        }

        var peers = new List<double>();
        var (time, floor) = await TakeInTurnAsync(
            row,
            () => TimeAsync(row.RunAsync, row.OperationsPerRound),
            () => TimeAsync(row.RunFloorAsync, row.OperationsPerRound),
            async () => peers.Add(row.Peer is null ? 0 : await TimeAsync(row.RunPeerAsync, row.OperationsPerRound)));
        var hasLimit = row.ByteBudget < long.MaxValue;
        return new Measurement(time / floor, time, floor, Median(peers), hasLimit ? await CountAsync(row, row.RunAsync) : 0, hasLimit ? await CountAsync(row, row.RunFloorAsync) : 0);
    }

    /// <summary>Takes the times of operation and floor in turn.</summary>
    /// <returns>Their medians.</returns>
    public static async Task<(double Time, double Floor)> TakeInTurnAsync(BudgetRow row, Func<Task<double>> time, Func<Task<double>> floor, Func<Task>? afterRound = null)
    {
        var times = new List<double>();
        var floors = new List<double>();
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < row.Rounds && (round < FewestRounds || Stopwatch.GetElapsedTime(started) < row.Patience); round++)
        {
            if (round % 2 == 0)
            {
                floors.Add(await floor());
                times.Add(await time());
            }
            else
            {
                times.Add(await time());
                floors.Add(await floor());
            }

            await (afterRound?.Invoke() ?? Task.CompletedTask);
        }

        return (Median(times), Median(floors));
    }

    private static async Task<double> TimeAsync(Func<int, ValueTask> run, int operations)
    {
        var started = Stopwatch.GetTimestamp();
        await run(operations);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations;
    }

    /// <summary>The least of several counts: what a timer or a tier change of the runtime allocates beside the operation does not belong to it.</summary>
    private static async Task<long> CountAsync(BudgetRow row, Func<int, ValueTask> run)
    {
        var operations = row.CountedOperations;
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = Allocated(row);
            await run(operations);
            least = Math.Min(least, Allocated(row) - before);
        }

        return (long)Math.Round((double)least / operations);
    }

    private static long Allocated(BudgetRow row) => row.CountsWholeProcess ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
