using System.Threading.Channels;

namespace WhatsSession.Benchmarks;

/// <summary>The floor of the dispatch: handles what waits in the hand-written store, in order, and completes a hundred rows with each commit.</summary>
internal sealed class HandWrittenDispatch(HandWrittenStore store, Func<HandWrittenEvent, Task> handler)
{
    private const int Rows = 100;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _completed;

    /// <summary>How many events came to their end.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Handles what waits until nothing does.</summary>
    public async Task DrainAsync()
    {
        while (store.ReadWaiting(Rows) is { Count: > 0 } rows)
        {
            foreach (var (_, json) in rows)
            {
                await handler(HandWrittenEvent.OfMessage(json));
            }

            await store.CompleteAsync(rows[^1].Position);
            Interlocked.Add(ref _completed, rows.Count);
        }
    }

    /// <summary>Handles whatever comes, without end.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            await DrainAsync();
            await _wake.Reader.ReadAsync();
        }
    }
}
