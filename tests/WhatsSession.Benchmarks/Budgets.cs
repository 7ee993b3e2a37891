using System.Globalization;

namespace WhatsSession.Benchmarks;

/// <summary>Measures every row and prints it. Times are a machine's mood, so a miss of time is printed; a miss of bytes fails the run.</summary>
internal static class Budgets
{
    /// <param name="rows">Every row.</param>
    /// <param name="numbers">The rows to measure; empty for all.</param>
    /// <returns>The exit code: 1 when a row allocates more than its budget.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<BudgetRow> rows, IReadOnlyList<string> numbers)
    {
        var exitCode = 0;
        foreach (var row in rows.Where(row => numbers.Count == 0 || numbers.Contains(row.Number, StringComparer.Ordinal)))
        {
            await using (row)
            {
                if (await row.PrepareAsync() is { } reason)
                {
                    Console.WriteLine($"{Title(row)} skip: {reason}");
                    continue;
                }

                var measured = await row.MeasureAsync();
                var isFast = measured.Ratio <= row.TimeBudget;
                var isSmall = measured.Bytes <= row.ByteBudget;
                Console.WriteLine($"{Title(row)} {string.Join(", ", Figures(row, measured))}: {(isFast && isSmall ? "pass" : "miss")}");
                Console.WriteLine(!double.IsFinite(row.TimeBudget)
                    ? string.Create(CultureInfo.InvariantCulture, $"     floor {measured.FloorBytes:N0} {row.ByteUnit}: {row.Floor}")
                    : string.Create(CultureInfo.InvariantCulture, $"     {measured.Nanoseconds / 1000:F2} us; floor {measured.FloorNanoseconds / 1000:F2} us, {measured.FloorBytes:N0} B: {row.Floor}"));
                if (row.Remark is { } remark)
                {
                    Console.WriteLine($"     {remark}");
                }

                if (row.Peer is { } peer)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"     peer {measured.PeerNanoseconds / 1000:F2} us: {peer}"));
                }

                exitCode = isSmall ? exitCode : 1;
            }
        }

        return exitCode;
    }

    private static IEnumerable<string> Figures(BudgetRow row, Measurement measured)
    {
        if (double.IsFinite(row.TimeBudget))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"time {measured.Ratio,5:F2}x of <= {row.TimeBudget:F2}x ({Verdict(measured.Ratio <= row.TimeBudget)})");
        }

        if (row.ByteBudget < long.MaxValue)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{measured.Bytes,5:N0} {row.ByteUnit} of <= {row.ByteBudget:N0} ({Verdict(measured.Bytes <= row.ByteBudget)})");
        }
    }

    private static string Title(BudgetRow row) => $"{row.Number,-4}  {row.Name,-44}";

    private static string Verdict(bool holds) => holds ? "pass" : "miss";
}
