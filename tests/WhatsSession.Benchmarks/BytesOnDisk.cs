using System.Globalization;

namespace WhatsSession.Benchmarks;

/// <summary>
/// Row 13g: what 64 callers write to the disk for each event whose JSON has 217 bytes, log, checkpoints and indexes included: the <c>write_bytes</c> that
/// Linux counts for this process.
/// </summary>
internal sealed class BytesOnDisk : BudgetRow
{
    private const string Counters = "/proc/self/io";
    private const int Callers = 64;

    private readonly ScratchDirectory _directory = new();
    private readonly FreshWebhooks _webhooks = new();
    private StoredSdk? _sdk;
    private HandWrittenStore? _floor;

    public override string Number => "13g";

    public override string Name => "bytes written to the disk for an event";

    public override string Floor => "the hand-written store's";

    public override double TimeBudget => double.PositiveInfinity;

    public override long ByteBudget => 6 * 1024;

    public override string ByteUnit => "B on disk";

    public override int OperationsPerRound => 20_000;

    public override async ValueTask<string?> PrepareAsync()
    {
        _sdk = new StoredSdk(_directory.PathOf("sdk.db"));
        _floor = new HandWrittenStore(_directory.PathOf("floor.db"));
        return !File.Exists(Counters) ? "only Linux counts what a process writes"
            : await CountAsync(RunAsync, Callers) == 0 ? "the temporary directory is not on a disk"
            : null;
    }

    public override async Task<Measurement> MeasureAsync() => new(
        Ratio: 0,
        Nanoseconds: 0,
        FloorNanoseconds: 0,
        PeerNanoseconds: 0,
        await CountAsync(RunAsync, OperationsPerRound) / OperationsPerRound,
        await CountAsync(RunFloorAsync, OperationsPerRound) / OperationsPerRound);

    public override async ValueTask RunAsync(int operations) => await _sdk!.AcceptAsync(_webhooks, operations, Callers);

    public override async ValueTask RunFloorAsync(int operations) => await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
    {
        for (var i = caller; i < operations; i += Callers)
        {
            await _floor!.AddAsync(HandWrittenEvent.OfWebhook(_webhooks.Next()), isHandled: false);
        }
    })));

    public override async ValueTask DisposeAsync()
    {
        if (_sdk is not null)
        {
            await _sdk.DisposeAsync();
        }

        _floor?.Dispose();
        _directory.Dispose();
        await base.DisposeAsync();
    }

    private static async Task<long> CountAsync(Func<int, ValueTask> run, int operations)
    {
        var before = await ReadAsync();
        await run(operations);
        return await ReadAsync() - before;
    }

    private static async Task<long> ReadAsync()
    {
        const string name = "write_bytes: ";
        var lines = await File.ReadAllLinesAsync(Counters);
        return long.Parse(lines.Single(static line => line.StartsWith(name, StringComparison.Ordinal)).AsSpan(name.Length), CultureInfo.InvariantCulture);
    }
}
