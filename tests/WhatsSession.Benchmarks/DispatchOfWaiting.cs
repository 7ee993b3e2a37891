using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.Benchmarks;

/// <summary>
/// Row 13c: two thousand events that wait, to a handler that does nothing, until every one is done. The host runs as ever; its first handlers are held back
/// until everything waits.
/// </summary>
/// <param name="isStored">Whether they wait in a file; otherwise in memory.</param>
internal sealed class DispatchOfWaiting(bool isStored) : BudgetRow
{
    private const int Events = 2000;
    private const int Readers = 16;

    private readonly ScratchDirectory _directory = new();
    private readonly FreshWebhooks _webhooks = new();
    private readonly ServiceProvider _floorServices = new ServiceCollection().AddScoped<object>().BuildServiceProvider();
    private HandWrittenStore? _floor;
    private HandWrittenDispatch? _floorDispatch;
    private StoredSdk? _sdk;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _allHandled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _handled;

    public override string Number => isStored ? "13c2" : "13c1";

    public override string Name => "dispatch of 2,000 waiting events " + (isStored ? "on SQLite" : "in memory");

    public override string Floor => isStored
        ? "hand-written, in order, 100 events a commit"
        : "a channel with 16 readers, JSON walked, handler called in a scope";

    public override double TimeBudget => isStored ? 4 : 2;

    public override int OperationsPerRound => Events;

    public override int Rounds => 25;

    public override TimeSpan Patience => TimeSpan.FromSeconds(8);

    public override ValueTask<string?> PrepareAsync()
    {
        _floor = new HandWrittenStore(_directory.PathOf("floor.db"));
        _floorDispatch = new HandWrittenDispatch(_floor, static _ => Task.CompletedTask);
        _sdk = new StoredSdk(isStored ? _directory.PathOf("sdk.db") : null, graph: null, sdk => sdk.OnAnyMessage((_, _) => HandleAsync()));
        return new((string?)null);
    }

    public override async Task<Measurement> MeasureAsync()
    {
        await _sdk!.Runtime.StartAsync(CancellationToken.None);
        var started = Stopwatch.GetTimestamp();
        do
        {
            await TimeFloorAsync();
            await TimeAsync();
        }
        while (Stopwatch.GetElapsedTime(started) < WarmUp);

        var (time, floor) = await Measurement.TakeInTurnAsync(this, TimeAsync, TimeFloorAsync);
        return new Measurement(time / floor, time, floor, PeerNanoseconds: 0, Bytes: 0, FloorBytes: 0);
    }

    public override async ValueTask RunAsync(int operations)
    {
        _open.SetResult();
        await _allHandled.Task;
        await _sdk!.Runtime.DrainAsync(Timeout.InfiniteTimeSpan);
    }

    public override async ValueTask RunFloorAsync(int operations) => await _floorDispatch!.DrainAsync();

    public override async ValueTask DisposeAsync()
    {
        _open.TrySetResult();
        if (_sdk is not null)
        {
            await _sdk.DisposeAsync();
        }

        _floor?.Dispose();
        _directory.Dispose();
        await _floorServices.DisposeAsync();
        await base.DisposeAsync();
    }

    private Task HandleAsync()
    {
        if (Interlocked.Increment(ref _handled) == Events)
        {
            _allHandled.TrySetResult();
        }

        return _open.Task;
    }

    private async Task<double> TimeAsync()
    {
        _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _allHandled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handled = 0;
        await _sdk!.AcceptAsync(_webhooks, Events, callers: 64);
        var started = Stopwatch.GetTimestamp();
        await RunAsync(Events);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Events;
    }

    private async Task<double> TimeFloorAsync()
    {
        var events = Enumerable.Range(0, Events).Select(_ => HandWrittenEvent.OfWebhook(_webhooks.Next())).ToList();
        if (isStored)
        {
            await Task.WhenAll(events.Select(one => _floor!.AddAsync(one, isHandled: true)));
        }

        var started = Stopwatch.GetTimestamp();
        await (isStored ? RunFloorAsync(Events).AsTask() : RunChannelAsync(events));
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Events;
    }

    private async Task RunChannelAsync(List<HandWrittenEvent> events)
    {
        var channel = Channel.CreateUnbounded<byte[]>();
        events.ForEach(one => channel.Writer.TryWrite(one.Json));
        channel.Writer.Complete();
        var texts = 0;
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            await foreach (var json in channel.Reader.ReadAllAsync())
            {
                await using var scope = _floorServices.CreateAsyncScope();
                Interlocked.Add(ref texts, HandWrittenEvent.OfMessage(json).Text.Length > 0 ? 1 : 0);
            }
        })));
        if (texts != events.Count)
        {
            throw new InvalidOperationException("The channel lost an event.");
        }
    }
}
