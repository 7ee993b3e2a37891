using System.Diagnostics;

namespace WhatsSession.Benchmarks;

/// <summary>What a row measured: medians over the rounds, for one operation.</summary>
internal sealed record Measurement(double Ratio, double Nanoseconds, double FloorNanoseconds, long Bytes, long FloorBytes)
{
    /// <summary>Runs operation and floor in turn, A B B A: whatever else the machine does falls upon both alike.</summary>
    public static async Task<Measurement> TakeAsync(BudgetRow row)
    {
        var warmUp = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(warmUp) < row.WarmUp)
        {
            await row.RunFloorAsync(row.OperationsPerRound);
            await row.RunAsync(row.OperationsPerRound);
        }

        var times = new double[row.Rounds];
        var floors = new double[row.Rounds];
        for (var round = 0; round < row.Rounds; round++)
        {
            if (round % 2 == 0)
            {
                floors[round] = await TimeAsync(row.RunFloorAsync, row.OperationsPerRound);
                times[round] = await TimeAsync(row.RunAsync, row.OperationsPerRound);
            }
            else
            {
                times[round] = await TimeAsync(row.RunAsync, row.OperationsPerRound);
                floors[round] = await TimeAsync(row.RunFloorAsync, row.OperationsPerRound);
            }
        }

        var (time, floor) = (Median(times), Median(floors));
        var hasLimit = row.ByteBudget < long.MaxValue;
        return new Measurement(time / floor, time, floor, hasLimit ? await CountAsync(row, row.RunAsync) : 0, hasLimit ? await CountAsync(row, row.RunFloorAsync) : 0);
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
        var operations = Math.Max(row.OperationsPerRound, row.CountsWholeProcess ? 2000 : 100);
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

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
