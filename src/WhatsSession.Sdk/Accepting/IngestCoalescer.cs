using WhatsSession.Storage;

namespace WhatsSession.Accepting;

/// <summary>
/// The way into the store. While it writes, what else arrives waits and then goes in together:
/// a durable write takes much the same time for one event as for hundreds.
/// </summary>
/// <remarks>
/// Nothing is delayed on purpose. A store that has nothing to do gets a batch at once, and one that is done when its method returns, as memory is,
/// never makes anybody wait.
/// </remarks>
internal sealed class IngestCoalescer(IInboxStore store)
{
    /// <summary>The most events that are put together; a batch of more goes in whole and alone.</summary>
    public const int MostEvents = 500;

    /// <summary>How long a webhook waits for the store. Socket time-outs are the system's, not the virtual clock's.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // Also the gate of the counter.
    private readonly LinkedList<Waiting> _waiting = [];
    private int _writers;

    /// <summary>Has the store keep a batch, alone or with others.</summary>
    /// <returns>How many of its events the store had before.</returns>
    /// <exception cref="TimeoutException">
    /// The store did not keep it within two seconds. A write that ends later is not lost: Meta sends again, and it is a duplicate.
    /// </exception>
    public ValueTask<int> IngestAsync(IngestBatch batch, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _writers) > 0 && TryWait(batch) is { } place)
        {
            return WaitAsync(place, cancellationToken);
        }

        var kept = store.IngestAsync(batch, cancellationToken);
        return kept.IsCompletedSuccessfully ? new ValueTask<int>(CountRepeated(batch, kept.Result, 0)) : LeadAsync(batch, kept.AsTask(), cancellationToken);
    }

    private async ValueTask<int> LeadAsync(IngestBatch batch, Task<IngestResult> writing, CancellationToken cancellationToken)
    {
        lock (_waiting)
        {
            _writers++;
        }

        _ = WriteWaitingAsync(writing);
        return CountRepeated(batch, await writing.WaitAsync(Deadline, cancellationToken).ConfigureAwait(false), 0);
    }

    /// <returns>Null when no write is in flight after all, behind which to wait.</returns>
    private LinkedListNode<Waiting>? TryWait(IngestBatch batch)
    {
        lock (_waiting)
        {
            return _writers > 0 ? _waiting.AddLast(new Waiting(batch)) : null;
        }
    }

    private async ValueTask<int> WaitAsync(LinkedListNode<Waiting> place, CancellationToken cancellationToken)
    {
        try
        {
            return await place.Value.Kept.WaitAsync(Deadline, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Who gave up must not be kept for a store that hangs.
            place.Value.IsOver = true;
            lock (_waiting)
            {
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                }
            }
        }
    }

    /// <summary>Writes what has come during a write, and then what has come during that one, until nothing waits.</summary>
    private async Task WriteWaitingAsync(Task writing)
    {
        while (true)
        {
            // By then all who wait for this write have given up; the next ones get a try of their own.
            await writing.WaitAsync(Deadline, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            List<Waiting> next;
            lock (_waiting)
            {
                next = Take();
                if (next.Count == 0)
                {
                    _writers--;
                    return;
                }
            }

            writing = WriteAsync(next);
        }
    }

    private List<Waiting> Take()
    {
        var taken = new List<Waiting>();
        var events = 0;
        while (_waiting.First is { Value: var next }
            && (taken.Count == 0 || (IsPlain(taken[0]) && IsPlain(next) && events + next.Batch.Events.Count <= MostEvents)))
        {
            events += next.Batch.Events.Count;
            taken.Add(next);
            _waiting.RemoveFirst();
        }

        return taken;
    }

    // A batch holds one payload in quarantine at most; and what could not be read must not put others at risk.
    private static bool IsPlain(Waiting waiting) => waiting.Batch.Quarantined.IsEmpty;

    private async Task WriteAsync(List<Waiting> together)
    {
        try
        {
            // No caller's token: what one of them gives up is still the others'.
            var result = await store.IngestAsync(Merge(together), CancellationToken.None).ConfigureAwait(false);
            var start = 0;
            foreach (var waiting in together)
            {
                waiting.Succeed(CountRepeated(waiting.Batch, result, start));
                start += waiting.Batch.Events.Count;
            }
        }
        catch (Exception exception) when (together.Count == 1 || exception is StoreUnavailableException)
        {
            together.ForEach(waiting => waiting.Fail(exception));
        }
        catch (Exception)
        {
            // The store refuses what one of them holds: that shall be told to this one alone.
            foreach (var waiting in together.Where(static waiting => !waiting.IsOver))
            {
                await WriteAsync([waiting]).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How many events of a batch the store had before. The work that an event makes is not the webhook's.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="result">What the store made of it, or of several.</param>
    /// <param name="start">Where the batch began among them.</param>
    private static int CountRepeated(IngestBatch batch, IngestResult result, int start)
    {
        var repeated = 0;
        foreach (var position in result.Repeated)
        {
            var own = position - start;
            repeated += own >= 0 && own < batch.Events.Count && batch.Events[own].Lane != EventLane.Work ? 1 : 0;
        }

        return repeated;
    }

    private static IngestBatch Merge(List<Waiting> together) => together is [var only]
        ? only.Batch
        : new IngestBatch
        {
            Events = [.. together.SelectMany(static waiting => waiting.Batch.Events)],
            ReceivedAt = together[^1].Batch.ReceivedAt,
            MetaTime = together.Max(static waiting => waiting.Batch.MetaTime),
            Alerts = together[^1].Batch.Alerts,
            Turns = together[^1].Batch.Turns,
            Lanes = together[^1].Batch.Lanes,
        };

    private sealed class Waiting(IngestBatch batch)
    {
        private readonly TaskCompletionSource<int> _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isOver;

        public IngestBatch Batch { get; } = batch;

        public Task<int> Kept => _kept.Task;

        /// <summary>Whether nobody waits for it any more.</summary>
        public bool IsOver
        {
            get => _isOver;
            set => _isOver = value;
        }

        public void Succeed(int repeated) => _kept.TrySetResult(repeated);

        public void Fail(Exception exception)
        {
            _kept.TrySetException(exception);
            _ = Kept.Exception; // Seen, also when nobody waits any more.
        }
    }
}
